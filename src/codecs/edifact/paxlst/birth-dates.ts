import type { Span } from '#domain/finding.ts'
import type { Tape } from '../tape.ts'
import { birthDateByDay, readBirthDate } from './dates.ts'
import { type Keeping, keepWhole } from './kept.ts'
import type { OpenPerson } from './person.ts'

/** So many dates that cannot be year, month, day are no slip of somebody's hand. */
const NO_SLIP = 2

/**
 * Some systems write day, month, year. One date cannot tell: but where several of a list are impossible in the guide's order
 * and every one is possible in the other, the list is read in the other order. What was sent and the guide's reading stay.
 */
export function readDatesInOrder(
  keeping: Keeping,
  persons: readonly OpenPerson[],
  bounds: readonly number[],
  day: string,
): void {
  const { tape, sink } = keeping
  let impossible = 0
  for (const { birthDate, birthDateAsSent } of persons)
    if (birthDate === undefined && birthDateAsSent !== undefined) impossible++
  if (impossible < NO_SLIP) return
  const sent = persons.map(({ at }) => (at.birthDate ? textAt(tape, at.birthDate) : undefined))
  if (sent.some((one) => one !== undefined && birthDateByDay(one, day) === undefined)) return
  for (const [index, person] of persons.entries()) {
    const text = sent[index]
    const date = text === undefined ? undefined : birthDateByDay(text, day)
    if (text === undefined || date === undefined) continue
    const other = readBirthDate(text, day)
    if (other.date === date) continue
    person.birthDate = date
    person.birthDateAsSent = text
    if (other.date && !other.problem) person.birthDateAlternative = other.date
    else delete person.birthDateAlternative
    const [from = 0, to = 0] = bounds.slice(index * 2, index * 2 + 2)
    sink.add('paxlst.birth-date-order', tape.place(from), '')
    for (let at = from; at < to; at++)
      if (tape.tag(at) === 'DTM' && tape.span(at, 1, 2)[0] === person.at.birthDate?.[0]) keepWhole(keeping, at)
  }
}

const textAt = ({ bytes }: Tape, [from, to]: Span): string => Buffer.from(bytes.subarray(from, to)).toString('latin1')
