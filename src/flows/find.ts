/**
 * Finds travellers by one thing that is known of them, over a span of months: a name as somebody heard or typed it, a
 * document, a phone, an e-mail, a locator, a ticket, a card. The log says what kind of thing was asked, and who was shown;
 * never the thing itself.
 */
import { monthOf } from '#domain/normalise.ts'
import type { Officer } from '#domain/officer.ts'
import { cardTerm, documentTerm, emailTerm, locatorTerm, phoneTerm, ticketTerm } from '#domain/search-terms.ts'
import { given } from '#lib/given.ts'
import { bad } from '#lib/result.ts'
import { type Instant, readCivilDate } from '#lib/time.ts'
import { isUnit, mayReadPnr } from '#store/agencies.ts'
import { type BoardLeg, findLegs } from '#store/board.ts'
import { asOfficerAgain, backToWork, type Tx } from '#store/db.ts'
import { bookedNames, type Found, type FoundTraveller, findByKeys, foundTravellers, type Wanted } from '#store/find.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Deps } from './deps.ts'
import { type Likeness, type Name, type NameQuestion, nameQuestion } from './find-name.ts'
import { ageOn, flightView } from './flight-view.ts'
import { FORMS, type SearchKeys, searchKeysOf } from './search-keys.ts'
import { sourcesOf } from './show-manifest.ts'
import { type SightDeps, showPersons } from './sight.ts'

export interface FindQuestion {
  readonly kind: 'name' | 'document' | 'phone' | 'email' | 'locator' | 'ticket' | 'card'
  readonly text: string
  /** Of a name only; whole, or as much as is known. */
  readonly birthDate?: string | undefined
  /** Of a name: with slips of the hand too, also where it is found without. */
  readonly wide?: boolean | undefined
  /** Months of departure, `2026-06`; a year back and three months ahead unless told. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly after?: string | undefined
}

const PAGE = 50
const MONTHS_BACK = 12
const MONTHS_AHEAD = 3
const MOST_MONTHS = 72
/** More are not ranked: the newest months' are, and the officer is told that there are more. */
const MOST_FOUND = 500

export async function find(question: FindQuestion, officer: Officer, deps: SightDeps & Pick<Deps, 'keys'>) {
  const asked = understood(question, searchKeysOf(deps.keys))
  if (!asked) return bad({ code: 'find.unreadable', detail: question.kind })
  const months = monthsOf(question, deps.clock())
  if (!months) return bad({ code: 'find.months', detail: '' })
  return showPersons(deps, officer, 'find', [], async (tx) => {
    const readsPnr = await mayReadPnr(tx, officer.agency)
    const onlyWithHitOf = (await isUnit(tx, officer.agency)) ? undefined : officer.agency
    const look = { months, readsPnr, onlyWithHitOf, limit: MOST_FOUND + 1 }
    let found: Ranked = { rows: [], capped: false }
    for (const wanted of asked.wanted) {
      await backToWork(tx)
      const some = await findByKeys(tx, { ...look, wanted })
      await asOfficerAgain(tx)
      found = {
        rows: together(found.rows, await ranked(tx, some.slice(0, MOST_FOUND), asked, readsPnr)),
        capped: found.capped || some.length > MOST_FOUND,
      }
      if (found.rows.length > 0 && !question.wide) break
    }
    const [after] = readCursor(question.after)
    const start = typeof after === 'string' ? found.rows.findIndex(({ row }) => row.id === after) + 1 : 0
    const page = found.rows.slice(start, start + PAGE)
    const legs = await findLegs(tx, [...new Set(page.map(({ row }) => row.leg_id))])
    const last = page.at(-1)
    return {
      value: {
        total: found.rows.length,
        /** There are more than are ranked here. */
        capped: found.capped,
        months: { from: months.at(-1) ?? '', to: months[0] ?? '' },
        rows: page.flatMap(({ row, likeness }) => {
          const leg = legs.get(row.leg_id)
          return leg ? [foundRow(row, leg, likeness, readsPnr, deps.clock())] : []
        }),
        ...(last && start + page.length < found.rows.length && { next: writeCursor(last.row.id) }),
      },
      action: 'search',
      subjects: [...new Set(page.flatMap(({ row }) => [row.leg_id, row.id]))],
      detail: { kind: question.kind, rows: page.length, from: months.at(-1) ?? '', to: months[0] ?? '' },
    }
  })
}

interface Asked {
  /** What to look for, the narrowest first. */
  readonly wanted: readonly (readonly Wanted[])[]
  readonly name?: NameQuestion
}

function understood({ kind, text, birthDate }: FindQuestion, keys: SearchKeys): Asked | undefined {
  if (kind === 'name') {
    const born = birthDate ? readCivilDate(birthDate) : undefined
    if (birthDate && !born) return undefined
    const name = nameQuestion(text, born, keys)
    return name && { wanted: name.wanted, name }
  }
  const term = TERMS[kind](text)
  return term && { wanted: [[[[keys.keyOf(term)]]]] }
}

const TERMS = {
  document: (text: string) => documentTerm(text, FORMS),
  phone: phoneTerm,
  email: emailTerm,
  locator: locatorTerm,
  ticket: ticketTerm,
  card: cardTerm,
} as const

/** Newest first. Nothing where the span runs backwards, or has more months than are looked through. */
function monthsOf({ from, to }: FindQuestion, now: Instant): readonly string[] | undefined {
  const here = numberOf(now)
  const [first, last] = [from ? numberOf(from) : here - MONTHS_BACK, to ? numberOf(to) : here + MONTHS_AHEAD]
  if (last < first || last - first >= MOST_MONTHS) return undefined
  return Array.from({ length: last - first + 1 }, (_, back) => monthOf(textOf(last - back)))
}

const numberOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1
const textOf = (month: number): string => `${Math.floor(month / 12)}${String((month % 12) + 1).padStart(2, '0')}`

interface RankedRow {
  readonly row: FoundTraveller
  readonly likeness: Likeness
}

interface Ranked {
  readonly rows: readonly RankedRow[]
  readonly capped: boolean
}

const EXACT: Likeness = { score: 1, how: 'same' }

async function ranked(tx: Tx, found: readonly Found[], { name }: Asked, readsPnr: boolean): Promise<RankedRow[]> {
  const rows = await foundTravellers(tx, found, readsPnr)
  if (!name) return rows.map((row) => ({ row, likeness: EXACT }))
  const met = rows.map((row) => ({ row, likeness: name.likeness(namesOf(row), birthDateOf(row)) }))
  const unmet = readsPnr ? met.flatMap(({ row, likeness }) => (likeness ? [] : [row])) : []
  const booked = Map.groupBy(await bookedNames(tx, unmet), (one) => one.traveller_id)
  return met.flatMap(({ row, likeness: first }) => {
    const others = (booked.get(row.id) ?? []).flatMap((one) => [
      [one.surname, one.given_names] as const,
      [one.document_surname, one.document_given_names] as const,
    ])
    const likeness = first ?? name.likeness(others, birthDateOf(row))
    return likeness ? [{ row, likeness }] : []
  })
}

const namesOf = (row: FoundTraveller): readonly Name[] =>
  row.api ? [[row.api.surname, row.api.givenNames]] : [[row.surname, row.given_names]]

const birthDateOf = (row: FoundTraveller) => (row.api ? row.api.birthDate : row.birth_date) ?? undefined

/** The most alike first, then the latest; each once. */
function together(some: readonly RankedRow[], others: readonly RankedRow[]): readonly RankedRow[] {
  const all = new Map([...others, ...some].map((one) => [one.row.id, one]))
  const at = ({ row }: RankedRow): string => row.departs_at ?? row.date
  return [...all.values()].sort(
    (a, b) =>
      b.likeness.score - a.likeness.score ||
      (at(a) === at(b) ? 0 : at(a) < at(b) ? 1 : -1) ||
      (a.row.id < b.row.id ? -1 : 1),
  )
}

/** An agency that may not read PNR is told what the travel document and check-in gave. */
function foundRow(row: FoundTraveller, leg: BoardLeg, likeness: Likeness, readsPnr: boolean, now: Instant) {
  const [[surname, givenNames] = []] = namesOf(row)
  const document = row.api ? row.api.documents[0] : row.document
  const birthDate = birthDateOf(row)
  return {
    leg: row.leg_id,
    traveller: row.id,
    flight: flightView(leg, now),
    status: row.status,
    sources: sourcesOf(row.api_version, readsPnr ? row.pnr_version : null),
    likeness: likeness.how,
    ...given({
      surname,
      givenNames,
      birthDate,
      age: ageOn(birthDate, leg.date),
      nationality: row.api ? row.api.nationality : row.nationality,
      document: document?.number,
      locator: readsPnr ? row.locator : row.api?.locator,
    }),
  }
}
