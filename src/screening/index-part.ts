/**
 * An index over entries, in typed arrays: built once, never changed. Names are found by their tokens (same, same
 * skeleton, or one slip away), by date of birth, and by document number. Entries themselves lie in one block of bytes
 * and are read only when compared.
 */
import type { Entry } from '#domain/watchlist.ts'
import { LEAST_DOCUMENT_LENGTH, readableNumber } from './document-number.ts'
import { Lately } from './memo.ts'
import { isParticle, skeletonsOf, tokensOf } from './name.ts'

const ID_BITS = 2 ** 21

/** Sorted pairs of a 32-bit hash and an id, packed into one number each. */
class HashTable {
  private readonly pairs: Float64Array

  constructor(pairs: readonly number[] | Float64Array) {
    this.pairs = Float64Array.from(pairs).sort()
  }

  get bytes(): number {
    return this.pairs.byteLength
  }

  each(hash: number, visit: (id: number) => void): void {
    const from = hash * ID_BITS
    let low = 0
    let high = this.pairs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.pairs[middle] as number) < from) low = middle + 1
      else high = middle
    }
    for (let at = low; at < this.pairs.length; at++) {
      const pair = this.pairs[at] as number
      if (pair >= from + ID_BITS) return
      visit(pair - from)
    }
  }
}

/** Numbers that grow; kept as typed arrays so that a million entries cost no objects. */
class Numbers {
  private items: Float64Array = new Float64Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Float64Array(this.length * 2)
      larger.set(this.items)
      this.items = larger
    }
    this.items[this.length++] = value
  }

  taken(): Float64Array {
    return this.items.subarray(0, this.length)
  }
}

/** Points by id, for one question at a time: emptied by what was touched, so that nothing is made anew. */
class Tally {
  private readonly points: Float32Array
  touched = new Uint32Array(256)
  size = 0

  constructor(length: number) {
    this.points = new Float32Array(length)
  }

  of(id: number): number {
    return this.points[id] ?? 0
  }

  clear(): void {
    for (let at = 0; at < this.size; at++) this.points[this.touched[at] as number] = 0
    this.size = 0
  }

  add(id: number, points: number): void {
    if (this.points[id] === 0) this.touch(id)
    this.points[id] = (this.points[id] as number) + points
  }

  addIfThere(id: number, points: number): void {
    if ((this.points[id] as number) > 0) this.points[id] = (this.points[id] as number) + points
  }

  raise(id: number, points: number): void {
    const before = this.points[id] as number
    if (before === 0) this.touch(id)
    if (points > before) this.points[id] = points
  }

  private touch(id: number): void {
    if (this.size === this.touched.length) {
      const larger = new Uint32Array(this.size * 2)
      larger.set(this.touched)
      this.touched = larger
    }
    this.touched[this.size++] = id
  }
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** What an entry is called among all lists. */
export const keyOf = (entry: { readonly list: string; readonly id: string }): string => `${entry.list} ${entry.id}`

/** Ids must fit beside the hash. */
export const MOST_ENTRIES = ID_BITS

export class IndexPart {
  private readonly vocabulary = new Map<string, number>()
  private readonly words: string[] = []
  private readonly counts: Uint32Array
  private readonly postingStarts: Uint32Array
  private readonly postings: Uint32Array
  private readonly bySkeleton: HashTable
  private readonly byDeletion: HashTable
  private readonly byBirth: HashTable
  private readonly byNumber: HashTable
  private readonly byKey: HashTable
  private readonly texts: Buffer
  private readonly textStarts: Float64Array
  private readonly nameEntries: Uint32Array
  /** Common names bring up the same entries again and again. */
  private readonly read = new Lately<number, Entry>(4_000)
  /** Scratch space of the questions asked of this part, one after the other. */
  readonly nameTally: Tally
  readonly entryTally: Tally
  /** Names in this part. */
  readonly names: number
  readonly entries: number

  constructor(entries: Iterable<Entry>) {
    const nameEntries = new Numbers()
    const nameStarts = new Numbers()
    const tokens = new Numbers()
    const births = new Numbers()
    const numbers = new Numbers()
    const keys = new Numbers()
    const starts = new Numbers()
    let block = Buffer.alloc(1 << 16)
    let end = 0
    let id = 0
    for (const entry of entries) {
      if (id >= MOST_ENTRIES) throw new RangeError(`one index part holds at most ${MOST_ENTRIES} entries`)
      const text = JSON.stringify(entry)
      const size = Buffer.byteLength(text)
      if (end + size > block.length) block = Buffer.concat([block, Buffer.alloc(Math.max(block.length, size))])
      keys.push(hashOf(keyOf(entry)) * ID_BITS + id)
      starts.push(end)
      end += block.write(text, end)
      for (const name of entry.names) {
        nameEntries.push(id)
        nameStarts.push(tokens.length)
        for (const token of tokensOf(name.surname, name.givenNames).tokens) tokens.push(this.word(token))
      }
      for (const date of entry.birthDates) births.push(hashOf(date) * ID_BITS + id)
      for (const { number } of entry.documents) {
        const readable = readableNumber(number)
        if (readable.length >= LEAST_DOCUMENT_LENGTH) numbers.push(hashOf(readable) * ID_BITS + id)
      }
      id += 1
    }
    starts.push(end)
    nameStarts.push(tokens.length)
    this.entries = id
    this.names = nameEntries.length
    this.texts = Buffer.from(block.subarray(0, end))
    this.textStarts = starts.taken().slice()
    this.nameEntries = Uint32Array.from(nameEntries.taken())
    this.counts = new Uint32Array(this.words.length)
    const [from, to] = this.post(nameStarts.taken(), tokens.taken())
    this.postingStarts = from
    this.postings = to
    this.bySkeleton = new HashTable(
      this.words.flatMap((word, at) => skeletonsOf(word).map((one) => hashOf(one) * ID_BITS + at)),
    )
    this.byDeletion = new HashTable(deletionPairs(this.words))
    this.byBirth = new HashTable(births.taken())
    this.byNumber = new HashTable(numbers.taken())
    this.byKey = new HashTable(keys.taken())
    this.nameTally = new Tally(this.names)
    this.entryTally = new Tally(this.entries)
  }

  private word(token: string): number {
    const known = this.vocabulary.get(token)
    if (known !== undefined) return known
    const id = this.words.length
    this.vocabulary.set(token, id)
    this.words.push(token)
    return id
  }

  /** For each word, the names that have it. */
  private post(nameStarts: Float64Array, tokens: Float64Array): [Uint32Array, Uint32Array] {
    for (const token of tokens) this.counts[token] = (this.counts[token] ?? 0) + 1
    const from = new Uint32Array(this.words.length + 1)
    for (let word = 0; word < this.words.length; word++) from[word + 1] = (from[word] ?? 0) + (this.counts[word] ?? 0)
    const next = from.slice()
    const to = new Uint32Array(tokens.length)
    for (let name = 0; name + 1 < nameStarts.length; name++) {
      for (let at = nameStarts[name] ?? 0; at < (nameStarts[name + 1] ?? 0); at++) {
        const word = tokens[at] ?? 0
        const place = next[word] ?? 0
        to[place] = name
        next[word] = place + 1
      }
    }
    return [from, to]
  }

  entry(id: number): Entry {
    const before = this.read.get(id)
    if (before) return before
    const entry = JSON.parse(this.texts.toString('utf8', this.textStarts[id], this.textStarts[id + 1])) as Entry
    this.read.set(id, entry)
    return entry
  }

  /** How many names have a token. */
  count(token: string): number {
    const word = this.vocabulary.get(token)
    return word === undefined ? 0 : (this.counts[word] ?? 0)
  }

  entryOfName(name: number): number {
    return this.nameEntries[name] ?? 0
  }

  /** Words that may be a token written otherwise; the token itself among them. */
  eachAlike(token: string, visit: (word: string, names: Uint32Array) => void): void {
    const seen = new Set<number>()
    const offer = (id: number): void => {
      if (seen.has(id)) return
      seen.add(id)
      visit(this.words[id] ?? '', this.postings.subarray(this.postingStarts[id], this.postingStarts[id + 1]))
    }
    for (const skeleton of skeletonsOf(token)) this.bySkeleton.each(hashOf(skeleton), offer)
    for (const form of deletions(token)) this.byDeletion.each(hashOf(form), offer)
  }

  /** The entry of a list under its id there; nothing where there is none. */
  find(key: string): number | undefined {
    let found: number | undefined
    this.byKey.each(hashOf(key), (id) => {
      if (keyOf(this.entry(id)) === key) found = id
    })
    return found
  }

  eachBornOn(date: string, visit: (entry: number) => void): void {
    this.byBirth.each(hashOf(date), visit)
  }

  eachWithNumber(number: string, visit: (entry: number) => void): void {
    this.byNumber.each(hashOf(readableNumber(number)), visit)
  }

  /** What the arrays take; the words come on top. */
  get bytes(): number {
    const arrays =
      this.counts.byteLength +
      this.postingStarts.byteLength +
      this.postings.byteLength +
      this.textStarts.byteLength +
      this.nameEntries.byteLength
    const tables =
      this.bySkeleton.bytes + this.byDeletion.bytes + this.byBirth.bytes + this.byNumber.bytes + this.byKey.bytes
    return arrays + tables + this.texts.length
  }
}

const LEAST_FOR_SLIPS = 4

/** The token and every form of it with one letter left out: two tokens one slip apart share one. */
export function deletions(token: string): readonly string[] {
  if (token.length < LEAST_FOR_SLIPS) return [token]
  const forms = [token]
  for (let at = 0; at < token.length; at++) {
    if (at > 0 && token[at] === token[at - 1]) continue
    forms.push(token.slice(0, at) + token.slice(at + 1))
  }
  return forms
}

function deletionPairs(words: readonly string[]): Float64Array {
  const pairs = new Numbers()
  for (const [id, word] of words.entries()) {
    if (isParticle(word)) continue
    for (const form of deletions(word)) pairs.push(hashOf(form) * ID_BITS + id)
  }
  return pairs.taken()
}
