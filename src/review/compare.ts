/** What the carrier's check-in says against what the booking says, field by field, each cell with its bytes. */
import type { Span } from '#domain/finding.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import { foldLetters } from '#domain/same-name.ts'
import type { ApiTraveller, Provenance, TravelDocument } from '#domain/traveller.ts'

export interface Cell {
  readonly value?: string
  readonly span?: Span
}

export type Verdict = 'same' | 'spelling' | 'differs' | 'only-api' | 'only-pnr' | 'neither'

export interface ComparedField {
  readonly field: string
  readonly api: Cell
  readonly pnr: Cell
  readonly verdict: Verdict
  /** Why a difference is only one of spelling: a key of the catalogue. */
  readonly rule?: string
}

/** Gives the rule by which two spellings are one name, or nothing. */
export type NameLikeness = (api: string, pnr: string) => string | undefined

export function compareSources(
  api: ApiTraveller | undefined,
  pnr: PnrTraveller | undefined,
  likeness: NameLikeness = () => undefined,
): readonly ComparedField[] {
  const [apiDocument, pnrDocument] = documentPair(api?.documents ?? [], pnr?.documents ?? [])
  const documentField = (field: 'number' | 'issuer' | 'expires' | 'type'): ComparedField =>
    plain(
      `document.${field}`,
      cell(apiDocument?.[field] || undefined, apiDocument?.at),
      cell(pnrDocument?.[field] || undefined, pnrDocument?.at),
    )
  return [
    ...compareNames(api, pnr, likeness),
    plain('birthDate', fieldCell(api, 'birthDate', api?.birthDate), fieldCell(pnr, 'birthDate', pnr?.birthDate)),
    plain('sex', fieldCell(api, 'sex', known(api?.sex)), fieldCell(pnr, 'sex', known(pnr?.sex))),
    plain(
      'nationality',
      fieldCell(api, 'nationality', api?.nationality),
      fieldCell(pnr, 'nationality', pnr?.nationality),
    ),
    documentField('number'),
    documentField('issuer'),
    documentField('expires'),
    documentField('type'),
    plain('seat', fieldCell(api, 'seat', seatOf(api?.seat)), fieldCell(pnr, 'seat', seatOf(pnr?.seat))),
    plain('bags', bagsOf(api), bagsOf(pnr)),
  ]
}

const known = (sex: string | undefined): string | undefined => (sex === 'U' ? undefined : sex)

/** `012A` and `12A` are one seat. */
const seatOf = (seat: string | undefined): string | undefined => seat?.replace(/^0+(?=\d)/, '')

function bagsOf(part: ApiTraveller | PnrTraveller | undefined): Cell {
  const count = part?.baggage.count
  return cell(count === undefined ? undefined : String(count), spanOf(part?.at, 'bags') ?? spanOf(part?.at, 'baggage'))
}

const cell = (value: string | undefined, span: Span | undefined): Cell => ({
  ...(value !== undefined && value !== '' && { value }),
  ...(value !== undefined && value !== '' && span && { span }),
})

const spanOf = (at: Provenance | undefined, field: string): Span | undefined => at?.[field]

const fieldCell = (part: ApiTraveller | PnrTraveller | undefined, field: string, value: string | undefined): Cell =>
  cell(value, spanOf(part?.at, field))

function absence(api: Cell, pnr: Cell): Verdict | undefined {
  if (api.value === undefined) return pnr.value === undefined ? 'neither' : 'only-pnr'
  return pnr.value === undefined ? 'only-api' : undefined
}

const plain = (field: string, api: Cell, pnr: Cell): ComparedField => ({
  field,
  api,
  pnr,
  verdict: absence(api, pnr) ?? (api.value === pnr.value ? 'same' : 'differs'),
})

/** The document whose number both give; else each one's passport, else its first that is no visa. */
function documentPair(
  api: readonly TravelDocument[],
  pnr: readonly TravelDocument[],
): readonly [TravelDocument | undefined, TravelDocument | undefined] {
  for (const one of api) {
    const other = pnr.find((candidate) => candidate.number === one.number && candidate.kind === one.kind)
    if (other) return [one, other]
  }
  return [mainOf(api), mainOf(pnr)]
}

const mainOf = (documents: readonly TravelDocument[]): TravelDocument | undefined =>
  documents.find((one) => one.kind === 'passport') ?? documents.find((one) => one.kind !== 'visa') ?? documents[0]

// Names ----------------------------------------------------------------------------------------------------------------

/** Where the booking carries the document's own form of the name (SSR DOCS), that form decides; else the booking's. */
function compareNames(
  api: ApiTraveller | undefined,
  pnr: PnrTraveller | undefined,
  likeness: NameLikeness,
): readonly ComparedField[] {
  const fromDocument = pnr?.documentSurname !== undefined
  const surname = fromDocument ? pnr.documentSurname : pnr?.surname
  const given = fromDocument ? pnr.documentGivenNames : pnr?.givenNames
  return [
    compareName(
      'surname',
      cell(api?.surname, spanOf(api?.at, 'surname')),
      cell(surname, spanOf(pnr?.at, fromDocument ? 'documentSurname' : 'surname')),
      likeness,
      false,
    ),
    compareName(
      'givenNames',
      cell(api?.givenNames, spanOf(api?.at, 'givenNames')),
      cell(given, spanOf(pnr?.at, fromDocument ? 'documentGivenNames' : 'givenNames')),
      likeness,
      !fromDocument,
    ),
  ]
}

function compareName(field: string, api: Cell, pnr: Cell, likeness: NameLikeness, titled: boolean): ComparedField {
  const missing = absence(api, pnr)
  if (missing || api.value === pnr.value) return { field, api, pnr, verdict: missing ?? 'same' }
  const rule = spellingRule(api.value ?? '', pnr.value ?? '', likeness, titled)
  return rule ? { field, api, pnr, verdict: 'spelling', rule } : { field, api, pnr, verdict: 'differs' }
}

const TITLE = /\s*(?:MRS|MSTR|MISS|MR|MS|DR|PROF|CHD|INF)$/

function spellingRule(api: string, pnr: string, likeness: NameLikeness, titled: boolean): string | undefined {
  if (foldLetters(api) === foldLetters(pnr)) return 'folded'
  const bare = titled ? pnr.toUpperCase().trim().replace(TITLE, '') : ''
  const untitled = bare && bare.length < pnr.trim().length ? bare : undefined
  if (untitled && foldLetters(untitled) === foldLetters(api)) return 'title'
  if (sameWords(api, untitled ?? pnr)) return 'order'
  return likeness(api, untitled ?? pnr)
}

/** The same words in another order. */
function sameWords(api: string, pnr: string): boolean {
  const words = (text: string): string =>
    text
      .split(/[\s-]+/)
      .map(foldLetters)
      .filter(Boolean)
      .sort()
      .join(' ')
  return words(api) === words(pnr)
}
