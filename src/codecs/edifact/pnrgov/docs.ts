import type { Sex } from '#domain/traveller.ts'
import type { CivilDate } from '#lib/time.ts'
import { readTextDate, type Today } from './dates.ts'

/** Where a value stands inside the text that it was read from: start and end, in characters. */
export type Part = readonly [start: number, end: number]

export interface Docs {
  readonly type?: string
  readonly issuer?: string
  readonly number?: string
  readonly nationality?: string
  readonly birthDate?: CivilDate
  readonly sex?: Sex
  /** `MI`, `FI`: the data are an infant's, whoever the SSR hangs on. */
  readonly infant: boolean
  readonly expires?: CivilDate
  readonly surname?: string
  readonly givenNames?: string
  /** The name in the PNR after the last hyphen: `-1OKAFOR/REMIMR`. */
  readonly pnrName?: string
  /** The fields stood one place off, or in the wrong order, and were told apart by their shape. */
  readonly shifted: boolean
  /** Dates that could not be read. */
  readonly badDates: number
  readonly parts: DocsParts
}

export interface DocsParts {
  document?: Part
  nationality?: Part
  birthDate?: Part
  sex?: Part
  surname?: Part
  givenNames?: Part
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
  const bounds = split(text)
  const named = text.includes('-') ? NAME_IN_PNR.exec(text) : null
  const end = named ? named.index : text.length
  const token = (index: number): string => {
    const from = bounds[index * 2]
    const to = bounds[index * 2 + 1]
    return from === undefined || to === undefined || from >= end ? '' : text.slice(from, Math.min(to, end)).trim()
  }
  const place = (index: number): Part => [bounds[index * 2] ?? 0, Math.min(bounds[index * 2 + 1] ?? 0, end)]

  const count = bounds.length / 2
  const birthAt = birthIndex(token, count)
  const shifted = (birthAt > 0 && birthAt !== 5) || (!token(1) && /^[A-CE-Z]$/.test(token(2)))
  const parts: DocsParts = {}
  const docs: Draft = { infant: false, shifted, badDates: 0, parts }

  readPerson(docs, token, place, birthAt > 0 ? birthAt : 5, count, today)
  if (shifted) readDocumentByShape(docs, token, place, birthAt || 5)
  else readDocument(docs, token, place)
  if (named?.[1]) docs.pnrName = named[1]
  return docs
}

type Draft = { -readonly [K in keyof Docs]: Docs[K] }
type Token = (index: number) => string
type Placed = (index: number) => Part

/** Number of the field that holds the date of birth: a date with a gender behind it, or with nothing else that could be one. */
function birthIndex(token: Token, count: number): number {
  if (DATE.test(token(5)) && (GENDERS[token(6)] || !token(6))) return 5
  for (let index = 1; index < count; index++) {
    if (DATE.test(token(index)) && GENDERS[token(index + 1).toUpperCase()]) return index
  }
  return 0
}

function readPerson(docs: Draft, token: Token, place: Placed, birthAt: number, count: number, today: Today): void {
  const birth = token(birthAt)
  const birthDate = birth ? readTextDate(birth, 'birth', today) : undefined
  if (birthDate) {
    docs.birthDate = birthDate
    docs.parts.birthDate = place(birthAt)
  } else if (birth) docs.badDates++

  const gender = GENDERS[token(birthAt + 1).toUpperCase()]
  if (gender) {
    docs.sex = gender.sex
    docs.infant = gender.infant
    docs.parts.sex = place(birthAt + 1)
  }
  const expiry = token(birthAt + 2)
  const expires = expiry ? readTextDate(expiry, 'expiry', today) : undefined
  if (expires) docs.expires = expires
  else if (expiry) docs.badDates++

  const surname = token(birthAt + 3)
  if (surname) {
    docs.surname = surname
    docs.parts.surname = place(birthAt + 3)
  }
  const first = token(birthAt + 4)
  const second = token(birthAt + 5)
  const givenNames = second && second !== 'H' ? `${first} ${second}`.trim() : first
  if (givenNames && count > birthAt + 4) {
    docs.givenNames = givenNames
    docs.parts.givenNames = [place(birthAt + 4)[0], place(second && second !== 'H' ? birthAt + 5 : birthAt + 4)[1]]
  }
}

function readDocument(docs: Draft, token: Token, place: Placed): void {
  const type = token(1)
  const issuer = token(2)
  const number = token(3)
  const nationality = token(4)
  if (type) docs.type = type
  if (issuer) docs.issuer = issuer
  if (number) {
    docs.number = number
    docs.parts.document = place(3)
  }
  if (nationality) {
    docs.nationality = nationality
    docs.parts.nationality = place(4)
  }
}

/** From the date of birth to the left: nationality, number, issuer, type, each known by its shape. */
function readDocumentByShape(docs: Draft, token: Token, place: Placed, birthAt: number): void {
  for (let index = birthAt - 1; index >= 0; index--) {
    const value = token(index)
    if (!value) continue
    if (docs.number === undefined && docs.nationality === undefined && COUNTRY.test(value)) {
      docs.nationality = value
      docs.parts.nationality = place(index)
    } else if (docs.number === undefined && /\d/.test(value)) {
      docs.number = value
      docs.parts.document = place(index)
    } else if (TYPES.has(value) && !anyBefore(token, index)) {
      docs.type = value
    } else if (docs.issuer === undefined && COUNTRY.test(value)) {
      docs.issuer = value
    }
  }
}

function anyBefore(token: Token, index: number): boolean {
  for (let before = 0; before < index; before++) if (token(before)) return true
  return false
}

/** Start and end of each field between slashes. */
function split(text: string): number[] {
  const bounds: number[] = []
  let from = 0
  const lead = text.indexOf('/')
  // History lines and some hosts glue code, carrier and status to the first slash: `HK1/P/…`
  if (lead > 0 && !LEADING.test(text.slice(0, lead))) bounds.push(0, 0)
  for (;;) {
    const slash = text.indexOf('/', from)
    bounds.push(from, slash < 0 ? text.length : slash)
    if (slash < 0) return bounds
    from = slash + 1
  }
}

const LEADING = /^(?:SSR)?(?:DOCS)?.*HK\d*$|^DOCS$/
const DATE = /^\d{2}[A-Z]{3}\d{2}$/i
const COUNTRY = /^[A-Z]{2,3}$/
const NAME_IN_PNR = /-\d+(?:\.\d+)?([A-Z][^-]*)$/
const TYPES = new Set(['P', 'IP', 'A', 'C', 'I', 'AC', 'IN', 'M', 'F', 'V', 'PP', 'PS', 'ID', 'T', 'R'])

const GENDERS: Readonly<Record<string, { readonly sex: Sex; readonly infant: boolean } | undefined>> = {
  M: { sex: 'M', infant: false },
  F: { sex: 'F', infant: false },
  MI: { sex: 'M', infant: true },
  FI: { sex: 'F', infant: true },
  X: { sex: 'X', infant: false },
  XI: { sex: 'X', infant: true },
  U: { sex: 'U', infant: false },
  UI: { sex: 'U', infant: true },
}
