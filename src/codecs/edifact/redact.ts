import { maskCards, maskTail } from './card-numbers.ts'
import { isTorn, mayHidePeople, mend } from './pnrgov/mend.ts'
import { redactBehindTerminator, redactLeftCodes, redactMisplaced } from './redact-misplaced.ts'
import { redactRaw } from './redact-raw.ts'
import { count, overwrite, type Redaction, type SensitiveJudge, writable } from './redaction.ts'
import { mayPassAsRemark, passesAsRemark, passesByType } from './remarks.ts'
import type { Tape } from './tape.ts'

export interface RedactOptions {
  /**
   * `strict`: of remarks only those about contact, payer, ticket, fare and unaccompanied minors stay (Court of Justice of
   * the EU, C-817/19); `all`: every remark that reveals nothing sensitive.
   */
  readonly remarks: 'strict' | 'all'
}

export interface Redacted {
  /** As long as the sender's: what was deleted reads XXXX, service characters and line breaks stand where they stood. */
  readonly bytes: Uint8Array
  /** Deleted values by category, `remark`, `unlisted` (text of unknown SSR) and `card`. */
  readonly counts: Record<string, number>
}

/**
 * Deletes what the law forbids to keep, before anything is stored: sensitive SSR with all their data, free texts that
 * reveal something sensitive, remarks beyond the allowed ones, card numbers but for six and four digits. Looks into every
 * place that can hold free text, history too; names of persons and DOCS are never judged. Bytes that are no EDIFACT, and
 * what stands around an interchange, are searched for codes and words as plain text.
 *
 * Source: Directive (EU) 2016/681 art. 13(4); PNRGOV guide, SSR, IFT, LTS, ADD, TBD, FAR, PTK, TIF.
 */
export function redact(sent: Tape, judge: SensitiveJudge, options: RedactOptions): Redacted {
  const strict = options.remarks === 'strict'
  const work: Redaction = { tape: sent, judge, strict, counts: {}, bytes: sent.bytes, copied: false }
  const people = mayHidePeople(sent, 0, sent.segments)
  for (let segment = 0; segment < work.tape.segments; segment++) {
    const tag = work.tape.tag(segment)
    if (work.tape === sent && isTorn(sent, segment, tag, people))
      work.tape = mend(sent, segment, sent.segments - 1, people).tape
    if (tag === 'UNB' || tag === 'UNH') redactRaw(work, endBefore(work.tape, segment), work.tape.span(segment)[0])
    redactSegment(work, segment, tag)
    redactBehindTerminator(work, segment)
  }
  redactRaw(work, endBefore(work.tape, work.tape.segments), sent.bytes.length)
  redactMisplaced(work)
  redactLeftCodes(work)
  return { bytes: work.bytes, counts: work.counts }
}

/** Where the segment before this one ends: what stands between the two is no segment. */
const endBefore = (tape: Tape, segment: number): number => (segment === 0 ? 0 : tape.span(segment - 1)[1])

function redactSegment(work: Redaction, segment: number, tag: string): void {
  switch (tag) {
    case 'SSR':
      redactSsr(work, segment)
      break
    case 'IFT':
      redactIft(work, segment)
      break
    case 'LTS':
      redactRemark(work, segment, 1)
      break
    case 'FTX':
      redactElements(work, segment, 1)
      break
    case 'ADD':
      redactComponents(work, segment, 2, 8)
      break
    case 'TBD':
    case 'EBD':
      redactComponents(work, segment, 5, 8)
      break
    case 'FAR':
      redactElements(work, segment, 4)
      break
    case 'PTK':
      redactElements(work, segment, 7)
      break
    case 'TIF':
      redactGroupName(work, segment)
      break
    case 'TVL':
      // Places have names only where they are hotels and the like
      if (work.tape.components(segment, 2) > 1 || work.tape.components(segment, 3) > 1)
        redactComponents(work, segment, 2, 2)
      break
    case 'FOP':
      redactPayment(work, segment)
      break
    case 'DAT':
      if (work.tape.text(segment, 1) === CHECK_IN_TEXT) redactComponents(work, segment, 1, 2)
      break
    case 'RCI':
    case 'RPI':
    case 'APD':
    case 'TKT':
    case 'MON':
      break
    default:
      if (CODED.has(tag)) {
        const [from, to] = work.tape.span(segment)
        if (to - from > (tag.startsWith('UN') ? LONGEST_SERVICE : LONGEST_CODED)) redactRaw(work, from, to)
        break
      }
      if (tag.length !== 3) redactRaw(work, ...work.tape.span(segment))
      else redactElements(work, segment, 1)
  }
}

/** 2005 of a check-in that is told in words. */
const CHECK_IN_TEXT = '3'

/** A segment of codes that is longer than this has swallowed others: it is no longer believed. */
const LONGEST_CODED = 2_000
/** The same of UNB and its like: where the terminator is not known, UNB is what swallows the others. */
const LONGEST_SERVICE = 300

/** Segments that hold codes, names, numbers and dates only. */
const CODED = new Set(
  (
    'UNB UNG UNH UNT UNE UNZ MSG ORG EQN SRC RCI DAT FTI REF TKT MON TXD TRA RPI APD TRI SSD ABI SAC ERC ' +
    'BGM RFF DTM NAD COM TDT LOC ATT MEA GEI NAT DOC EMP CNT AUT ERP'
  ).split(' '),
)

/** SSR layouts that carry names, numbers and dates, for a judge that does not say. */
const FIXED = /^(?:DOC[SAO]|FOID|FQT.|INFT|CHLD|TKN.|SEAT|RQST|NSS.|CTCE)$/

function redactSsr(work: Redaction, segment: number): void {
  const { tape, judge } = work
  const code = tape.text(segment, 1) ?? ''
  if (code === '') {
    redactRaw(work, ...tape.span(segment))
    return
  }
  const category = judge.ssr(code) ?? (code.length === 4 ? undefined : judge.text(code))
  if (category !== undefined) {
    blankFrom(work, segment, 1)
    count(work, category)
    return
  }
  const treatment = judge.treatment?.(code) ?? (FIXED.test(code) ? 'keep' : 'remark')
  if (treatment === 'keep') {
    if (code === 'FOID') cards(work, segment)
    return
  }
  const clean = isClean(work, segment, 1)
  if (treatment === 'screen' && clean) {
    cards(work, segment)
    return
  }
  const text = ssrText(work, segment)
  if (text === '') return
  const revealed = treatment === 'drop' ? 'unlisted' : clean ? undefined : judge.text(text)
  const found = revealed ?? remarkCategory(work, text, treatment)
  if (found === undefined) cards(work, segment)
  else {
    blankSsrText(work, segment)
    count(work, found)
  }
}

function remarkCategory(work: Redaction, text: string, treatment: 'screen' | 'remark' | 'drop'): string | undefined {
  return treatment === 'remark' && work.strict && !passesAsRemark(text) ? 'remark' : undefined
}

/** All that is free text in an SSR: component 9 and on, longer values before it, data that are longer than a seat. */
function ssrText(work: Redaction, segment: number): string {
  const { tape } = work
  let text = ''
  forEachText(work, segment, (element, component) => {
    text += `${text ? '\n' : ''}${tape.text(segment, element, component) ?? ''}`
  })
  return text
}

function blankSsrText(work: Redaction, segment: number): void {
  forEachText(work, segment, (element, component) => blank(work, segment, element, component))
}

function forEachText(work: Redaction, segment: number, visit: (element: number, component: number) => void): void {
  const { tape } = work
  const components = tape.components(segment, 1)
  for (let component = 5; component <= components; component++) {
    const value = tape.text(segment, 1, component)
    if (value !== undefined && (component >= 9 || value.length > 3)) visit(1, component)
  }
  const elements = tape.elements(segment)
  for (let element = 2; element <= elements; element++) {
    const value = tape.text(segment, element)
    if (value !== undefined && value.length > 4) visit(element, 1)
  }
}

/** 9980: a payer's name is a person's; the rest of what stands there is text like any other. */
function redactIft(work: Redaction, segment: number): void {
  const { tape } = work
  const type = tape.text(segment, 1, 2)
  if (type === '43') {
    redactElements(work, segment, 3)
    if (namesCode(work, tape.joined(segment, 2))) blankElement(work, segment, 2)
    return
  }
  const unqualified = (tape.text(segment, 1)?.length ?? 0) > 3
  if (type !== undefined && passesByType(type)) redactElements(work, segment, 2)
  else redactRemark(work, segment, unqualified ? 1 : 2)
}

/** A code of a meal or a need in place of a name: MEDA and MAAS are also surnames. */
function namesCode(work: Redaction, name: string | undefined): boolean {
  if (name === undefined) return false
  for (const word of name.split(/[^A-Z0-9]+/)) {
    if (word.length < 4 || word === 'MEDA' || word === 'MAAS') continue
    const category = work.judge.ssr(word)
    if (category === undefined) continue
    count(work, category)
    return true
  }
  return false
}

/** A free text that goes as a whole: it reveals something, or is no remark that may stay. */
function redactRemark(work: Redaction, segment: number, first: number): void {
  const from = work.tape.span(segment, first)[0]
  const to = work.tape.span(segment)[1]
  const clean = isCleanBetween(work, from, to)
  if (clean && failsAsRemark(work, segment, from, to)) {
    blankFrom(work, segment, first)
    count(work, 'remark')
    return
  }
  const text = wholeText(work, segment, first)
  if (text === '') return
  const found = (clean ? undefined : work.judge.text(text)) ?? remarkCategory(work, text, 'remark')
  if (found === undefined) cards(work, segment)
  else {
    blankFrom(work, segment, first)
    count(work, found)
  }
}

/** Whether a look at the bytes from an element on is enough to say that nothing in them is sensitive. */
const isClean = (work: Redaction, segment: number, first: number): boolean =>
  isCleanBetween(work, work.tape.span(segment, first)[0], work.tape.span(segment)[1])

const isCleanBetween = ({ judge, tape }: Redaction, from: number, to: number): boolean =>
  judge.suspects !== undefined && !judge.suspects(tape.bytes, from, to)

/** Whether a look at the bytes is enough to say that something stands there, and no remark that may stay. */
function failsAsRemark({ tape, strict }: Redaction, segment: number, from: number, to: number): boolean {
  if (!strict) return false
  const { release } = tape.service(segment)
  let letters = false
  for (let at = from; at < to && !letters; at++) letters = isLetter(tape.bytes[at] ?? 0)
  return letters && !hasByte(tape.bytes, release, from, to) && !mayPassAsRemark(tape.bytes, from, to)
}

const isLetter = (byte: number): boolean => byte >= 0x41 && (byte & 0x5f) <= 0x5a

function hasByte(bytes: Uint8Array, byte: number, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === byte) return true
  return false
}

/** Elements that go one by one, when they reveal something. */
function redactElements(work: Redaction, segment: number, first: number): void {
  const { tape } = work
  const elements = isClean(work, segment, first) ? 0 : tape.elements(segment)
  for (let element = first; element <= elements; element++) {
    const text = tape.joined(segment, element)
    const found = text === undefined ? undefined : work.judge.text(text)
    if (found === undefined) continue
    blankElement(work, segment, element)
    count(work, found)
  }
  cards(work, segment)
}

/** Free components at the end of composites: the text of an address, the special treatment of a bag. */
function redactComponents(work: Redaction, segment: number, first: number, from: number): void {
  const { tape } = work
  const elements = tape.elements(segment)
  for (let element = first; element <= elements; element++) {
    const components = tape.components(segment, element)
    for (let component = from; component <= components; component++) {
      const text = tape.text(segment, element, component)
      const found = text === undefined ? undefined : (work.judge.text(text) ?? work.judge.ssr(text))
      if (found === undefined) continue
      blank(work, segment, element, component)
      count(work, found)
    }
  }
  if (tape.tag(segment) === 'ADD') cards(work, segment)
}

/** The name of a group or a company; names of persons are not judged. */
function redactGroupName(work: Redaction, segment: number): void {
  const { tape } = work
  const kind = tape.text(segment, 1, 2)
  if (kind !== 'G' && kind !== 'C') return
  const found = work.judge.text(tape.text(segment, 1) ?? '')
  if (found === undefined) return
  blank(work, segment, 1, 1)
  count(work, found)
}

/** 1154 of C641: the whole number of a card becomes first six, last four. */
function redactPayment(work: Redaction, segment: number): void {
  const { tape } = work
  const elements = tape.elements(segment)
  for (let element = 1; element <= elements; element++) {
    const account = tape.text(segment, element, 5)
    if (account === undefined || account.length < 12) continue
    const [from, to] = tape.span(segment, element, 5)
    if (maskTail(writable(work), from, to)) count(work, 'card')
  }
  redactComponents(work, segment, 1, PAYMENT_TEXT)
  cards(work, segment)
}

/** 4440 of C641, behind the holder's name. */
const PAYMENT_TEXT = 12

function wholeText(work: Redaction, segment: number, first: number): string {
  const { tape } = work
  const elements = tape.elements(segment)
  if (first === elements) return tape.joined(segment, first) ?? ''
  let text = ''
  for (let element = first; element <= elements; element++) {
    const part = tape.joined(segment, element)
    if (part !== undefined) text += text ? `\n${part}` : part
  }
  return text
}

function blankFrom(work: Redaction, segment: number, first: number): void {
  const elements = work.tape.elements(segment)
  for (let element = first; element <= elements; element++) blankElement(work, segment, element)
}

function blankElement(work: Redaction, segment: number, element: number): void {
  const components = work.tape.components(segment, element)
  for (let component = 1; component <= components; component++) blank(work, segment, element, component)
}

function blank(work: Redaction, segment: number, element: number, component: number): void {
  const [from, to] = work.tape.span(segment, element, component)
  overwrite(work, from, to)
}

/** Card numbers in the free text of a segment. */
function cards(work: Redaction, segment: number): void {
  const [from, to] = work.tape.span(segment)
  const found = maskCards(work.bytes, from, to, () => writable(work))
  for (let at = 0; at < found; at++) count(work, 'card')
}
