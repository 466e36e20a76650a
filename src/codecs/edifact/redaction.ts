import type { Tape } from './tape.ts'

/** Who knows what is sensitive; the flow passes it in. Each answer names the category that is counted. */
export interface SensitiveJudge {
  /** Of an SSR code that must go with all its data. */
  ssr(code: string): string | undefined
  /** Of a free text that must go as a whole. */
  text(text: string): string | undefined
  /** False where `text` would surely find nothing in these bytes: a quick look, where there is one. */
  suspects?(bytes: Uint8Array, from: number, to: number): boolean
  /** What may stay of the text of an SSR code; fixed layouts all, others like a remark, unless told. */
  treatment?(code: string): 'keep' | 'screen' | 'remark' | 'drop'
}

/** The work of one redaction: the copy is made when the first value goes. */
export interface Redaction {
  tape: Tape
  readonly judge: SensitiveJudge
  readonly strict: boolean
  readonly counts: Record<string, number>
  bytes: Uint8Array
  copied: boolean
}

const LETTER_X = 0x58

/** Writes X over some bytes; line breaks stay, so that lines are counted as the sender counts them. */
export function overwrite(work: Redaction, from: number, to: number): void {
  const bytes = writable(work)
  for (let at = from; at < to; at++) {
    const byte = bytes[at]
    if (byte !== 0x0a && byte !== 0x0d) bytes[at] = LETTER_X
  }
}

export function writable(work: Redaction): Uint8Array {
  if (!work.copied) {
    work.bytes = new Uint8Array(work.bytes) // a Buffer's own slice would share the sender's memory
    work.copied = true
  }
  return work.bytes
}

export function count(work: Redaction, category: string): void {
  work.counts[category] = (work.counts[category] ?? 0) + 1
}
