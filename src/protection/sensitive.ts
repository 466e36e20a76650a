import {
  GLUED_STATUS,
  INDIRECT_CODES,
  NO_MEALS,
  SENSITIVE_CODES,
  TREATMENTS,
  type Treatment,
} from './sensitive-codes.ts'
import { fold, inOneScript, otherReadings } from './sensitive-fold.ts'
import { entryAt, entryOf, KEY } from './sensitive-index.ts'
import { FEWEST_SPELLED, suspects } from './sensitive-look.ts'
import type { Category } from './sensitive-words.ts'

/** What a State's profile decides about codes that only indicate something. */
export interface SensitivePolicy {
  /** Meals that may indicate belief or origin (`VGML`, `JPML`): go, or keep their code without text. */
  readonly indirectMeals: 'delete' | 'keep-code'
}

/** Knows what is sensitive; handed by the flows to the redaction of a message format. */
export interface Judge {
  /** The category of an SSR code (9962) that must be deleted with all its data; nothing for codes that may stay. */
  ssr(code: string): Category | undefined
  /** What may stay of the text of an SSR code; of an unknown one, nothing. */
  treatment(code: string): Treatment
  /** The category of the first word, row of words or SSR code in a free text that reveals what may not be known. */
  text(text: string): Category | undefined
  /** False where `text` would surely find nothing in these bytes: one look at each, and no string made of them. */
  suspects(bytes: Uint8Array, from: number, to: number): boolean
}

export function judgeFor({ indirectMeals }: SensitivePolicy): Judge {
  const stays = (code: string): boolean => indirectMeals === 'keep-code' && INDIRECT_CODES.has(code)
  const ssr = (code: string): Category | undefined => {
    const upper = code.toUpperCase()
    return stays(upper) ? undefined : categoryOfCode(upper)
  }
  return { ssr, treatment, text: (text) => categoryIn(text, ssr), suspects }
}

/** Everything that may indicate something goes. */
export const sensitiveJudge: Judge = judgeFor({ indirectMeals: 'delete' })

type SsrJudge = Judge['ssr']

/** Every `??ML` is a meal and every `WCH?` a wheelchair, whatever the carrier calls it. */
function categoryOfCode(code: string): Category | undefined {
  const listed = SENSITIVE_CODES.get(code)
  if (listed || code.length !== 4) return listed
  return code.endsWith('ML') || code.startsWith('WCH') ? 'health' : undefined
}

function treatment(code: string): Treatment {
  return TREATMENTS.get(code.toUpperCase()) ?? 'drop'
}

/** ASCII that nothing speaks against is done with one look at each character; the rest goes word by word, which is slow. */
function categoryIn(text: string, ssr: SsrJudge): Category | undefined {
  const { length } = text
  if (length <= SCRATCH.length) {
    let at = 0
    for (; at < length; at++) {
      const code = text.charCodeAt(at)
      if (code > 0x7f) break
      SCRATCH[at] = code
    }
    if (at === length && !suspects(SCRATCH, 0, length)) return undefined
  }
  for (let from = 0; from < length; from += PIECE - OVERLAP) {
    const found = inPiece(text.slice(from, from + PIECE), ssr)
    if (found) return found
    if (from + PIECE >= length) break
  }
  return undefined
}

/** So that memory is bound, long texts are judged piece by piece. */
const PIECE = 0x4000
const OVERLAP = 0x100

function inPiece(text: string, ssr: SsrJudge): Category | undefined {
  const found = inFolded(fold(text), ssr)
  if (found) return found
  for (const reading of otherReadings(text)) {
    const other = inFolded(fold(reading), ssr)
    if (other) return other
  }
  return undefined
}

const SCRATCH = new Uint8Array(4_096)

const WORD = /[\p{L}\p{N}]+/gu
/** What may stand inside one word that was broken or disguised: one of these, once. */
const JOINT = /^(?:[!-/:-@[-`{-~\n]|\r\n)$/

function inFolded(text: string, ssr: SsrJudge): Category | undefined {
  const words: string[] = []
  const gaps: string[] = []
  let end = 0
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (words.length > 0) gaps.push(text.slice(end, index))
    words.push(word)
    end = index + word.length
  }
  for (let at = 0; at < words.length; at++) {
    const found = wordAt(words, at, ssr) ?? joinedAt(words, gaps, at, ssr)
    if (found) return found
  }
  return spelled(words, gaps, ssr)
}

function wordAt(words: readonly string[], at: number, ssr: SsrJudge): Category | undefined {
  const word = words[at] ?? ''
  const found = codeIn(word, ssr) ?? entryAt(words, at)
  if (found) return found
  for (const other of inOneScript(word)) {
    const category = other === word ? undefined : alone(other, ssr)
    if (category) return category
  }
  const bare = /^(?:وال|بال|كال|فال|ال|لل)(.{3,})$/u.exec(word)?.[1]
  return bare === undefined ? undefined : entryAt(words.with(at, bare), at)
}

/** One word that some parts make: `KO-SHER`, or a line that ended in its middle. */
function joinedAt(words: readonly string[], gaps: readonly string[], at: number, ssr: SsrJudge): Category | undefined {
  let joined = words[at] ?? ''
  for (let next = at; next < at + MOST_PARTS && JOINT.test(gaps[next] ?? ''); next++) {
    joined += words[next + 1] ?? ''
    const found = joined.length < KEY ? undefined : alone(joined, ssr)
    if (found) return found
  }
  return undefined
}

const MOST_PARTS = 3

const alone = (word: string, ssr: SsrJudge): Category | undefined => ssr4(word, ssr) ?? entryOf(word)

const ssr4 = (word: string, ssr: SsrJudge): Category | undefined => (SENSITIVE_CODES.has(word) ? ssr(word) : undefined)

const LONGEST_SPELLED = 14

/** Words with something between all letters: `K S M L`, `h.a.l.a.l`. */
function spelled(words: readonly string[], gaps: readonly string[], ssr: SsrJudge): Category | undefined {
  for (let from = 0; from < words.length; from++) {
    let to = from
    while (to < words.length && words[to]?.length === 1 && (to === from || (gaps[to - 1]?.length ?? 9) <= 3)) to++
    if (to - from >= FEWEST_SPELLED) {
      const run = words.slice(from, to).join('')
      const found = windowIn(run, ssr)
      if (found) return found
    }
    if (to > from) from = to - 1
  }
  return undefined
}

function windowIn(run: string, ssr: SsrJudge): Category | undefined {
  for (let from = 0; from + FEWEST_SPELLED <= run.length; from++) {
    for (let to = from + FEWEST_SPELLED; to <= Math.min(run.length, from + LONGEST_SPELLED); to++) {
      const found = alone(run.slice(from, to), ssr)
      if (found) return found
    }
  }
  return undefined
}

/** An SSR code with what stands glued to it: `SSRKSMLZXHK1`, `3KSML1`, `SRKSML`. */
function codeIn(word: string, ssr: SsrJudge): Category | undefined {
  const glued = GLUED.exec(word)
  if (!glued) return undefined
  const [, before = '', code = '', behind = ''] = glued
  if (NO_MEALS.has(code) && before === '') return undefined
  const category = ssr(code)
  if (!category) return undefined
  return before === 'SSR' || behind === '' || AFTER_CODE.test(behind) ? category : undefined
}

const GLUED = /^\d{0,2}(SSR|SR|)([A-Z0-9]{4})([A-Z0-9]*)$/
const AFTER_CODE = new RegExp(`^(?:(?:[A-Z0-9]{2})?(?:${GLUED_STATUS})(?:\\d.*)?|\\d{1,3})$`)
