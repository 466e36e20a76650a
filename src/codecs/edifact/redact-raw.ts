import { maskCards } from './card-numbers.ts'
import { count, overwrite, type Redaction, writable } from './redaction.ts'

const WORDS = /[\p{L}\p{N}]+/gu
const ROW = 3

/**
 * Searches plain bytes for sensitive codes, words and rows of words, and overwrites just those. For what is no EDIFACT:
 * whole inputs, and lines before, between and after interchanges.
 */
export function redactRaw(work: Redaction, from: number, to: number): void {
  if (to - from < 3) return
  const words = wordsOf(work.bytes.subarray(from, to))
  const alone = words.map(({ text }) => work.judge.text(text))
  for (let at = 0; at < words.length; at++) {
    const row = words.slice(at, at + rowLength(work, words, alone, at))
    if (row.length === 0) continue
    count(work, alone[at] ?? work.judge.text(joined(row)) ?? '')
    for (const word of row) overwrite(work, from + word.from, from + word.to)
    at += row.length - 1
  }
  const cards = maskCards(work.bytes, from, to, () => writable(work))
  for (let at = 0; at < cards; at++) count(work, 'card')
}

/** How many words from here on are sensitive together: one that is so alone, else the shortest row without such a one. */
function rowLength(
  work: Redaction,
  words: readonly Word[],
  alone: readonly (string | undefined)[],
  at: number,
): number {
  if (alone[at] !== undefined) return 1
  for (let length = 2; length <= ROW && alone[at + length - 1] === undefined; length++) {
    const row = words.slice(at, at + length)
    if (row.length === length && work.judge.text(joined(row)) !== undefined) return length
  }
  return 0
}

const joined = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ')

interface Word {
  readonly text: string
  readonly from: number
  readonly to: number
}

function wordsOf(bytes: Uint8Array): Word[] {
  const { text, wide } = decoded(bytes)
  const words: Word[] = []
  let chars = 0
  let byte = 0
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    byte += wide ? Buffer.byteLength(text.slice(chars, index)) : index - chars
    const length = wide ? Buffer.byteLength(word) : word.length
    words.push({ text: word, from: byte, to: byte + length })
    byte += length
    chars = index + word.length
  }
  return words
}

/** UTF-8 where it is, else Latin-1; `wide`: a character may be several bytes. */
function decoded(bytes: Uint8Array): { readonly text: string; readonly wide: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), wide: true }
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), wide: false }
  }
}
