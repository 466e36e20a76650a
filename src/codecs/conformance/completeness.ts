import type { Message, PaxlstMessage } from '#domain/message.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import { type Element, FLIGHT_ELEMENTS, PERSON_ELEMENTS, PNR_ELEMENTS } from './elements.ts'
import type { ConformanceProfile, Obligation } from './profile.ts'

/** Of how many that should have an element how many have it. */
export interface ElementCount {
  readonly id: string
  readonly obligation: Obligation
  readonly has: number
  readonly of: number
}

/** What a message holds of what its State asks for; nothing is counted of messages that speak of no persons. */
export function countElements(message: Message, profile: ConformanceProfile): readonly ElementCount[] {
  if (isPnrgov(message)) {
    return countOf(
      PNR_ELEMENTS,
      message.pnrs.filter(({ cancelled }) => !cancelled),
      profile,
    )
  }
  if (!isPaxlst(message)) return []
  const flight = countOf(FLIGHT_ELEMENTS, [message], profile)
  return saysWho(message) ? [...flight, ...countOf(PERSON_ELEMENTS, message.travellers, profile)] : flight
}

/** Close-outs, cancellations and reductions carry references only. */
const saysWho = ({ function: kind }: PaxlstMessage): boolean => !/^(?:close|cancel|reduce|change-flight)/.test(kind)

function countOf<Subject>(
  elements: readonly Element<Subject>[],
  subjects: readonly Subject[],
  profile: ConformanceProfile,
): readonly ElementCount[] {
  return elements.map(({ id, obligation, has }) => {
    let [found, due] = [0, 0]
    for (const subject of subjects) {
      const one = has(subject)
      if (one === undefined) continue
      due += 1
      if (one) found += 1
    }
    return { id, obligation: profile.obligations[id] ?? obligation, has: found, of: due }
  })
}

/** 100 × the mean share of those that have each required element; nothing where none is due. */
export function completenessScore(counts: readonly ElementCount[]): number | undefined {
  const due = counts.filter(({ obligation, of }) => obligation === 'required' && of > 0)
  if (due.length === 0) return undefined
  return (100 * due.reduce((sum, { has, of }) => sum + has / of, 0)) / due.length
}

/** The same elements of two messages, or of many. */
export function addCounts(all: readonly ElementCount[], more: readonly ElementCount[]): readonly ElementCount[] {
  const byId = new Map(all.map((count) => [count.id, count]))
  for (const count of more) {
    const before = byId.get(count.id)
    byId.set(count.id, before ? { ...count, has: before.has + count.has, of: before.of + count.of } : count)
  }
  return [...byId.values()]
}
