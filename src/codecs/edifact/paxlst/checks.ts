import type { Place, Span } from '#domain/finding.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { MessageRange } from '../interchange.ts'
import type { Head } from './head.ts'
import type { PersonContext } from './person.ts'

/** From so many persons on, one value for all is a default of the sender's system. */
const MANY = 30

/** What shows only when all persons of a message are seen together. */
export function checkList(
  { tape, sink, day, referencesOnly }: PersonContext,
  range: MessageRange,
  head: Head,
  persons: readonly ApiTraveller[],
): void {
  const { part } = range.envelope
  const whole = part === undefined || (part.number === 1 && part.final)
  // A close-out without names tells how many are on board
  const named = !(head.function === 'close' && persons.length === 0)
  if (whole && named && head.declaredTotal !== undefined && head.declaredTotal !== persons.length)
    sink.add('paxlst.total', tape.place(head.totalAt ?? range.to - 1), `${head.declaredTotal} for ${persons.length}`)
  const at = (index: number): Place => tape.place(head.persons[index * 2] ?? range.from)
  for (const [index] of repeats(tape.bytes, persons, referenceOf)) sink.add('paxlst.reference-repeated', at(index), '')
  for (const [index, earlier] of repeats(tape.bytes, persons, documentOf)) {
    const code = sharedDocument(persons[index], persons[earlier], day)
    if (code) sink.add(code, at(index), '')
  }
  if (referencesOnly || persons.length <= MANY) return
  const first = persons[0]?.sex
  if (persons.every(({ sex }) => sex === first) && first !== 'F')
    sink.add('paxlst.sex-default', tape.place(range.from), first ?? '')
  if (persons.every(({ verified }) => verified === false))
    sink.add('paxlst.unverified', tape.place(range.from), `${persons.length}`)
}

/** Two persons of one document: the same one twice, or an infant on a parent's, which is in order, or a mistake. */
function sharedDocument(
  person: ApiTraveller | undefined,
  other: ApiTraveller | undefined,
  day: string,
): 'paxlst.person-repeated' | 'paxlst.document-repeated' | undefined {
  const same =
    person?.surname === other?.surname &&
    person?.givenNames === other?.givenNames &&
    person?.birthDate === other?.birthDate
  if (same) return 'paxlst.person-repeated'
  return isInfant(person, day) || isInfant(other, day) ? undefined : 'paxlst.document-repeated'
}

/** Without a seat of its own, or not yet two years old. */
function isInfant(person: ApiTraveller | undefined, day: string): boolean {
  const { birthDate, seat } = person ?? {}
  if (seat === 'INF') return true
  return birthDate?.length === 10 && `${Number(birthDate.slice(0, 4)) + 2}${birthDate.slice(4)}` > day
}

const referenceOf = (person: ApiTraveller | undefined): Span | undefined => person?.at.passengerReference
const documentOf = (person: ApiTraveller | undefined): Span | undefined => person?.documents[0]?.at

/** Whoever chooses his references so that they collide here is checked less, not longer. */
const MOST_PROBES = 64

/** Which of some values, by where they stand, repeat an earlier one, and which. A small table of hashes: this runs for everybody. */
function repeats(
  bytes: Uint8Array,
  persons: readonly ApiTraveller[],
  of: (person: ApiTraveller | undefined) => Span | undefined,
): [number, number][] {
  const found: [number, number][] = []
  const mask = (1 << Math.ceil(Math.log2(persons.length * 2 + 2))) - 1
  const table = new Int32Array(mask + 1)
  for (let index = 0; index < persons.length; index++) {
    const span = of(persons[index])
    if (!span || span[0] === span[1]) continue
    let slot = hash(bytes, span) & mask
    let probes = 0
    let same = false
    let earlierIndex = 0
    while (table[slot] !== 0 && !same && probes++ < MOST_PROBES) {
      earlierIndex = (table[slot] ?? 0) - 1
      const earlier = of(persons[earlierIndex])
      same = earlier !== undefined && isSame(bytes, earlier, span)
      if (!same) slot = (slot + 1) & mask
    }
    if (same) found.push([index, earlierIndex])
    else if (table[slot] === 0) table[slot] = index + 1
  }
  return found
}

/** FNV-1a of the last eight bytes, in which references and numbers differ. */
function hash(bytes: Uint8Array, [from, to]: Span): number {
  let value = 0x811c9dc5
  for (let at = Math.max(from, to - 8); at < to; at++) value = Math.imul(value ^ (bytes[at] ?? 0), 0x01000193)
  return value ^ (value >>> 15)
}

function isSame(bytes: Uint8Array, a: Span, b: Span): boolean {
  if (a[1] - a[0] !== b[1] - b[0]) return false
  for (let at = 0; at < a[1] - a[0]; at++) if (bytes[a[0] + at] !== bytes[b[0] + at]) return false
  return true
}
