import type { Span } from '#domain/finding.ts'
import { maskCards } from '../edifact/card-numbers.ts'
import type { Redacted, RedactOptions } from '../edifact/redact.ts'
import { redactRaw } from '../edifact/redact-raw.ts'
import { count, overwrite, type Redaction, type SensitiveJudge, writable } from '../edifact/redaction.ts'
import { passesAsRemark, passesByType } from '../edifact/remarks.ts'
import { readTape } from '../edifact/tape.ts'
import { attributeKey, readElements, type XmlElement, type XmlValue } from './elements.ts'
import { XML_NAMES } from './names.ts'
import { attribute } from './pnr.ts'
import { xmlText } from './text.ts'

/** What names persons, places and numbers: never judged, as in DOCS and ADD; places have names that mean other things. */
const NAMES = new Set(
  (
    'Surname GivenName FirstGivenName SecondGivenName CardHolderName StreetNmbr AddressLine Address CityName PostalCode ' +
    'StateProv StateProvCounty CountryName BirthLocation PlaceOfIssue EmailAddress PhoneNumber Country CountryState'
  )
    .split(' ')
    .map(attributeKey),
)
const REMARKS = new Set([...XML_NAMES.osi, ...XML_NAMES.remark, ...XML_NAMES.historyEntry])

/**
 * Deletes from an XML document what the law forbids to keep, in place and as long as it was sent: sensitive SSR with all
 * that stands in them, texts that reveal something, remarks beyond the allowed ones, card numbers but for six and four
 * digits. Values are judged as they read once entities are resolved; comments, instructions and whatever is no value are
 * searched as plain text. The document stays as well-formed as it was.
 *
 * Source: Directive (EU) 2016/681 art. 13(4); PNRGOV XML, SSR, OSI, remarks.
 */
export function redactXml(bytes: Uint8Array, judge: SensitiveJudge, options: RedactOptions): Redacted {
  if (xmlText(bytes).encoding.startsWith('utf-16')) return redactWide(bytes, judge, options)
  const strict = options.remarks === 'strict'
  const work: Redaction = { tape: readTape(new Uint8Array()), judge, strict, counts: {}, bytes, copied: false }
  const values: Span[] = []
  const judged = (element: XmlElement): void => {
    if (element.name === 'SSR') redactSsr(work, element)
    else redactElement(work, element)
    for (const { value } of valuesOf(element)) values.push(value.at)
  }
  readElements(
    bytes,
    { add() {} },
    {
      close(element, parents) {
        if (parents.some((parent) => parent.name === 'SSR')) return false
        judged(element)
        return true
      },
    },
  )
  redactBetween(work, values)
  for (let cards = maskCards(work.bytes, 0, bytes.length, () => writable(work)); cards > 0; cards--) count(work, 'card')
  return { bytes: work.bytes, counts: work.counts }
}

/** Two bytes a character: judged as UTF-8, and each character that went there goes here. */
function redactWide(bytes: Uint8Array, judge: SensitiveJudge, options: RedactOptions): Redacted {
  const source = xmlText(bytes)
  const narrow = new TextEncoder().encode(source.text)
  const redacted = redactXml(narrow, judge, options)
  if (redacted.bytes === narrow) return { bytes, counts: redacted.counts }
  const places = xmlText(narrow)
  const out = bytes.slice()
  const low = source.encoding === 'utf-16le' ? 0 : 1
  for (let at = 0; at < source.text.length; at++) {
    const from = places.byteOf(at)
    if (redacted.bytes[from] === narrow[from]) continue
    const to = source.byteOf(at)
    out[to + low] = LETTER_X
    out[to + 1 - low] = 0
  }
  return { bytes: out, counts: redacted.counts }
}

const LETTER_X = 0x58

interface Named {
  readonly name: string
  readonly value: XmlValue
}

/** All attributes and texts of an element and those inside it. */
function valuesOf(element: XmlElement): readonly Named[] {
  return [
    ...[...element.attributes].map(([name, value]) => ({ name, value })),
    ...(element.text ? [{ name: attributeKey(element.name), value: element.text }] : []),
    ...element.children.flatMap(valuesOf),
  ]
}

const blank = (work: Redaction, { at }: XmlValue): void => overwrite(work, at[0], at[1])

function redactSsr(work: Redaction, ssr: XmlElement): void {
  const { judge } = work
  const code = attribute(ssr, 'SSRCode')?.text.trim().toUpperCase() ?? ''
  const category = judge.ssr(code) ?? (code.length === 4 ? undefined : judge.text(code))
  if (category !== undefined) {
    for (const { value } of valuesOf(ssr)) blank(work, value)
    count(work, category)
    return
  }
  const texts = valuesOf(ssr).filter(({ name }) => name === 'text' || name === 'ssr')
  const others = valuesOf(ssr).filter(({ name }) => name !== 'text' && name !== 'ssr')
  for (const one of others) judgeValue(work, one)
  const treatment = judge.treatment?.(code) ?? 'remark'
  if (treatment === 'keep') return
  for (const { value } of texts) {
    if (/^X+$/.test(value.text)) continue
    const found =
      treatment === 'drop' ? 'unlisted' : (judge.text(value.text) ?? remarkCategory(work, value.text, treatment))
    if (found === undefined) continue
    blank(work, value)
    count(work, found)
  }
}

const remarkCategory = (work: Redaction, text: string, treatment: 'screen' | 'remark'): string | undefined =>
  treatment === 'remark' && work.strict && !passesAsRemark(text) ? 'remark' : undefined

function redactElement(work: Redaction, element: XmlElement): void {
  for (const [name, value] of element.attributes) judgeValue(work, { name, value })
  const { text } = element
  if (!text) return
  if (!REMARKS.has(element.name)) {
    judgeValue(work, { name: attributeKey(element.name), value: text })
    return
  }
  const type = attribute(element, 'Type')?.text
  const allowed = type !== undefined && passesByType(type)
  const found = work.judge.text(text.text) ?? (allowed ? undefined : remarkCategory(work, text.text, 'remark'))
  if (found === undefined) return
  blank(work, text)
  count(work, found)
}

/** Values that are no names: they go where they reveal something, or are a code that does. */
function judgeValue(work: Redaction, { name, value }: Named): void {
  if (NAMES.has(name)) return
  const { text } = value
  const found = work.judge.text(text) ?? (text.trim().length === 4 ? work.judge.ssr(text.trim()) : undefined)
  if (found === undefined) return
  blank(work, value)
  count(work, found)
}

/** What is no value that was judged: tags, comments, instructions, whatever is malformed or was not read. */
function redactBetween(work: Redaction, values: readonly Span[]): void {
  let at = 0
  for (const [from, to] of values.filter((one) => one[1] > one[0]).toSorted(([one], [other]) => one - other)) {
    redactRaw(work, at, from)
    at = Math.max(at, to)
  }
  redactRaw(work, at, work.bytes.length)
}
