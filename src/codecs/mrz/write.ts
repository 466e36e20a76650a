import { bad, ok, type Result } from '#lib/result.ts'
import type { CivilDate } from '#lib/time.ts'
import { checkDigit } from './check-digit.ts'
import { layoutNamed, type MrzField, type MrzFormat, type MrzLayout, type Place } from './layouts.ts'
import { transliterated } from './transliterate.ts'

/** What a machine-readable zone is made from; names in any script, dates partial where days or months are unknown. */
export interface MrzDocument {
  readonly format: MrzFormat
  readonly code: string
  readonly issuer: string
  readonly surname: string
  readonly givenNames?: string
  readonly number: string
  readonly nationality: string
  readonly birthDate?: CivilDate
  readonly sex?: string
  readonly expiryDate?: CivilDate
  readonly optional?: string
  readonly optional2?: string
}

/**
 * Writes the lines of a zone, check digits and all. A name that is too long loses letters at its end, but never its last
 * given name's first letter; a number that is too long goes on in the optional data, where the format allows it.
 *
 * Problems: `mrz.format`, `mrz.number` (too long, or characters that no zone has), `mrz.optional` (too long).
 * Source: ICAO Doc 9303 parts 3 to 7.
 */
export function writeMrz(document: MrzDocument): Result<readonly string[]> {
  const layout = layoutNamed(document.format)
  if (!layout) return bad({ code: 'mrz.format', detail: document.format })
  const number = cleaned(document.number)
  const width = widthOf(layout.fields.number)
  const room = widthOf(layout.fields.optional)
  const long = number.length > width
  if (/[^A-Z0-9<]/.test(number) || number === '' || (long && (!layout.overflow || number.length - width + 2 > room)))
    return bad({ code: 'mrz.number', detail: `${number.length} characters` })
  const tail = long ? `${number.slice(width)}${checkDigit(number)}<` : ''
  const optional = tail + cleaned(document.optional ?? '')
  if (optional.length > room || cleaned(document.optional2 ?? '').length > widthOf(layout.fields.optional2))
    return bad({ code: 'mrz.optional', detail: `${optional.length} characters` })
  const values: Readonly<Partial<Record<MrzField, string>>> = {
    code: cleaned(document.code),
    issuer: cleaned(document.issuer === 'DEU' ? 'D' : document.issuer),
    name: nameField(document, widthOf(layout.fields.name)),
    number: number.slice(0, width),
    nationality: cleaned(document.nationality === 'DEU' ? 'D' : document.nationality),
    birthDate: dateField(document.birthDate),
    sex: document.sex === 'M' || document.sex === 'F' ? document.sex : '<',
    expiryDate: dateField(document.expiryDate),
    optional,
    optional2: cleaned(document.optional2 ?? ''),
  }
  return ok(assembled(layout, values, long))
}

const widthOf = (place: Place | undefined): number => (place ? place[2] - place[1] : 0)

const cleaned = (text: string): string => text.toUpperCase().replace(/[\s-]/g, '')

/** `840229`, `8402<<`, `<<<<<<`. */
const dateField = (date: CivilDate | undefined): string =>
  date ? date.slice(2).replaceAll('-', '').padEnd(6, '<') : '<<<<<<'

function nameField({ surname, givenNames = '' }: MrzDocument, width: number): string {
  const primary = transliterated(surname)
  const secondary = transliterated(givenNames)
  if (secondary === '') return primary.slice(0, width)
  const kept = primary.slice(0, width - 3)
  return `${kept}<<${secondary}`.slice(0, width).replace(/<+$/, '')
}

function assembled(
  layout: MrzLayout,
  values: Readonly<Partial<Record<MrzField, string>>>,
  longNumber: boolean,
): readonly string[] {
  const lines = Array.from({ length: layout.lines }, () => [...'<'.repeat(layout.width)])
  const put = (place: Place | undefined, text: string): void => {
    if (!place) return
    const [line, from, to] = place
    for (let at = from; at < to; at++) (lines[line] ?? [])[at] = text[at - from] ?? '<'
  }
  const at = ([line, from, to]: Place): string => (lines[line] ?? []).slice(from, to).join('')
  for (const [field, place] of Object.entries(layout.fields)) put(place, values[field as MrzField] ?? '')
  for (const check of ['number', 'birthDate', 'expiryDate', 'optional'] as const) {
    const value = layout.fields[check]
    const own = check === 'number' && longNumber ? '<' : value && checkDigit(at(value))
    put(layout.digits[check], own ?? '')
  }
  put(layout.digits.composite, checkDigit(layout.composite.map(at).join('')))
  return lines.map((line) => line.join(''))
}
