/** Everybody on a flight whom this agency may see. The unit sees all; another agency those on whom it has a hit. */
import type { Officer } from '#domain/officer.ts'
import { summarise } from '#domain/summary.ts'
import { given } from '#lib/given.ts'
import { highestSeverity } from '#review/priority.ts'
import { mayReadPnr } from '#store/agencies.ts'
import { findLeg } from '#store/board.ts'
import { manifestLines, type TravellerLine } from '#store/manifest.ts'
import { flightView, pushView } from './flight-view.ts'
import { type SightDeps, showPersons } from './sight.ts'

export function showManifest(legId: string, officer: Officer, deps: SightDeps) {
  return showPersons(deps, officer, 'manifest', [legId], async (tx) => {
    const leg = await findLeg(tx, legId)
    if (!leg) return undefined
    const readsPnr = await mayReadPnr(tx, officer.agency)
    const lines = await manifestLines(tx, leg, readsPnr)
    return {
      value: {
        flight: flightView(leg, deps.clock()),
        travellers: lines.map((line) => manifestRow(line, readsPnr)),
        pushes: leg.pushes.map((push) => pushView(push, leg.departs_at)),
        groups: readsPnr ? groupsOf(lines) : [],
      },
      subjects: [leg.id, ...lines.map((line) => line.id)],
      detail: { travellers: lines.length },
    }
  })
}

function manifestRow(line: TravellerLine, readsPnr: boolean) {
  return {
    id: line.id,
    role: line.role,
    status: line.status,
    findings: line.findings,
    hits: { open: line.hits_open, ...given({ highest: highestSeverity(line.severities ?? []) }) },
    referrals: line.referrals,
    ...(readsPnr ? fromBoth(line) : fromApi(line)),
  }
}

function fromBoth(line: TravellerLine) {
  return {
    kind: line.kind,
    sources: sourcesOf(line.api_version, line.pnr_version),
    ...given({
      surname: line.surname,
      givenNames: line.given_names,
      birthDate: line.birth_date,
      sex: line.sex,
      nationality: line.nationality,
      document: line.document,
      seat: line.seat,
      bags: line.bags,
      locator: line.locator,
    }),
  }
}

/** For an agency that may not read PNR: what the travel document and check-in gave, and nothing that a booking added. */
function fromApi(line: TravellerLine) {
  const { kind, surname, givenNames, birthDate, sex, nationality, document, seat, bags } = summarise(
    line.api ?? undefined,
    undefined,
  )
  return {
    kind,
    sources: sourcesOf(line.api_version, null),
    ...given({ surname, givenNames, birthDate, sex, nationality, document, seat, bags }),
  }
}

export const sourcesOf = (api: number | null, pnr: number | null): ('api' | 'pnr')[] => [
  ...(api === null ? [] : (['api'] as const)),
  ...(pnr === null ? [] : (['pnr'] as const)),
]

/** Who is on one booking: two or more. */
function groupsOf(lines: readonly TravellerLine[]) {
  const byPnr = Map.groupBy(
    lines.filter((line) => line.pnr_id !== null),
    (line) => line.pnr_id,
  )
  return [...byPnr.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({ locator: group[0]?.locator ?? '', travellers: group.map((line) => line.id) }))
}
