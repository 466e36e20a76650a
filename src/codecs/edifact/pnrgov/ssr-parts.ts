import type { Span } from '#domain/finding.ts'
import type { Tape } from '../tape.ts'
import { isBlanked, type PendingSsr, type Work } from './work.ts'

/** The free text of an SSR: component 9 and on, where it belongs; or where some hosts put it. */
export function textOf(work: Work, ssr: PendingSsr): string {
  ssr.text ??= readText(work, ssr)
  return ssr.text
}

function readText(work: Work, ssr: PendingSsr): string {
  const { tape } = work
  const { segment } = ssr
  const count = tape.components(segment, 1)
  const first = textComponent(work, segment, count)
  let text = plainText(work, segment, first)
  if (text === undefined && count < 9) {
    const stray = tape.text(segment, 2) ?? tape.text(segment, 1, count)
    if (stray !== undefined && stray.length > 4) text = stray
  }
  return text === undefined || isBlanked(text) ? '' : text
}

/** Where the text stands in the sender's bytes; the whole segment where it is not in its place. */
export function spanOf(work: Work, ssr: PendingSsr): Span {
  const whole = work.tape.span(ssr.segment, 1, 9)
  return whole[1] > whole[0] ? whole : work.tape.span(ssr.segment)
}

function plainText({ tape }: Work, segment: number, first: number): string | undefined {
  const count = tape.components(segment, 1)
  if (count < first) return undefined
  let text = tape.text(segment, 1, first)
  for (let component = first + 1; component <= count; component++) {
    const more = tape.text(segment, 1, component) ?? ''
    text = text === undefined ? more : text.length % 70 === 0 ? text + more : `${text}:${more}`
  }
  return text
}

/** 9; 10 where a host has one more component before the airports. */
function textComponent(work: Work, segment: number, count: number): number {
  return count >= 10 && airportsShifted(work.tape, segment) ? 10 : 9
}

export function airportsShifted(tape: Tape, segment: number): boolean {
  return (
    tape.text(segment, 1, 7) === undefined &&
    /^[A-Z]{3}$/.test(tape.text(segment, 1, 8) ?? '') &&
    /^[A-Z]{3}$/.test(tape.text(segment, 1, 9) ?? '')
  )
}
