import type { Tape } from '../edifact/tape.ts'
import type { Note } from './plausibility.ts'

/**
 * Longest values, by tag, element and component: of the service segments ISO 9735; of PNRGOV segments the PADIS directory;
 * of PAXLST segments the widest of D.02B to D.16B. What is not listed is not measured.
 */
const LENGTHS: Readonly<Record<string, number>> = {
  'UNB 2.1': 35,
  'UNB 3.1': 35,
  'UNB 5.1': 14,
  'UNB 7.1': 14,
  'UNH 1.1': 14,
  'UNH 3.1': 35,
  'UNT 2.1': 14,
  'UNZ 2.1': 14,
  'NAD 4.1': 70,
  'NAD 4.2': 70,
  'NAD 4.3': 70,
  'DOC 2.1': 70,
  'RFF 1.2': 70,
  'TDT 2.1': 17,
  'LOC 2.1': 35,
  'COM 1.1': 512,
  'TIF 1.1': 70,
  'TIF 2.1': 70,
  'TIF 2.3': 10,
  'RCI 1.1': 35,
  'RCI 1.2': 20,
  'SSD 1.1': 4,
  'TKT 1.1': 35,
  'TVL 2.1': 25,
  'TVL 3.1': 25,
  'ADD 2.2': 35,
  'ADD 2.3': 35,
  'ADD 2.7': 17,
  'ADD 2.8': 70,
  'FTI 1.2': 25,
}

interface Longest {
  readonly element: number
  readonly component: number
  readonly length: number
}

const byTag = new Map<string, Longest[]>()
for (const [key, length] of Object.entries(LENGTHS)) {
  const [tag = '', place = ''] = key.split(' ')
  const [element = 0, component = 0] = place.split('.').map(Number)
  byTag.set(tag, [...(byTag.get(tag) ?? []), { element, component, length }])
}

/** Level A of ISO 9735 has capitals; level B the small letters too. Other levels are not measured. */
const SIGNS: Readonly<Record<string, string>> = {
  UNOA: ' ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-()/=\'+:?!"%&*;<>',
  UNOB: ' ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,-()/\'+:=?!"%&*;<>',
}

const allowed = new Map(
  Object.entries(SIGNS).map(([level, signs]) => {
    const table = new Uint8Array(256)
    for (const sign of `${signs}\r\n`) table[sign.charCodeAt(0)] = 1
    return [level, table]
  }),
)

/** What the reader takes as it comes and a strict one would not: values too long, signs that the level of UNB has not. */
export function checkSyntax(tape: Tape, from: number, to: number, level: string, note: Note): void {
  const signs = allowed.get(level.toUpperCase())
  for (let segment = from; segment <= to; segment++) {
    const tag = tape.tag(segment)
    for (const { element, component, length } of byTag.get(tag) ?? []) {
      const text = tape.text(segment, element, component)
      if (text !== undefined && text.length > length)
        note(
          'check.too-long',
          tape.span(segment, element, component),
          `${tag} ${element}.${component}: ${text.length} for ${length}`,
        )
    }
    const odd = signs && firstOdd(tape, segment, signs)
    if (odd !== undefined) note('check.character-set', [odd, odd + 1], level.toUpperCase())
  }
}

function firstOdd(tape: Tape, segment: number, signs: Uint8Array): number | undefined {
  const { bytes } = tape
  const [start, end] = tape.span(segment)
  const { component, element, release, terminator } = tape.service(segment)
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (signs[byte] === 1) continue
    if (byte !== component && byte !== element && byte !== release && byte !== terminator) return at
  }
  return undefined
}
