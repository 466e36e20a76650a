import type { Random } from './random.ts'
import type { MessageKind } from './schedule.ts'

/** Habits of real senders that a receiver has to live with; none of them loses a traveller. */
const HABITS = [
  'no-una',
  'custom-terminator',
  'crlf',
  'lower-case-tags',
  'wrong-count',
  'missing-unz',
  'typographic-apostrophe',
  'duplicate',
  'late',
  'unknown-segment',
  'type-b',
] as const
const PNR_HABITS = ['garbage-pnr', 'shifted-docs'] as const
const API_HABITS = ['missing-abo'] as const

export type DirtyHabit = (typeof HABITS)[number] | (typeof PNR_HABITS)[number] | (typeof API_HABITS)[number]

export const DIRTY_HABITS: readonly DirtyHabit[] = [...HABITS, ...PNR_HABITS, ...API_HABITS]

export function habitFor(kind: MessageKind, chance: Random): DirtyHabit {
  if (kind.startsWith('pnr')) return chance.pick<DirtyHabit>([...HABITS, ...PNR_HABITS])
  if (kind === 'crew' || kind === 'close-out') return chance.pick<DirtyHabit>(HABITS)
  return chance.pick<DirtyHabit>([...HABITS, ...API_HABITS])
}

/** Clean bytes as a sender with this habit sends them; twice where he repeats himself. */
export function soil(bytes: Uint8Array, habit: DirtyHabit): readonly Uint8Array[] {
  if (habit === 'duplicate') return [bytes, bytes]
  if (habit === 'late') return [bytes]
  const text = new TextDecoder('latin1').decode(bytes)
  const soiled = new TextEncoder().encode(rewrite(text, habit))
  return [soiled]
}

function rewrite(text: string, habit: DirtyHabit): string {
  const una = /^UNA.{6}\s*/.exec(text)?.[0] ?? ''
  const segments = split(text.slice(una.length))
  const join = (list: readonly string[], terminator = "'"): string => list.map((one) => one + terminator).join('')
  switch (habit) {
    case 'no-una':
      return join(segments)
    case 'custom-terminator':
      return `UNA:+.? ~${join(segments, '~')}`
    case 'crlf':
      return una + join(segments, "'\r\n")
    case 'lower-case-tags':
      return una + join(segments.map((one) => one.slice(0, 3).toLowerCase() + one.slice(3)))
    case 'wrong-count':
      return (
        una + join(segments.map((one) => one.replace(/^(UN[TZ]\+)(\d+)/, (_, tag, count) => tag + (Number(count) + 3))))
      )
    case 'missing-unz':
      return una + join(segments.filter((one) => !one.startsWith('UNZ')))
    case 'typographic-apostrophe':
      return join(segments, '\u2019')
    case 'unknown-segment':
      return una + join(counted(segments.flatMap((one) => (one.startsWith('UNT') ? ['ZZQ+1:2+X', one] : [one]))))
    case 'type-b':
      return `QK GYDAPXS\r\n.XXXPNXX 110859\r\n${una}${join(segments, "'\r\n")}\r\n11JUN26\r\n`
    case 'garbage-pnr':
      return una + join(counted(withGarbage(segments)))
    case 'shifted-docs':
      return una + join(segments.map((one) => one.replace(/^(SSR\+DOCS:[^/]*)\//, '$1//')))
    case 'missing-abo':
      return una + join(counted(segments.filter((one) => !one.startsWith('RFF+ABO'))))
    default:
      return text
  }
}

/** Before the second PNR, one in which nothing can be read. */
function withGarbage(segments: readonly string[]): readonly string[] {
  const second = segments.map((one, at) => (one.startsWith('SRC') ? at : -1)).filter((at) => at >= 0)[1]
  if (second === undefined) return segments
  return [
    ...segments.slice(0, second),
    'SRC',
    'RCI+%%:?+?+::::999999',
    'TIF+',
    'TVL+999999:9999+?:+:::',
    ...segments.slice(second),
  ]
}

/** The same segments with UNT counts that agree. */
function counted(segments: readonly string[]): readonly string[] {
  let begun = 0
  return segments.map((one, at) => {
    if (one.startsWith('UNH')) begun = at
    return one.startsWith('UNT') ? one.replace(/^UNT\+\d+/, `UNT+${at - begun + 1}`) : one
  })
}

/** Segments without their terminators; a released terminator is data. */
function split(text: string): readonly string[] {
  const segments: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === '?') at += 1
    else if (sign === "'") {
      segments.push(text.slice(from, at).trimStart())
      from = at + 1
    }
  }
  return segments
}
