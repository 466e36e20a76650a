import type { Span } from '#domain/finding.ts'
import type { Sex } from '#domain/traveller.ts'
import type { CivilDate } from '#lib/time.ts'
import { trimmed } from '../trimmed.ts'
import { readTextDate, type Today } from './dates.ts'

export interface Docs {
  readonly type: string | undefined
  readonly issuer: string | undefined
  readonly number: string | undefined
  readonly nationality: string | undefined
  readonly birthDate: CivilDate | undefined
  readonly sex: Sex | undefined
  /** `MI`, `FI`: the data are an infant's, whoever the SSR hangs on. */
  readonly infant: boolean
  readonly expires: CivilDate | undefined
  readonly surname: string | undefined
  readonly givenNames: string | undefined
  /** The name in the PNR after the last hyphen: `-1OKAFOR/REMIMR`. */
  readonly pnrName: string | undefined
  /** The fields stood one place off, or in the wrong order, and were told apart by their shape. */
  readonly shifted: boolean
  /** Dates that could not be read. */
  readonly badDates: number
  readonly fields: Fields
  /** Numbers of the fields that values were read from. */
  readonly documentIn: number
  readonly nationalityIn: number
  readonly birthIn: number
  /** Given names may run on in the next one. */
  readonly lastGivenIn: number
  readonly surnameIn: number
}

/** What stands between the slashes, and where the first of it begins. */
interface Fields {
  readonly values: readonly string[]
  readonly lead: number
}

/**
 * Reads the text of an SSR DOCS:
 *
 *     /P/NGA/A00000001/NGA/12DEC79/M/15MAY29/OKAFOR/REMI/JOHN/H-1OKAFOR/REMIMR
 *      1  2      3      4     5    6    7      8     9    10 11
 *
 * type, issuer, number, nationality, birth, gender, expiry, surname, given names, primary holder, name in the PNR.
 * Source: AIRIMP, SSR DOCS; PNRGOV implementation guide, SSR in GR1, GR2 and GR5.
 */
export function readDocs(text: string, today: Today): Docs {
  const named = text.includes('-') ? NAME_IN_PNR.exec(text) : undefined
  const fields = split(named ? text.slice(0, named.index) : text)
  const birthAt = birthIndex(fields)
  const shifted = (birthAt > 0 && birthAt !== 5) || (!field(fields, 1) && /^[A-CE-Z]$/.test(field(fields, 2)))
  const docs: Draft = {
    type: undefined,
    issuer: undefined,
    number: undefined,
    nationality: undefined,
    birthDate: undefined,
    sex: undefined,
    infant: false,
    expires: undefined,
    surname: undefined,
    givenNames: undefined,
    pnrName: named?.[1] || undefined,
    shifted,
    badDates: 0,
    fields,
    documentIn: 0,
    nationalityIn: 0,
    birthIn: birthAt || 5,
    lastGivenIn: 0,
    surnameIn: 0,
  }
  readPerson(docs, fields, birthAt || 5, today)
  if (shifted) readDocumentByShape(docs, fields, birthAt || 5)
  else readDocument(docs, fields)
  return docs
}

type Draft = { -readonly [K in keyof Docs]: Docs[K] }

function split(text: string): Fields {
  const values = text.split('/')
  const lead = values[0]
  // A text without its leading slash begins with field 1; one behind `HK1` and the like does not
  if (lead && !LEADING.test(lead)) return { values: ['', ...values], lead: -1 }
  return { values, lead: 0 }
}

const field = ({ values }: Fields, index: number): string => trimmed(values[index]) ?? ''

/** Where fields from one to another stand in the text, in characters from `start` on. */
export function placeOf({ values, lead }: Fields, first: number, last: number, start: number): Span {
  let from = start + lead + first
  for (let before = 0; before < first; before++) from += values[before]?.length ?? 0
  let to = from + last - first
  for (let at = first; at <= last; at++) to += values[at]?.length ?? 0
  return [from, to]
}

/** Number of the field that holds the date of birth: a date with a gender behind it, or with nothing at all; 0: none. */
function birthIndex(fields: Fields): number {
  const sixth = field(fields, 6)
  if ((!sixth || GENDERS.has(sixth)) && DATE.test(field(fields, 5))) return 5
  for (let index = 1; index < fields.values.length; index++) {
    if (DATE.test(field(fields, index)) && GENDERS.has(field(fields, index + 1).toUpperCase())) return index
  }
  return 0
}

function readPerson(docs: Draft, fields: Fields, birthAt: number, today: Today): void {
  const birth = field(fields, birthAt)
  const birthDate = birth ? readTextDate(birth, 'birth', today) : undefined
  if (birthDate) docs.birthDate = birthDate
  else if (birth) docs.badDates++

  const sent = field(fields, birthAt + 1)
  const gender = GENDERS.get(sent) ?? GENDERS.get(sent.toUpperCase())
  if (gender) {
    docs.sex = gender.sex
    docs.infant = gender.infant
  }
  const expiry = field(fields, birthAt + 2)
  const expires = expiry ? readTextDate(expiry, 'expiry', today) : undefined
  if (expires) docs.expires = expires
  else if (expiry) docs.badDates++

  const surname = field(fields, birthAt + 3)
  const first = field(fields, birthAt + 4)
  docs.surnameIn = surname ? birthAt + 3 : birthAt + 4
  docs.lastGivenIn = birthAt + 4
  if (surname || first) docs.surname = surname || first // who has one name only may have it in either place
  if (!surname) return
  const second = field(fields, birthAt + 5)
  const goesOn = second !== '' && second !== 'H'
  const givenNames = goesOn ? `${first} ${second}`.trim() : first
  if (givenNames) docs.givenNames = givenNames
  docs.lastGivenIn = goesOn ? birthAt + 5 : birthAt + 4
}

function readDocument(docs: Draft, fields: Fields): void {
  const type = field(fields, 1)
  const issuer = field(fields, 2)
  const number = field(fields, 3)
  const nationality = field(fields, 4)
  if (type) docs.type = type
  if (issuer) docs.issuer = issuer
  if (number) {
    docs.number = number
    docs.documentIn = 3
  }
  if (nationality) {
    docs.nationality = nationality
    docs.nationalityIn = 4
  }
}

/** From the date of birth to the left: nationality, number, issuer, type, each known by its shape. */
function readDocumentByShape(docs: Draft, fields: Fields, birthAt: number): void {
  for (let index = birthAt - 1; index >= 0; index--) {
    const value = field(fields, index)
    if (!value) continue
    if (docs.number === undefined && docs.nationality === undefined && COUNTRY.test(value)) {
      docs.nationality = value
      docs.nationalityIn = index
    } else if (docs.number === undefined && /\d/.test(value)) {
      docs.number = value
      docs.documentIn = index
    } else if (TYPES.has(value) && !anyBefore(fields, index)) {
      docs.type = value
    } else if (docs.issuer === undefined && COUNTRY.test(value)) {
      docs.issuer = value
    }
  }
}

function anyBefore(fields: Fields, index: number): boolean {
  for (let before = 0; before < index; before++) if (field(fields, before)) return true
  return false
}

const LEADING = /^(?:SSR)?(?:DOCS)?.*HK\d*$|^DOCS$/
const DATE = /^\d{2}[A-Z]{3}(?:\d{2}){1,2}$/i
const COUNTRY = /^[A-Z]{2,3}$/
const NAME_IN_PNR = /-\d+(?:\.\d+)?([A-Z][^-]*)$/
const TYPES = new Set(['P', 'IP', 'A', 'C', 'I', 'AC', 'IN', 'M', 'F', 'V', 'PP', 'PS', 'ID', 'T', 'R'])

const GENDERS: ReadonlyMap<string, { readonly sex: Sex; readonly infant: boolean }> = new Map(
  Object.entries({
    M: { sex: 'M', infant: false },
    F: { sex: 'F', infant: false },
    MI: { sex: 'M', infant: true },
    FI: { sex: 'F', infant: true },
    X: { sex: 'X', infant: false },
    XI: { sex: 'X', infant: true },
    U: { sex: 'U', infant: false },
    UI: { sex: 'U', infant: true },
  } as const),
)
