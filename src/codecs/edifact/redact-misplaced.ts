import { maskCards } from './card-numbers.ts'
import { redactRaw } from './redact-raw.ts'
import { count, overwrite, type Redaction, writable } from './redaction.ts'
import { passesAsRemark } from './remarks.ts'

/**
 * The last look: wherever the letters SSR stand before a code that must not be known, whatever parts the two and whatever
 * segment they were taken for, the code goes, with what follows it to the end of its segment or line.
 */
export function redactLeftCodes(work: Redaction): void {
  const { tape } = work
  const bytes = Buffer.from(work.bytes.buffer, work.bytes.byteOffset, work.bytes.length)
  for (let at = bytes.indexOf('SSR'), segment = 0; at >= 0; at = bytes.indexOf('SSR', at + 3)) {
    const [apart = 0, first = 0] = bytes.subarray(at + 3, at + 5)
    if (isLetter(apart) || !isLetter(first)) continue
    const category = work.judge.ssr(bytes.toString('latin1', at + 4, at + 8).toUpperCase())
    if (category === undefined) continue
    segment = tape.segments === 0 ? 0 : segmentAt(work, segment, at)
    const [from, to] = tape.segments === 0 ? [0, 0] : tape.span(segment)
    overwrite(work, at + 4, at < to && at >= from ? to : lineEnd(bytes, at))
    count(work, category)
  }
}

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a

function lineEnd(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at] === LF || bytes[at] === CR) return at
  return bytes.length
}

/** Segments with free text, with a code that must not be known, or with the number of a card. */
const TELLING = ['SSR', 'IFT', 'LTS', 'FOP']

/**
 * What stands in another segment because a terminator is lost, or because what follows one is no segment: names, codes and
 * documents are not judged, so what hides behind them is looked for. `DOE/ADASSR+KSML:HK:1`, `RPI+1+HK'KSML:HK:1`.
 */
export function redactMisplaced(work: Redaction): void {
  const { tape } = work
  if (tape.segments === 0 || tape.hasGlued?.(TELLING) === false) return
  const { element, terminator } = tape.service(0)
  const bytes = Buffer.from(tape.bytes.buffer, tape.bytes.byteOffset, tape.bytes.length)
  for (const tag of TELLING) {
    const wanted = Buffer.from(`${tag}${String.fromCharCode(element)}`, 'latin1')
    let segment = 0
    for (let at = bytes.indexOf(wanted), next = 0; at >= 0; at = bytes.indexOf(wanted, next)) {
      next = at + wanted.length
      const before = bytes[at - 1]
      if (before === terminator || before === LF || before === CR) continue
      segment = segmentAt(work, segment, at)
      const [from, to] = tape.span(segment)
      if (at <= from || at >= to) continue
      redactBehind(work, tag, next, to)
      next = to // all that is behind it was judged with it
    }
  }
}

const LF = 10
const CR = 13

/** The last segment from `first` on that begins at or before a byte. */
function segmentAt({ tape }: Redaction, first: number, at: number): number {
  let [low, high] = [first, tape.segments - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (tape.span(middle)[0] <= at) low = middle
    else high = middle - 1
  }
  return low
}

function redactBehind(work: Redaction, tag: string, from: number, to: number): void {
  if (tag === 'FOP') {
    for (let found = maskCards(work.bytes, from, to, () => writable(work)); found > 0; found--) count(work, 'card')
    return
  }
  const text = Buffer.from(work.bytes.subarray(from, to)).toString()
  const category =
    (tag === 'SSR' ? work.judge.ssr(text.slice(0, 4)) : undefined) ??
    work.judge.text(text) ??
    (tag !== 'SSR' && work.strict && !passesAsRemark(text.slice(text.lastIndexOf('+') + 1)) ? 'remark' : undefined)
  if (category === undefined) return
  overwrite(work, from, to)
  count(work, category)
}

/** Whatever stands behind a terminator that ends no segment, because no tag follows it. */
export function redactBehindTerminator(work: Redaction, segment: number): void {
  const { tape } = work
  if (tape.isDirty?.(segment) === false) return
  const [from, to] = tape.span(segment)
  const { terminator } = tape.service(segment)
  const { bytes } = tape
  let at = from
  while (at < to && bytes[at] !== terminator) at++
  if (at < to) redactRaw(work, at + 1, to)
}
