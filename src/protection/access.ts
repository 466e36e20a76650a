/**
 * Who may do what, and for which purposes: the one table. Whatever is not listed is refused. What rows an agency sees is
 * decided a second time by the row policies of the database.
 */
import type { RoleName } from '#domain/officer.ts'

/** Roles that hold each permission. */
const TABLE = {
  'flights.read': [
    'analyst',
    'watchlist-officer',
    'targeting-officer',
    'frontline-officer',
    'carrier-liaison',
    'supervisor',
    'dpo',
  ],
  'manifest.read': ['analyst', 'targeting-officer', 'supervisor'],
  'traveller.read': ['analyst', 'supervisor'],
  'traveller.find': ['analyst', 'supervisor'],
  'queue.work': ['analyst', 'supervisor'],
  'referral.send': ['analyst', 'supervisor'],
  'referral.receive': ['frontline-officer', 'analyst', 'supervisor'],
  'watchlist.read': ['watchlist-officer', 'supervisor', 'dpo'],
  'watchlist.propose': ['watchlist-officer'],
  'watchlist.approve': ['watchlist-officer', 'supervisor'],
  'rule.read': ['targeting-officer', 'analyst', 'supervisor', 'dpo'],
  'rule.pause': ['targeting-officer', 'supervisor'],
  'messages.read': ['carrier-liaison', 'supervisor', 'administrator'],
  'messages.replay': ['carrier-liaison', 'supervisor', 'administrator'],
  'jobs.run': ['supervisor', 'administrator'],
  'log.read': ['dpo'],
  'users.read': ['administrator', 'dpo'],
} as const satisfies Readonly<Record<string, readonly RoleName[]>>

export type Permission = keyof typeof TABLE

export const PERMISSIONS = Object.keys(TABLE) as readonly Permission[]

export function permissionsOf(roles: readonly RoleName[]): readonly Permission[] {
  return PERMISSIONS.filter((permission) => TABLE[permission].some((role) => roles.includes(role)))
}

export const isAllowed = (roles: readonly RoleName[], permission: Permission): boolean =>
  permissionsOf(roles).includes(permission)

/** Why somebody looks. Chosen before personal data is shown, recorded with every sight of a person. */
export interface Purpose {
  readonly id: string
  readonly label: { readonly en: string; readonly az: string }
  readonly legalBasis: string
  /** Agencies whose task it is. */
  readonly agencies: readonly string[]
  readonly roles: readonly RoleName[]
}

const REVIEWERS: readonly RoleName[] = ['analyst', 'supervisor', 'targeting-officer', 'watchlist-officer']

/** A State replaces this by its own table; grounds are those of the demo. */
export const PURPOSES: readonly Purpose[] = [
  {
    id: 'terrorism',
    label: {
      en: 'Prevention and detection of terrorist offences',
      az: 'Terror cinayətlərinin qarşısının alınması və aşkarlanması',
    },
    legalBasis: 'Fictional Act on Advance Passenger Data, s. 4(1)(a)',
    agencies: ['unit', 'security', 'interior'],
    roles: REVIEWERS,
  },
  {
    id: 'serious-crime',
    label: {
      en: 'Prevention and detection of serious crime',
      az: 'Ağır cinayətlərin qarşısının alınması və aşkarlanması',
    },
    legalBasis: 'Fictional Act on Advance Passenger Data, s. 4(1)(b)',
    agencies: ['unit', 'security', 'interior', 'customs'],
    roles: REVIEWERS,
  },
  {
    id: 'border-control',
    label: { en: 'Border control', az: 'Sərhəd nəzarəti' },
    legalBasis: 'Fictional Border Act, s. 9',
    agencies: ['border', 'migration'],
    roles: ['frontline-officer', 'analyst', 'supervisor', 'watchlist-officer'],
  },
  {
    id: 'customs-control',
    label: { en: 'Customs control of baggage', az: 'Baqajın gömrük nəzarəti' },
    legalBasis: 'Fictional Customs Code, art. 88',
    agencies: ['customs'],
    roles: ['frontline-officer', 'analyst', 'supervisor', 'watchlist-officer'],
  },
  {
    id: 'acting-on-referral',
    label: { en: 'Acting on a referral', az: 'Yönləndirmə üzrə tədbir' },
    legalBasis: 'Fictional Act on Advance Passenger Data, s. 11',
    agencies: ['security', 'interior', 'foreign', 'evisa'],
    roles: ['frontline-officer', 'analyst', 'supervisor'],
  },
  {
    id: 'oversight',
    label: { en: 'Data-protection oversight', az: 'Məlumatların mühafizəsinə nəzarət' },
    legalBasis: 'Fictional Act on Advance Passenger Data, s. 21',
    agencies: ['unit', 'border', 'customs', 'migration', 'security', 'interior', 'foreign', 'evisa'],
    roles: ['dpo'],
  },
]

export const purposesFor = (agency: string, roles: readonly RoleName[]): readonly Purpose[] =>
  PURPOSES.filter((purpose) => purpose.agencies.includes(agency) && purpose.roles.some((role) => roles.includes(role)))
