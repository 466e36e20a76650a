import type { CrewListing, PaxlstFunction, PaxlstMessage } from '#domain/message.ts'
import type { Contact, CrewDuty, DocumentKind, Role, Sex } from '#domain/traveller.ts'

type Table<T> = ReadonlyMap<string, T>
const table = <T>(entries: Readonly<Record<string, T>>): Table<T> => new Map(Object.entries(entries))

/**
 * What codes mean, and what is asked for, where the guide leaves it to State and carrier or where States differ: data, laid
 * over the usual reading. A code that no table has is kept as sent.
 */
export interface PaxlstProfile {
  /** BGM 1004 under 745, and under 266 */
  readonly lists: Table<PaxlstFunction>
  readonly closings: Table<PaxlstFunction>
  /** BGM 1004 under 250, and under 336 */
  readonly crews: Table<CrewListing>
  readonly masterCrews: Table<NonNullable<PaxlstMessage['masterCrew']>>
  /** BGM 1004 before its version, `CI:1.0` */
  readonly stages: Table<NonNullable<PaxlstMessage['stage']>>
  /** NAD 3035 of a person, ATT 9019, EMP 9005 */
  readonly roles: Table<Role>
  readonly sexes: Table<Sex>
  readonly duties: Table<CrewDuty>
  /** GEI 7365: whether the document was read by machine */
  readonly verified: Table<boolean>
  /** DOC 1001; two letters of a machine-readable zone go by the first where they are not listed */
  readonly documents: Table<DocumentKind>
  /** COM 3155 */
  readonly contacts: Table<Contact['kind']>
  /** MEA 6411: kilograms in one of it */
  readonly weights: Table<number>
  /** UNB 0026 of messages that are answered person by person: each needs his reference (RFF ABO) */
  readonly interactive: ReadonlySet<string>
  /** Whose airport of clearance (LOC 22) must be told */
  readonly clearance: ReadonlySet<Role>
  /** Order of day, month and year in six digits; `told`: by what the whole list makes possible */
  readonly birthDates: 'ymd' | 'told'
  readonly oldestYears: number
  /** No document is valid longer than this from the day of the flight. */
  readonly longestDocumentYears: number
  /** How many characters the number of a passport has, by its issuer */
  readonly passportLengths: Table<readonly number[]>
}

const crew = (flight: CrewListing['flight'], part: CrewListing['part'], change = false): CrewListing => ({
  flight,
  part,
  change,
})

/** The common reading of the guide, with what carriers' systems were seen to send. */
const USUAL: PaxlstProfile = {
  lists: table<PaxlstFunction>({ CP: 'change', XR: 'cancel', RP: 'reduce' }),
  closings: table<PaxlstFunction>({
    CL: 'close',
    CLNB: 'close-not-on-board',
    CLOB: 'close-on-board',
    XF: 'cancel-flight',
    CF: 'change-flight',
  }),
  crews: table({
    C: crew('passenger', 'scheduled'),
    CC: crew('passenger', 'scheduled', true),
    B: crew('cargo', 'scheduled'),
    BC: crew('cargo', 'scheduled', true),
    A: crew('passenger', 'overflight'),
    D: crew('cargo', 'overflight'),
    E: crew('passenger', 'domestic'),
    EC: crew('passenger', 'domestic', true),
    F: crew('cargo', 'domestic'),
    FC: crew('cargo', 'domestic', true),
  }),
  masterCrews: table({ G: 'add', H: 'delete', I: 'change' }),
  stages: table({ CI: 'check-in', DC: 'departure' }),
  roles: table<Role>({
    FL: 'passenger',
    FM: 'crew',
    DDU: 'transit-passenger',
    DDT: 'transit-crew',
    ZZZ: 'passenger',
  }),
  sexes: table<Sex>({ M: 'M', F: 'F', X: 'X', U: 'U', MI: 'M', FI: 'F' }),
  duties: table<CrewDuty>({ CR1: 'cockpit', CR2: 'cabin', CR3: 'operations', CR4: 'cargo', CR5: 'off-duty-pilot' }),
  verified: table({ '173': true, ZZZ: true, '174': false }),
  documents: table<DocumentKind>({
    P: 'passport',
    V: 'visa',
    I: 'identity-card',
    A: 'identity-card',
    C: 'identity-card',
    ID: 'identity-card',
    IP: 'identity-card',
    AC: 'crew-certificate',
    T: 'residence-permit',
    R: 'residence-permit',
    F: 'other',
    L: 'other',
    M: 'other',
    G: 'other',
    N: 'other',
  }),
  contacts: table<Contact['kind']>({ TE: 'phone', AL: 'phone', FX: 'fax', EM: 'email' }),
  weights: table({ KGM: 1, KG: 1, K: 1, LBR: 0.45359237, LBS: 0.45359237, LB: 0.45359237, L: 0.45359237 }),
  interactive: new Set(['IAPI']),
  clearance: new Set<Role>(['transit-passenger', 'transit-crew']),
  birthDates: 'told',
  oldestYears: 120,
  longestDocumentYears: 20,
  passportLengths: table({ DEU: [9], FRA: [9], GBR: [9], ITA: [9], NLD: [9], USA: [9] }),
}

/**
 * What the receiving State reads or asks in its own way, by ISO alpha-2 code. Only what a carrier's system was seen to do
 * for that State stands here.
 */
const STATES: Table<Partial<PaxlstProfile>> = table<Partial<PaxlstProfile>>({
  CN: { interactive: new Set(['IAPI', 'NIAC']) },
  TR: { clearance: new Set<Role>(['passenger', 'crew', 'transit-passenger', 'transit-crew']) },
  US: { clearance: new Set<Role>(['passenger', 'crew', 'transit-passenger', 'transit-crew']) },
})

const overlaid = new Map<string, PaxlstProfile>()

/** The profile of a receiving State; the usual one where it has none of its own. */
export function paxlstProfile(state?: string): PaxlstProfile {
  const own = state === undefined ? undefined : STATES.get(state)
  if (!own || state === undefined) return USUAL
  const made = overlaid.get(state) ?? { ...USUAL, ...own }
  overlaid.set(state, made)
  return made
}
