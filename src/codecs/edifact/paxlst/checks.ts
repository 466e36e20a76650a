import type { ApiTraveller } from '#domain/traveller.ts'
import type { MessageRange } from '../interchange.ts'
import type { FindingSink, Tape } from '../tape.ts'
import type { Head } from './head.ts'

/** From so many persons on, one sex for all is a default of the sender's system. */
const MANY = 30

/** What shows only when all persons of a message are seen together. */
export function checkList(
  tape: Tape,
  range: MessageRange,
  sink: FindingSink,
  head: Head,
  persons: readonly ApiTraveller[],
): void {
  const { part } = range.envelope
  const whole = part === undefined || (part.number === 1 && part.final)
  if (whole && head.declaredTotal !== undefined && head.declaredTotal !== persons.length)
    sink.add('paxlst.total', tape.place(range.to - 1), `${head.declaredTotal} for ${persons.length}`)
  const at = (index: number) => tape.place(head.persons[index * 2] ?? range.from)
  for (const index of repeats(persons, (one) => one.passengerReference))
    sink.add('paxlst.reference-repeated', at(index), '')
  for (const index of repeats(persons, (one) => one.documents[0]?.number))
    sink.add('paxlst.document-repeated', at(index), '')
  const first = persons[0]?.sex
  if (persons.length > MANY && persons.every(({ sex }) => sex === first) && first !== 'F')
    sink.add('paxlst.sex-default', tape.place(range.from), first ?? '')
}

/** Which persons have what an earlier one has. A small table of hashes: this runs for every traveller. */
function repeats(persons: readonly ApiTraveller[], of: (person: ApiTraveller) => string | undefined): number[] {
  const found: number[] = []
  const mask = (1 << Math.ceil(Math.log2(persons.length * 2 + 2))) - 1
  const table = new Int32Array(mask + 1)
  for (let index = 0; index < persons.length; index++) {
    const person = persons[index]
    const value = person && of(person)
    if (!value) continue
    let slot = hash(value) & mask
    for (; table[slot] !== 0; slot = (slot + 1) & mask) {
      const earlier = persons[(table[slot] ?? 0) - 1]
      if (earlier && of(earlier) === value) break
    }
    if (table[slot] === 0) table[slot] = index + 1
    else found.push(index)
  }
  return found
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value ^ (value >>> 15)
}
