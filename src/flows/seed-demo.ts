/**
 * A site to try: agencies, people for each role, carriers with keys, lists and rules. Everybody and everything is made
 * up, and says so. Safe to repeat: what is there stays.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { RoleName } from '#domain/officer.ts'
import type { Rule } from '#domain/rule.ts'
import type { Entry, Watchlist } from '#domain/watchlist.ts'
import { newId } from '#lib/ids.ts'
import type { Instant } from '#lib/time.ts'
import { checkRule } from '#screening/rules/check.ts'
import type { Db } from '#store/db.ts'
import type { CarrierProfile } from '#store/tables.ts'
import { hashPassword } from './password.ts'

export interface DemoCarrier {
  readonly code: string
  readonly name: string
  readonly profile: CarrierProfile
}

export interface DemoContent {
  readonly carriers: readonly DemoCarrier[]
  readonly lists: readonly Watchlist[]
  readonly entries: readonly Entry[]
  readonly rules: readonly Rule[]
}

export interface DemoAccount {
  readonly login: string
  readonly password: string
  readonly role: RoleName
  readonly agency: string
}

export const DEMO_AGENCIES = [
  {
    id: 'unit',
    name_en: 'Passenger Information Unit (demo)',
    name_az: 'Sərnişin Məlumatları Bölməsi (demo)',
    kind: 'unit',
    reads_pnr: true,
  },
  {
    id: 'border',
    name_en: 'State Border Service (demo)',
    name_az: 'Dövlət Sərhəd Xidməti (demo)',
    kind: 'authority',
    reads_pnr: false,
  },
  {
    id: 'customs',
    name_en: 'State Customs Committee (demo)',
    name_az: 'Dövlət Gömrük Komitəsi (demo)',
    kind: 'authority',
    reads_pnr: true,
  },
  {
    id: 'migration',
    name_en: 'State Migration Service (demo)',
    name_az: 'Dövlət Miqrasiya Xidməti (demo)',
    kind: 'authority',
    reads_pnr: false,
  },
  {
    id: 'security',
    name_en: 'State Security Service (demo)',
    name_az: 'Dövlət Təhlükəsizliyi Xidməti (demo)',
    kind: 'authority',
    reads_pnr: true,
  },
  {
    id: 'interior',
    name_en: 'Ministry of Internal Affairs (demo)',
    name_az: 'Daxili İşlər Nazirliyi (demo)',
    kind: 'authority',
    reads_pnr: true,
  },
  {
    id: 'foreign',
    name_en: 'Ministry of Foreign Affairs (demo)',
    name_az: 'Xarici İşlər Nazirliyi (demo)',
    kind: 'authority',
    reads_pnr: false,
  },
  {
    id: 'evisa',
    name_en: 'E-visa Service (demo)',
    name_az: 'E-viza Xidməti (demo)',
    kind: 'authority',
    reads_pnr: false,
  },
] as const

const PEOPLE: readonly { login: string; name: string; agency: string; role: RoleName }[] = [
  { login: 'analyst', name: 'Demo Analyst One', agency: 'unit', role: 'analyst' },
  { login: 'analyst2', name: 'Demo Analyst Two', agency: 'unit', role: 'analyst' },
  { login: 'lists', name: 'Demo List Officer One', agency: 'unit', role: 'watchlist-officer' },
  { login: 'lists2', name: 'Demo List Officer Two', agency: 'unit', role: 'watchlist-officer' },
  { login: 'targeting', name: 'Demo Targeting Officer', agency: 'unit', role: 'targeting-officer' },
  { login: 'supervisor', name: 'Demo Supervisor', agency: 'unit', role: 'supervisor' },
  { login: 'border', name: 'Demo Border Officer', agency: 'border', role: 'frontline-officer' },
  { login: 'border-analyst', name: 'Demo Border Analyst', agency: 'border', role: 'analyst' },
  { login: 'customs', name: 'Demo Customs Officer', agency: 'customs', role: 'frontline-officer' },
  { login: 'liaison', name: 'Demo Carrier Liaison', agency: 'unit', role: 'carrier-liaison' },
  { login: 'dpo', name: 'Demo Data Protection Officer', agency: 'unit', role: 'dpo' },
  { login: 'admin', name: 'Demo Administrator', agency: 'unit', role: 'administrator' },
]

/** The same on every demo site, on purpose: nobody may take such a site for a safe one. */
const PASSWORD = 'preclear-demo'

export const demoAccounts = (): DemoAccount[] =>
  PEOPLE.map(({ login, role, agency }) => ({ login, role, agency, password: PASSWORD }))

export async function seedDemo(db: Db, content: DemoContent, at: Instant): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('agency')
      .values([...DEMO_AGENCIES])
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const there = await tx.selectFrom('app_user').select('login').execute()
    const missing = PEOPLE.filter((one) => !there.some((user) => user.login === one.login))
    if (missing.length > 0) {
      const password = await hashPassword(PASSWORD)
      await tx
        .insertInto('app_user')
        .values(
          missing.map(({ login, name, agency, role }) => ({
            id: newId(),
            login,
            name,
            agency,
            roles: [role],
            password,
          })),
        )
        .execute()
    }
    await tx
      .insertInto('carrier')
      .values(content.carriers.map(({ code, name, profile }) => ({ code, name, profile: JSON.stringify(profile) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
  await seedLists(db, content, at)
  await seedRules(db, content, at)
}

async function seedLists(db: Db, { lists, entries }: DemoContent, at: Instant): Promise<void> {
  const there = new Set((await db.selectFrom('watchlist').select('id').execute()).map((row) => row.id))
  const missing = lists.filter((list) => !there.has(list.id))
  if (missing.length === 0) return
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('watchlist')
      .values(
        missing.map((list) => ({
          id: list.id,
          name: list.name,
          owner: list.owner,
          purpose: list.purpose,
          legal_basis: list.legalBasis,
          severity: list.severity,
          action: list.action,
          thresholds: JSON.stringify(list.thresholds),
          changed_at: at,
        })),
      )
      .execute()
    const chosen = entries.filter((entry) => missing.some((list) => list.id === entry.list))
    for (let from = 0; from < chosen.length; from += 1_000) {
      const page = chosen.slice(from, from + 1_000)
      await tx
        .insertInto('entry')
        .values(
          page.map((entry) => ({
            list: entry.list,
            id: entry.id,
            version: 1,
            content: JSON.stringify(entry),
            epoch: 1,
          })),
        )
        .execute()
      await tx
        .insertInto('entry_version')
        .values(
          page.map((entry) => ({
            list: entry.list,
            id: entry.id,
            version: 1,
            content: JSON.stringify(entry),
            proposed_by: 'demo seed',
            approved_by: 'demo approval',
            at,
          })),
        )
        .execute()
    }
  })
}

async function seedRules(db: Db, { rules }: DemoContent, at: Instant): Promise<void> {
  const there = new Set((await db.selectFrom('rule').select('id').execute()).map((row) => row.id))
  const missing = rules.filter((rule) => !there.has(rule.id))
  if (missing.length === 0) return
  for (const rule of missing) {
    const [problem] = checkRule(rule.when)
    if (problem) throw new Error(`rule ${rule.id}: ${problem.code} at ${problem.path || 'its root'}`)
  }
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('rule')
      .values(
        missing.map((rule) => ({
          id: rule.id,
          owner: rule.owner,
          version: rule.version,
          state: 'live' as const,
          changed_at: at,
        })),
      )
      .execute()
    await tx
      .insertInto('rule_version')
      .values(
        missing.map((rule) => ({
          rule: rule.id,
          version: rule.version,
          content: JSON.stringify(rule),
          author: 'demo seed',
          approved_by: 'demo approval',
          at,
        })),
      )
      .execute()
  })
}

/** A key for each carrier, made anew: only its digest is kept. Gives code → key, for the simulated carriers. */
export async function issueCarrierKeys(
  db: Db,
  carriers: readonly DemoCarrier[],
  label: string,
  at: Instant,
): Promise<Record<string, string>> {
  const keys = Object.fromEntries(carriers.map(({ code }) => [code, `pck_${randomBytes(24).toString('base64url')}`]))
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('carrier_key')
      .set({ revoked_at: at })
      .where('label', '=', label)
      .where('revoked_at', 'is', null)
      .execute()
    await tx
      .insertInto('carrier_key')
      .values(
        Object.entries(keys).map(([carrier, key]) => ({
          hash: createHash('sha256').update(key).digest(),
          carrier,
          label,
          created_at: at,
        })),
      )
      .execute()
  })
  return keys
}
