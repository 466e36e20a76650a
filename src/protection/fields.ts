/**
 * The field register: each kind of personal data about a traveller, once. What may be disclosed, what masking leaves
 * and which retention rule applies derive from it; `places.ts` says where in types and tables each one lies.
 * Source of the numbers: EU 2016/681 Annex I as narrowed by CJEU C-817/19; masking by Art. 12(2).
 */
import type { ActionCode } from '#domain/hit.ts'

/** How much harm its disclosure can do, and to whom it matters. */
export type Sensitivity = 'identity' | 'document' | 'contact' | 'payment' | 'journey' | 'remark' | 'assessment'

/** What is left of it after the masking age: all, the year of a date, or nothing until it is unmasked. */
export type Mask = 'keep' | 'year' | 'hide'

/** Which rule says how long: advance passenger information, PNR, what a person decided on it, or the list it came from. */
export type RetentionGround = 'api' | 'pnr' | 'review' | 'list'

export interface Field {
  /** Where it stands in a message. */
  readonly source: readonly string[]
  /** Element of Annex I; 0: made by us. */
  readonly annex: number
  readonly sensitivity: Sensitivity
  readonly mask: Mask
  readonly ground: readonly RetentionGround[]
  /** What the recipient of a referral must be asked to do so that he may be told this. Empty: nobody outside is told. */
  readonly referredFor: readonly ActionCode[]
}

const EVERY: readonly ActionCode[] = ['check-document', 'interview', 'search-baggage', 'inform-owner', 'observe']
const NOBODY: readonly ActionCode[] = []
const BOTH: readonly RetentionGround[] = ['api', 'pnr']

const field = (
  source: readonly string[],
  annex: number,
  sensitivity: Sensitivity,
  mask: Mask,
  ground: readonly RetentionGround[] = BOTH,
  referredFor: readonly ActionCode[] = NOBODY,
): Field => ({ source, annex, sensitivity, mask, ground, referredFor })

export const FIELDS = {
  surname: field(['PAXLST NAD 3036', 'PNRGOV TIF 9936', 'SSR DOCS'], 4, 'identity', 'hide', BOTH, EVERY),
  givenNames: field(['PAXLST NAD 3036', 'PNRGOV TIF 9942', 'SSR DOCS'], 4, 'identity', 'hide', BOTH, EVERY),
  birthDate: field(['PAXLST DTM 329', 'SSR DOCS'], 18, 'identity', 'year', BOTH, [
    'check-document',
    'interview',
    'inform-owner',
  ]),
  sex: field(['PAXLST ATT 2', 'SSR DOCS'], 18, 'identity', 'hide', BOTH, ['check-document', 'interview', 'observe']),
  nationality: field(['PAXLST NAT 2', 'SSR DOCS'], 18, 'identity', 'hide', BOTH, [
    'check-document',
    'interview',
    'inform-owner',
  ]),
  document: field(['PAXLST DOC, DTM 36, LOC 91', 'SSR DOCS, DOCO'], 18, 'document', 'hide', BOTH, [
    'check-document',
    'interview',
    'inform-owner',
  ]),
  birthPlace: field(['PAXLST LOC 180', 'SSR DOCO'], 18, 'identity', 'hide'),
  residence: field(['PAXLST LOC 174', 'SSR DOCA'], 5, 'contact', 'hide'),
  address: field(['PAXLST NAD C059', 'PNRGOV ADD', 'SSR DOCA'], 5, 'contact', 'hide'),
  contact: field(['PAXLST COM', 'PNRGOV ADD, IFT', 'SSR CTC'], 5, 'contact', 'hide'),
  seat: field(['PAXLST LOC 30', 'PNRGOV SSD, SSR SEAT'], 14, 'journey', 'keep', BOTH, [
    'interview',
    'search-baggage',
    'observe',
  ]),
  baggage: field(['PAXLST MEA, FTX BAG', 'PNRGOV TBD'], 16, 'journey', 'keep', BOTH, ['search-baggage']),
  role: field(['PAXLST NAD 3035'], 18, 'journey', 'keep', ['api']),
  kind: field(['PNRGOV TIF 9944', 'SSR INFT, UMNR'], 12, 'journey', 'keep'),
  status: field(['PAXLST BGM 745, 266', 'PNRGOV TVL, DAT, EBD'], 10, 'journey', 'keep'),
  verified: field(['PAXLST GEI 173, 174'], 18, 'document', 'keep', ['api']),
  locator: field(['PAXLST RFF AVF', 'PNRGOV RCI'], 1, 'journey', 'keep'),
  reference: field(['PAXLST RFF ABO, AEA', 'PNRGOV TIF 9951'], 18, 'identity', 'hide'),
  booked: field(['PNRGOV RCI, DAT'], 2, 'journey', 'keep', ['pnr']),
  journey: field(['PAXLST LOC 178, 179', 'PNRGOV TVL'], 7, 'journey', 'keep'),
  codeShare: field(['PNRGOV TVL of the operating carrier'], 15, 'journey', 'keep', ['pnr']),
  otherNames: field(['PNRGOV TIF, EQN, ORG group'], 17, 'identity', 'hide', ['pnr']),
  frequentFlyer: field(['PAXLST RFF FTI', 'PNRGOV FTI'], 8, 'identity', 'hide'),
  agency: field(['PNRGOV ORG'], 9, 'journey', 'keep', ['pnr']),
  ticket: field(['PAXLST RFF TKT', 'PNRGOV TKT, MON, PTK'], 13, 'journey', 'keep'),
  payment: field(['PNRGOV FOP, IFT payer'], 6, 'payment', 'hide', ['pnr']),
  split: field(['PNRGOV EQN, RCI after SPLIT'], 11, 'journey', 'keep', ['pnr']),
  remark: field(['PNRGOV IFT, SSR (after the sensitive-data filter)'], 12, 'remark', 'hide', ['pnr']),
  history: field(['PNRGOV ABI, SAC, LTS'], 19, 'remark', 'hide', ['pnr']),
  /** Everything together: the sealed bytes and the parts as stored; read only field by field. */
  whole: field(['the message itself'], 18, 'identity', 'hide'),
  searchKey: field(
    ['made from names, documents, contacts, locators, tickets and cards: keyed hashes'],
    0,
    'identity',
    'hide',
  ),
  link: field(['made when API and PNR are joined'], 0, 'assessment', 'keep'),
  hit: field(['made by screening'], 0, 'assessment', 'hide', ['review']),
  decision: field(['made by a person'], 0, 'assessment', 'keep', ['review']),
  decisionNote: field(['written by a person'], 0, 'remark', 'hide', ['review']),
  referred: field(['made by minimising'], 0, 'identity', 'hide', ['review']),
  entry: field(['written by a list’s owner'], 0, 'assessment', 'keep', ['list']),
} as const satisfies Readonly<Record<string, Field>>

export type FieldName = keyof typeof FIELDS

/** Whether a recipient who is asked to do this may be told this. */
export const mayBeTold = (name: FieldName, action: ActionCode): boolean => FIELDS[name].referredFor.includes(action)
