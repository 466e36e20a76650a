import type { Message, PaxlstMessage } from '#domain/message.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import { type Element, FLIGHT_ELEMENTS, PERSON_ELEMENTS, PNR_ELEMENTS, SUFFICIENT } from './elements.ts'
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
    const pnrs = message.pnrs.filter(({ cancelled }) => !cancelled)
    return [...countOf(PNR_ELEMENTS, pnrs, profile), sufficient(PNR_ELEMENTS, pnrs, profile, SUFFICIENT.pnrs)]
  }
  if (!isPaxlst(message)) return []
  const flight = countOf(FLIGHT_ELEMENTS, [message], profile)
  if (!saysWho(message)) return flight
  const { travellers } = message
  const persons = countOf(PERSON_ELEMENTS, travellers, profile)
  return [...flight, ...persons, sufficient(PERSON_ELEMENTS, travellers, profile, SUFFICIENT.persons)]
}

/** Those that lack no required element: the figure by which authorities compare carriers. Shown, never scored. */
function sufficient<Subject>(
  elements: readonly Element<Subject>[],
  subjects: readonly Subject[],
  { obligations }: ConformanceProfile,
  id: string,
): ElementCount {
  const required = elements.filter((one) => (obligations[one.id] ?? one.obligation) === 'required')
  const has = subjects.filter((subject) => required.every((element) => element.has(subject) !== false)).length
  return { id, obligation: 'option', has, of: subjects.length }
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
