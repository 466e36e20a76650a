import type { Span } from '#domain/finding.ts'
import { maskCards, maskTail } from '../edifact/card-numbers.ts'
import type { Redacted, RedactOptions } from '../edifact/redact.ts'
import { count, overwrite, type Redaction, type SensitiveJudge, writable } from '../edifact/redaction.ts'
import { passesAsRemark, passesByType } from '../edifact/remarks.ts'
import { readTape } from '../edifact/tape.ts'
import { attributeKey, readElements, XML_LIMITS, type XmlElement, type XmlValue } from './elements.ts'
import { XML_NAMES } from './names.ts'
import { redactUnread } from './redact-unread.ts'
import { attribute } from './values.ts'

const keys = (names: string): ReadonlySet<string> => new Set(names.split(' ').map(attributeKey))

/** What names persons, places and numbers: never judged, as in DOCS and ADD; places have names that mean other things. */
const NAMES = keys(
  'Surname GivenName FirstGivenName SecondGivenName CardHolderName StreetNmbr AddressLine Address CityName PostalCode ' +
    'StateProv StateProvCounty CountryName BirthLocation PlaceOfIssue EmailAddress PhoneNumber Country CountryState',
)
/** Numbers that may look like those of cards. */
const NUMBERS = keys(
  'TicketDocumentNbr MembershipID SurnameRefNumber SerialNumber TravelDocNbr DocNumber ID RPH TransactionIdentifier ' +
    'SequenceNmbr CorrelationID EchoToken',
)
/** What is said about a remark, and is none. */
const ABOUT_REMARKS = keys(
  'Type RPH Code CompanyShortName Action DateTime Agent AgentSine Status SurnameRefNumber xmlns xsi',
)
const REMARKS = new Set([...XML_NAMES.osi, ...XML_NAMES.remark, ...XML_NAMES.historyEntry])
const HISTORY = new Set(XML_NAMES.history)
const isGroup = ({ name }: XmlElement): boolean => name === 'SSR' || REMARKS.has(name)

/** Nothing of a document that is read goes unjudged. */
const LIMITS = { ...XML_LIMITS, mostAttributes: Number.MAX_SAFE_INTEGER, longestValue: Number.MAX_SAFE_INTEGER }

/**
 * Deletes from an XML document what the law forbids to keep, in place and as long as it was sent: sensitive SSR with all
 * that stands in them, texts that reveal something, remarks beyond the allowed ones, card numbers but for six and four
 * digits. Values are judged as they read once references are resolved; comments, instructions and whatever is no value are
 * searched as plain text. The document stays as well-formed as it was.
 *
 * Source: Directive (EU) 2016/681 art. 13(4); PNRGOV XML, SSR, OSI, remarks.
 */
export function redactXml(bytes: Uint8Array, judge: SensitiveJudge, options: RedactOptions): Redacted {
  const strict = options.remarks === 'strict'
  const work: Redaction = {
    tape: readTape(new Uint8Array()),
    judge: seeing(judge),
    strict,
    counts: {},
    bytes,
    copied: false,
  }
  const values: Span[] = []
  readElements(
    bytes,
    { add() {} },
    {
      close(element, parents) {
        if (parents.some(isGroup)) return false
        if (element.name === 'SSR') redactSsr(work, element)
        else if (REMARKS.has(element.name) || parents.some(({ name }) => HISTORY.has(name))) redactRemark(work, element)
        else for (const one of valuesOf(element)) judgeValue(work, one)
        for (const { value } of valuesOf(element)) for (const span of spansOf(value)) values.push(span)
        return true
      },
    },
    LIMITS,
  )
  redactUnread(work, values)
  return { bytes: work.bytes, counts: work.counts }
}

/** Signs that nobody sees would part a word. */
const UNSEEN = /[[\p{Cf}\p{Cc}]--[\t\n\r]]+/gv

function seeing(judge: SensitiveJudge): SensitiveJudge {
  return { ...judge, text: (text) => judge.text(text.replace(UNSEEN, '')) }
}

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

const spansOf = ({ at, pieces }: XmlValue): readonly Span[] => pieces ?? [at]

function blank(work: Redaction, value: XmlValue): void {
  for (const [from, to] of spansOf(value)) overwrite(work, from, to)
}

function redactSsr(work: Redaction, ssr: XmlElement): void {
  const { judge } = work
  const code = attribute(ssr, 'SSRCode')?.text.trim().toUpperCase() ?? ''
  const category = judge.ssr(code) ?? (code.length === 4 ? undefined : judge.text(code))
  const values = valuesOf(ssr)
  if (category !== undefined) {
    for (const { value } of values) blank(work, value)
    count(work, category)
    return
  }
  const isText = ({ name }: Named): boolean => name === 'text' || name === 'ssr'
  for (const one of values) if (!isText(one)) judgeValue(work, one)
  const treatment = judge.treatment?.(code) ?? 'remark'
  for (const { value } of values.filter(isText)) {
    if (treatment === 'keep') {
      if (code === 'FOID') maskValue(work, value)
      continue
    }
    if (/^[X\s]*$/.test(value.text)) continue
    const found =
      treatment === 'drop'
        ? 'unlisted'
        : (judge.text(value.text) ?? (treatment === 'remark' ? remarkCategory(work, value.text) : undefined))
    if (found === undefined) maskValue(work, value)
    else {
      blank(work, value)
      count(work, found)
    }
  }
}

const remarkCategory = (work: Redaction, text: string): string | undefined =>
  work.strict && !passesAsRemark(text) && !/^[X\s]+$/.test(text) ? 'remark' : undefined

/** A remark and all that stands in it: a text that goes as a whole. */
function redactRemark(work: Redaction, element: XmlElement): void {
  const values = valuesOf(element)
  const texts = values.filter(({ name }) => !ABOUT_REMARKS.has(name))
  for (const one of values) if (ABOUT_REMARKS.has(one.name)) judgeValue(work, one)
  const text = texts.map(({ value }) => value.text).join(' ')
  if (text === '') return
  const type = attribute(element, 'Type')?.text
  const allowed = type !== undefined && passesByType(type)
  const found = work.judge.text(text) ?? (allowed ? undefined : remarkCategory(work, text))
  if (found === undefined) for (const { value } of texts) maskValue(work, value)
  else {
    for (const { value } of texts) blank(work, value)
    count(work, found)
  }
}

/** Values that are no names: they go where they reveal something, or are a code that does. */
function judgeValue(work: Redaction, { name, value }: Named): void {
  if (name === 'accountnbr') maskAccount(work, value)
  if (NAMES.has(name)) return
  const { text } = value
  const found = work.judge.text(text) ?? (text.trim().length === 4 ? work.judge.ssr(text.trim()) : undefined)
  if (found === undefined) {
    if (!NUMBERS.has(name)) maskValue(work, value)
    return
  }
  blank(work, value)
  count(work, found)
}

const SHORTEST_ACCOUNT = 12

/** The whole number of a card becomes first six, last four, whether its check digit fits or not. */
function maskAccount(work: Redaction, value: XmlValue): void {
  if (value.text.length < SHORTEST_ACCOUNT || !maskTail(Buffer.from(value.text), 0, Buffer.byteLength(value.text)))
    return
  if (!isPlain(work, value)) blank(work, value)
  else maskTail(writable(work), ...value.at)
  count(work, 'card')
}

/** Card numbers in a text; one that is written with references or in pieces goes with the text. */
function maskValue(work: Redaction, value: XmlValue): void {
  const text = Buffer.from(value.text)
  let found = maskCards(text, 0, text.length, () => text)
  if (found === 0) return
  if (!isPlain(work, value)) blank(work, value)
  else maskCards(work.bytes, ...value.at, () => writable(work))
  for (; found > 0; found--) count(work, 'card')
}

const AMPERSAND = 0x26

const isPlain = ({ bytes }: Redaction, { at, pieces }: XmlValue): boolean =>
  pieces === undefined && !bytes.subarray(at[0], at[1]).includes(AMPERSAND)
