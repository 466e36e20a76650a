import { maskCards } from './card-numbers.ts'
import { count, overwrite, type Redaction, writable } from './redaction.ts'

const WORDS = /[\p{L}\p{N}]+/gu
const ROW = 3

/**
 * Searches plain bytes for sensitive codes, words and rows of words, and overwrites just those. For what is no EDIFACT:
 * whole inputs, and lines before, between and after interchanges.
 */
export function redactRaw(work: Redaction, from: number, to: number): void {
  for (let start = from; to - start >= 3; ) {
    const end = pieceEnd(work.bytes, start, to)
    redactPiece(work, start, end)
    start = end
  }
}

/** So that memory is bound, long input is taken piece by piece, cut where a line ends, or a word, or in the middle. */
const PIECE = 0x10000

function pieceEnd(bytes: Uint8Array, from: number, to: number): number {
  if (to - from <= PIECE) return to
  const piece = bytes.subarray(from, from + PIECE)
  for (const byte of [LF, BLANK]) {
    const at = piece.lastIndexOf(byte)
    if (at > 0) return from + at
  }
  return from + PIECE
}

const BLANK = 0x20

function redactPiece(work: Redaction, from: number, to: number): void {
  if (isClean(work, from, to)) {
    cards(work, from, to)
    return
  }
  const words = wordsOf(work.bytes.subarray(from, to))
  const alone = words.map(({ text }) => work.judge.text(text))
  for (let at = 0; at < words.length; at++) {
    const row = words.slice(at, at + rowLength(work, words, alone, at))
    if (row.length === 0) continue
    count(work, alone[at] ?? work.judge.text(joined(row)) ?? '')
    for (const word of row) overwrite(work, from + word.from, from + word.to)
    at += row.length - 1
  }
  redactLines(work, from, to)
  cards(work, from, to)
}

function isClean({ judge, bytes }: Redaction, from: number, to: number): boolean {
  return judge.suspects !== undefined && !judge.suspects(bytes, from, to)
}

/** What is left of disguises, `K.S.M.L` or `HA-LAL`, goes with its line, and a word that runs over the end of one with both. */
function redactLines(work: Redaction, from: number, to: number): void {
  let before = from
  for (let start = from; start < to; ) {
    const feed = work.bytes.subarray(start, to).indexOf(LF)
    const end = feed < 0 ? to : start + feed
    const alone = revealed(work, start, end)
    const found = alone ?? (before < start ? revealed(work, before, end) : undefined)
    if (found !== undefined) {
      overwrite(work, alone === undefined ? before : start, end)
      count(work, found)
    }
    before = start
    start = end + 1
  }
}

function revealed(work: Redaction, from: number, to: number): string | undefined {
  return isClean(work, from, to) ? undefined : work.judge.text(decoded(work.bytes.subarray(from, to)).text)
}

const LF = 0x0a

function cards(work: Redaction, from: number, to: number): void {
  const found = maskCards(work.bytes, from, to, () => writable(work))
  for (let at = 0; at < found; at++) count(work, 'card')
}

/** How many words from here on are sensitive together: one that is so alone, else the shortest row without such a one. */
function rowLength(
  work: Redaction,
  words: readonly Word[],
  alone: readonly (string | undefined)[],
  at: number,
): number {
  if (alone[at] !== undefined) return namesPlace(work, words, alone, at) ? 0 : 1
  for (let length = 2; length <= ROW && alone[at + length - 1] === undefined; length++) {
    const row = words.slice(at, at + length)
    if (row.length === length && work.judge.text(joined(row)) !== undefined) return length
  }
  return 0
}

/** Whether the word that follows takes the meaning away: Mosque Street. */
function namesPlace(
  work: Redaction,
  words: readonly Word[],
  alone: readonly (string | undefined)[],
  at: number,
): boolean {
  const pair = words.slice(at, at + 2)
  return pair.length === 2 && alone[at + 1] === undefined && work.judge.text(joined(pair)) === undefined
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
