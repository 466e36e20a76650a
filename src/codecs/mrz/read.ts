import { countryCode } from '#domain/countries.ts'
import type { Finding, Place as FindingPlace } from '#domain/finding.ts'
import type { Sex } from '#domain/traveller.ts'
import { type CivilDate, civilDate } from '#lib/time.ts'
import { collectFindings } from '../catalogue.ts'
import type { FindingSink } from '../edifact/tape.ts'
import { checkDigit } from './check-digit.ts'
import {
  LAYOUTS,
  layoutOf,
  type MrzCheck,
  type MrzField,
  type MrzFormat,
  type MrzLayout,
  type Place,
} from './layouts.ts'
import { asDigits, otherReadings } from './repair.ts'

export type CheckState = 'ok' | 'bad' | 'absent'

/** A date of six characters, which are kept; unknown days and months leave it partial, `1984` or `1984-02`. */
export interface MrzDate {
  readonly raw: string
  readonly date?: CivilDate
  /** Which century was chosen, and that it was: two digits do not say. */
  readonly century?: '19' | '20'
}

/** Another reading that would make a check digit right. Never applied: a person, or other data, decides. */
export interface MrzSuggestion {
  readonly field: MrzField
  readonly sent: string
  readonly readings: readonly string[]
}

export interface Mrz {
  readonly format: MrzFormat
  /** As read: two characters, fillers off. */
  readonly code: string
  readonly issuer: string
  readonly surname: string
  readonly givenNames: string
  /** The name field is full: what stands there may be the beginning only. */
  readonly truncated: boolean
  readonly number: string
  readonly nationality: string
  readonly birthDate: MrzDate
  readonly sex: Sex
  readonly expiryDate: MrzDate
  readonly optional: string
  readonly optional2?: string
  readonly checks: Readonly<Partial<Record<MrzCheck, CheckState>>>
  readonly suggestions: readonly MrzSuggestion[]
  /** The lines as they were taken: normalised, filled up. */
  readonly lines: readonly string[]
  /** Number, birth date and expiry have right digits, and so has the composite where there is one. */
  readonly accepted: boolean
}

export interface MrzContext {
  /** Centuries are chosen around this day: of travel, or of today. */
  readonly today: CivilDate
}

export interface ReadMrz {
  readonly mrz?: Mrz
  readonly findings: readonly Finding[]
}

const LONGEST = 400

/**
 * Reads a machine-readable zone of two or three lines, tolerantly: small letters, blanks and « for fillers, lines without
 * their last fillers, all lines run together. Check digits are told, each as right, wrong or absent; nothing is put right
 * by itself. Never throws.
 *
 *     P<UTOMERIDIAN<<ALBA<NOOR<<<<<<<<<<<<<<<<<<<<
 *     K7X04219P7UTO8402297F3107140ZQ55<<<<<<<<<<38
 *
 * Places are characters of the text; `line` counts the zone's lines, `segment` the character in its line, both from 1.
 * Findings: `mrz.…` in `catalogue.ts`. Source: ICAO Doc 9303 parts 3 to 7.
 */
export function readMrz(text: string, { today }: MrzContext): ReadMrz {
  const sink = collectFindings()
  const sent = normalised(text.slice(0, LONGEST), sink)
  const taken = fitted(sent, sink)
  if (!taken) {
    sink.add(
      'mrz.format',
      { byte: 0, line: 1, segment: 1 },
      `${sent.length} lines of ${sent.map((one) => one.text.length).join(', ')}`,
    )
    return { findings: sink.findings }
  }
  const mrz = new Zone(taken, text.length, sink, today).read()
  return { mrz, findings: sink.findings }
}

interface SentLine {
  readonly text: string
  /** Where it begins in what was given. */
  readonly at: number
}

/** Capital letters and fillers, lines without what surrounds them; one long line is cut where a format says. */
function normalised(text: string, sink: FindingSink): readonly SentLine[] {
  const lines: SentLine[] = []
  let at = 0
  for (const line of text.split(/\r\n|\r|\n/)) {
    const kept = line
      .replace(/[a-z]+/g, (small) => small.toUpperCase())
      .replace(/[«‹]/g, '<')
      .trimEnd()
    const trimmed = kept.trimStart().replace(/ /g, '<')
    if (trimmed !== '') lines.push({ text: trimmed, at: at + (kept.length - kept.trimStart().length) })
    at += line.length + 1
  }
  for (const [index, line] of lines.entries()) {
    const odd = /[^A-Z0-9<]/.exec(line.text)
    if (odd) sink.add('mrz.character', { byte: line.at + odd.index, line: index + 1, segment: odd.index + 1 }, '')
  }
  return lines.flatMap((line) => (lines.length === 1 ? cut(line) : [line]))
}

/** All lines of a zone in one. */
function cut(line: SentLine): readonly SentLine[] {
  const layout = LAYOUTS.find((one) => one.lines * one.width === line.text.length)
  if (!layout) return [line]
  return Array.from({ length: layout.lines }, (_, index) => ({
    text: line.text.slice(index * layout.width, (index + 1) * layout.width),
    at: line.at + index * layout.width,
  }))
}

/** How far a line may be from its width: fillers at the end are lost, or one too many is read. */
const SLACK = 2

interface Fitted {
  readonly layout: MrzLayout
  readonly lines: readonly SentLine[]
}

function fitted(sent: readonly SentLine[], sink: FindingSink): Fitted | undefined {
  const longest = Math.max(0, ...sent.map(({ text }) => text.length))
  const visa = sent[0]?.text.startsWith('V') ?? false
  const widths = sent.length === 3 ? [30] : [36, 44]
  const width = widths.find((one) => longest <= one + SLACK) ?? 0
  const layout = layoutOf(sent.length, width, visa)
  if (!layout || longest < layout.width / 2) return undefined
  const lines = sent.map(({ text, at }, index) => {
    if (text.length !== width) sink.add('mrz.length', { byte: at, line: index + 1, segment: 1 }, `${text.length}`)
    return { text: text.padEnd(width, '<').slice(0, width), at }
  })
  return { layout, lines }
}

class Zone {
  private readonly layout: MrzLayout
  private readonly lines: readonly SentLine[]
  private readonly length: number
  private readonly sink: FindingSink
  private readonly today: CivilDate
  private readonly suggestions: MrzSuggestion[] = []
  private readonly checks: Partial<Record<MrzCheck, CheckState>> = {}

  constructor({ layout, lines }: Fitted, length: number, sink: FindingSink, today: CivilDate) {
    this.layout = layout
    this.lines = lines
    this.length = length
    this.sink = sink
    this.today = today
  }

  read(): Mrz {
    const { layout, lines, checks, suggestions } = this
    const { number, optional } = this.number()
    const birthDate = this.date('birthDate')
    const expiryDate = this.date('expiryDate')
    this.check('optional', this.field('optional'))
    this.composite()
    const name = this.name()
    const optional2 = trimmed(this.field('optional2'))
    const right = (check: MrzCheck): boolean => layout.digits[check] === undefined || checks[check] !== 'bad'
    return {
      format: layout.format,
      code: this.documentCode(),
      issuer: this.country('issuer'),
      ...name,
      number,
      nationality: this.country('nationality'),
      birthDate,
      sex: this.sex(),
      expiryDate,
      optional,
      ...(layout.fields.optional2 && { optional2 }),
      checks,
      suggestions,
      lines: lines.map(({ text }) => text),
      accepted: (checks.number ?? 'absent') === 'ok' && right('birthDate') && right('expiryDate') && right('composite'),
    }
  }

  private at(place: Place | undefined): string {
    return place ? (this.lines[place[0]]?.text.slice(place[1], place[2]) ?? '') : ''
  }

  private field(field: MrzField): string {
    return this.at(this.layout.fields[field])
  }

  private place(place: Place | undefined): FindingPlace {
    const [line, from] = place ?? [0, 0, 0]
    // Lines that were filled up are longer than what was sent
    return { byte: Math.min((this.lines[line]?.at ?? 0) + from, this.length), line: line + 1, segment: from + 1 }
  }

  private note(code: string, field: MrzField, detail = ''): void {
    this.sink.add(code, this.place(this.layout.fields[field]), detail)
  }

  /**
   * The number, and the rest of the optional data. One that is longer than its field has a filler for its check digit and
   * goes on in the optional data, digit and filler behind it. Whether that filler counts in the digit is done both ways:
   * either is accepted (UNSURE in Doc 9303 as read).
   */
  private number(): { readonly number: string; readonly optional: string } {
    const { layout } = this
    const head = this.field('number')
    const digit = this.at(layout.digits.number)
    const optional = this.field('optional')
    const tail = layout.overflow && digit === '<' && !head.endsWith('<') ? /^([A-Z0-9]+)<(.*)$/.exec(optional) : null
    const rest = tail?.[1] ?? ''
    if (rest.length < 2) {
      this.check('number', head)
      return { number: trimmed(head), optional: trimmed(optional) }
    }
    const more = rest.slice(0, -1)
    const sent = rest.slice(-1)
    const right = [head + more, `${head}<${more}`].some((one) => checkDigit(one) === sent)
    this.checks.number = right ? 'ok' : 'bad'
    if (!right) this.note('mrz.check-digit', 'number', 'number')
    return { number: head + more, optional: trimmed(tail?.[2] ?? '') }
  }

  private check(check: Exclude<MrzCheck, 'composite'>, value: string): void {
    const place = this.layout.digits[check]
    if (!place) return
    const digit = asDigits(this.at(place))
    const empty = /^<*$/.test(value)
    if (digit === '<') this.checks[check] = empty ? 'absent' : 'bad'
    else this.checks[check] = digit === checkDigit(value) || (empty && digit === '0') ? 'ok' : 'bad'
    if (this.checks[check] !== 'bad') return
    this.note('mrz.check-digit', check, check)
    this.suggest(check, value, digit)
  }

  private suggest(field: MrzField & MrzCheck, value: string, digit: string): void {
    if (!/^\d$/.test(digit)) return
    const dated = field === 'birthDate' || field === 'expiryDate'
    const numeric = asDigits(value)
    const readings = dated
      ? checkDigit(numeric) === digit && numeric !== value
        ? [numeric]
        : []
      : otherReadings(value, digit).map(trimmed)
    if (readings.length === 0) return
    this.suggestions.push({ field, sent: trimmed(value), readings })
    this.note('mrz.suggestion', field, `${readings.length}`)
  }

  private composite(): void {
    const { layout } = this
    const place = layout.digits.composite
    if (!place) return
    const digit = asDigits(this.at(place))
    const right = digit === checkDigit(layout.composite.map((one) => this.at(one)).join(''))
    this.checks.composite = digit === '<' ? 'absent' : right ? 'ok' : 'bad'
    if (!right) this.sink.add('mrz.check-digit', this.place(place), 'composite')
  }

  private documentCode(): string {
    const code = this.field('code')
    if (!/^[PACIV][A-Z<]$/.test(code)) this.note('mrz.code', 'code', '')
    return trimmed(code)
  }

  private country(field: 'issuer' | 'nationality'): string {
    const sent = trimmed(this.field(field))
    const known = countryCode(sent)
    if (sent === 'UTO') this.note('mrz.specimen', field)
    else if (known === undefined) this.note('mrz.code', field, /^[A-Z]{1,3}$/.test(sent) ? sent : '')
    return known ?? sent
  }

  private sex(): Sex {
    const sent = this.field('sex')
    if (sent === 'M' || sent === 'F') return sent
    if (sent !== '<') this.note('mrz.sex', 'sex', '')
    return 'X'
  }

  /** Births lie in the past, as late as they can; expiries at most fifty years ahead. Zeros and fillers are unknown. */
  private date(field: 'birthDate' | 'expiryDate'): MrzDate {
    const raw = this.field(field)
    this.check(field, raw)
    const digits = asDigits(raw)
    if (/^<*$/.test(raw) || !/^\d\d/.test(digits)) return { raw }
    const short = Number(digits.slice(0, 2))
    const century = centuryOf(field, short, digits, this.today)
    const year = century * 100 + short
    const month = part(digits.slice(2, 4))
    const day = part(digits.slice(4, 6))
    const date =
      month === undefined ? civilDate(year) : day === undefined ? civilDate(year, month) : civilDate(year, month, day)
    if (!date) {
      this.note('mrz.date', field, '')
      return { raw }
    }
    return { raw, date, century: century === 19 ? '19' : '20' }
  }

  /** Primary and secondary identifier with `<<` between; one alone is a whole name. */
  private name(): { readonly surname: string; readonly givenNames: string; readonly truncated: boolean } {
    const field = this.field('name')
    const truncated = !field.endsWith('<')
    if (truncated) this.note('mrz.truncated', 'name')
    const [primary = '', ...others] = trimmed(field).split('<<')
    const words = (one: string): string => one.split('<').filter(Boolean).join(' ')
    return { surname: words(primary), givenNames: others.map(words).filter(Boolean).join(' '), truncated }
  }
}

const trimmed = (field: string): string => field.replace(/<+$/, '')

/** A month or day; zeros and fillers say that it is not known. */
function part(digits: string): number | undefined {
  return /^\d\d$/.test(digits) && digits !== '00' ? Number(digits) : /^[<0]{2}$/.test(digits) ? undefined : 99
}

function centuryOf(field: 'birthDate' | 'expiryDate', short: number, digits: string, today: CivilDate): number {
  const year = Number(today.slice(0, 4))
  const later = 2000 + short
  if (field === 'expiryDate') return later > year + 50 ? 19 : 20
  const rest = /^\d{6}$/.test(digits) ? `${digits.slice(2, 4)}-${digits.slice(4, 6)}` : '00-00'
  return `${later}-${rest}` > today ? 19 : 20
}
