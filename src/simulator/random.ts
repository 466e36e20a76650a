/**
 * Chance that repeats: a generator is its key, and a part of a key has its own generator. What one flight or one
 * person draws is therefore the same whatever else is generated, and in whatever order.
 */
export class Random {
  readonly #key1: number
  readonly #key2: number
  #a: number
  #b: number
  #c: number
  #d = 1

  constructor(key1: number, key2: number) {
    this.#key1 = key1
    this.#key2 = key2
    this.#a = key1
    this.#b = key2
    this.#c = key1 ^ 0x9e3779b9
    for (let round = 0; round < 12; round++) this.#bits()
  }

  /** The generator of a named part; it does not depend on what was drawn here before. */
  split(label: string): Random {
    let one = this.#key1 ^ 0x85ebca6b
    let two = this.#key2 ^ 0xc2b2ae35
    for (let at = 0; at < label.length; at++) {
      const code = label.charCodeAt(at)
      one = Math.imul(one ^ code, 2654435761)
      two = Math.imul(two ^ code, 1597334677)
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
    return new Random(one | 0, two | 0)
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    return this.#bits() / 4294967296
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** One of `items`, each as likely as its weight. */
  weighted<T>(items: readonly (readonly [T, number])[]): T {
    let rest = this.next() * items.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [item, weight] of items) {
      rest -= weight
      if (rest < 0) return item
    }
    return this.pick(items)[0]
  }

  /** `#` a digit, `@` a letter, `*` a letter or digit that is hard to misread; anything else stands for itself. */
  pattern(form: string): string {
    let text = ''
    for (const sign of form) {
      if (sign === '#') text += this.int(0, 9)
      else if (sign === '@') text += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(this.int(0, 25))
      else if (sign === '*') text += '0123456789CFGHJKLMNPRTVWXYZ'.charAt(this.int(0, 26))
      else text += sign
    }
    return text
  }

  shuffled<T>(items: readonly T[]): T[] {
    const mixed = [...items]
    for (let last = mixed.length - 1; last > 0; last--) {
      const other = this.int(0, last)
      const one = mixed[last]
      const two = mixed[other]
      if (one === undefined || two === undefined) continue
      mixed[last] = two
      mixed[other] = one
    }
    return mixed
  }

  #bits(): number {
    const sum = (this.#a + this.#b + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    this.#c |= 0
    return sum >>> 0
  }
}

/** The generator that everything of one run comes from. */
export const randomOf = (seed: number): Random =>
  new Random(0x243f6a88 ^ seed, 0x13198a2e ^ Math.imul(seed, 2654435761)).split('preclear')
