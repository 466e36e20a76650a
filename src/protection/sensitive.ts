import { GLUED_STATUS, NO_MEALS, SENSITIVE_CODES, TREATMENTS, type Treatment } from './sensitive-codes.ts'
import { type Category, PLACE_WORDS, SENSITIVE_ENTRIES } from './sensitive-words.ts'

/**
 * The category of an SSR code (9962) that must be deleted with all its data; nothing for codes that may stay.
 * Every `??ML` is a meal and every `WCH?` a wheelchair, whatever the carrier calls it.
 */
export function sensitiveSsr(code: string): Category | undefined {
  const upper = code.toUpperCase()
  const listed = SENSITIVE_CODES.get(upper)
  if (listed) return listed
  if (upper.length !== 4) return undefined
  return upper.endsWith('ML') || upper.startsWith('WCH') ? 'health' : undefined
}

/** What may stay of the text of an SSR code; of an unknown one, nothing. */
export const ssrTreatment = (code: string): Treatment => TREATMENTS.get(code.toUpperCase()) ?? 'drop'

/**
 * The category of the first word, row of words or SSR code in a free text that reveals what may not be known.
 * Words are compared whole, without case and accents; codes also glued, as history lines have them (`SSRKSMLZXHK1`).
 */
export function sensitiveText(text: string): Category | undefined {
  let hash = 0
  let run = 0
  let upper: string | undefined
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) return sensitiveFolded(fold(text))
    const letter = CAPITALS[code]
    if (letter) {
      if (run < HASHED) hash = hash * 33 + letter
      run++
    } else if (run > 0) {
      if (FIRST_LETTERS[hash & 0xffff] === 1) {
        upper ??= text.toUpperCase()
        const category = judge(upper, at - run, at)
        if (category) return category
      }
      hash = 0
      run = 0
    }
  }
  return run > 0 && FIRST_LETTERS[hash & 0xffff] === 1
    ? judge(upper ?? text.toUpperCase(), text.length - run, text.length)
    : undefined
}

/** The same for text beyond ASCII, already folded: word by word, which is slower. */
function sensitiveFolded(text: string): Category | undefined {
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    const category = judge(text, index, index + word.length)
    if (category) return category
  }
  return undefined
}

/** What the take-in flow hands to the redaction of a message format. */
export const sensitiveJudge = { ssr: sensitiveSsr, treatment: ssrTreatment, text: sensitiveText } as const

function judge(text: string, start: number, end: number): Category | undefined {
  const word = text.slice(start, end)
  const code = codeIn(word)
  if (code) return code
  const entries = EXACT.get(word)
  const found = entries && rowIn(entries, text, end)
  if (found) return found
  const stems = STEMS.get(word.slice(0, HASHED))
  return stems && rowIn(stems, text, end, word)
}

function codeIn(word: string): Category | undefined {
  const glued = word.length >= 7 && word.startsWith('SSR')
  const code = glued ? word.slice(3, 7) : word.slice(0, 4)
  if (NO_MEALS.has(code)) return undefined
  const category = sensitiveSsr(code)
  if (!category || glued || word.length === 4) return category
  return AFTER_CODE.test(word.slice(4)) ? category : undefined
}

const AFTER_CODE = new RegExp(`^(?:(?:[A-Z0-9]{2})?(?:${GLUED_STATUS})(?:\\d.*)?|\\d{1,3})$`)

interface Entry {
  readonly first: string
  readonly rest: readonly { readonly word: string; readonly stem: boolean }[]
  readonly category: Category
}

/** The category of an entry whose further words follow; `word` is given where the first one is a beginning. */
function rowIn(entries: readonly Entry[], text: string, end: number, word?: string): Category | undefined {
  for (const entry of entries) {
    if (word !== undefined && !word.startsWith(entry.first)) continue
    let at = end
    let matched = true
    for (const { word: wanted, stem } of entry.rest) {
      NEXT.lastIndex = at
      const next = NEXT.exec(text)?.[0]
      if (next === undefined || !(stem ? next.startsWith(wanted) : next === wanted)) {
        matched = false
        break
      }
      at = NEXT.lastIndex
    }
    if (matched && !namesPlace(text, at)) return entry.category
  }
  return undefined
}

function namesPlace(text: string, at: number): boolean {
  NEXT.lastIndex = at
  const next = NEXT.exec(text)?.[0]
  return next !== undefined && PLACES.has(next)
}

const WORDS = /[\p{L}\p{N}]+/gu
const NEXT = /[\p{L}\p{N}]+/gu

const HASHED = 4

/** Letters and digits of ASCII as capitals; 0 for what stands between words. */
const CAPITALS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  return /[A-Za-z0-9]/.test(char) ? char.toUpperCase().charCodeAt(0) : 0
})

/** Upper case, without accents; ə, ı and their capitals as the plain letters. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[əƏ]/g, 'E')
    .replace(/ı/g, 'I')
    .toUpperCase()
}

const PLACES: ReadonlySet<string> = new Set(PLACE_WORDS.map(fold))
const EXACT = new Map<string, Entry[]>()
const STEMS = new Map<string, Entry[]>()
/** By the first letters of a word: whether any entry or code begins so. Lets almost every word pass at the cost of a look. */
const FIRST_LETTERS = new Uint8Array(0x10000)

function enter(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key)
  if (entries) entries.push(entry)
  else map.set(key, [entry])
  noteFirstLetters(key)
}

function noteFirstLetters(word: string): void {
  let hash = 0
  for (let at = 0; at < Math.min(HASHED, word.length); at++) hash = hash * 33 + word.charCodeAt(at)
  FIRST_LETTERS[hash & 0xffff] = 1
}

for (const [category, lines] of Object.entries(SENSITIVE_ENTRIES)) {
  for (const line of lines) {
    const [first, ...rest] = line
      .split(' ')
      .map((word) => ({ word: fold(word.replace('*', '')), stem: word.endsWith('*') }))
    if (!first) continue
    const entry = { first: first.word, rest, category: category as Category }
    if (first.stem) enter(STEMS, first.word.slice(0, HASHED), entry)
    else enter(EXACT, first.word, entry)
  }
}
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
for (const code of SENSITIVE_CODES.keys()) noteFirstLetters(code)
for (const letter of ALPHANUMERIC) {
  noteFirstLetters(`SSR${letter}`)
  noteFirstLetters(`WCH${letter}`)
  for (const other of ALPHANUMERIC) noteFirstLetters(`${letter}${other}ML`)
}
