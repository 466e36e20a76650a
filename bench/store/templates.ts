/** Bookings as they end up after everything that carriers send of them: what the store keeps, without a store. */
import { zstdCompressSync } from 'node:zlib'
import { decode } from '#codecs/decode.ts'
import { applyApi, applyPnrs, type LegState, legState, noChanges } from '#domain/leg-state.ts'
import { normalise } from '#domain/normalise.ts'
import type { Pnr, PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Instant } from '#lib/time.ts'
import { makeSimulation } from '#simulator/pushes.ts'
import { pushesAbout } from '#simulator/schedule.ts'
import { flightsOf, reportedLegs } from '#simulator/timetable.ts'

export interface Booking {
  readonly content: Pnr
  readonly versions: number
  readonly people: readonly {
    readonly api: ApiTraveller
    readonly pnr: PnrTraveller
    readonly versions: { readonly api: number; readonly pnr: number }
  }[]
}

export interface Templates {
  readonly bookings: readonly Booking[]
  readonly messagesPerTraveller: number
  readonly sealedPerTraveller: number
}

/** All messages of the flights of so many minutes. */
export function templates(from: Instant, minutes: number): Templates {
  const { timetable, messages } = makeSimulation({ seed: 7 })
  const began = Date.parse(from)
  const sent = flightsOf(timetable, began, began + minutes * 60_000)
    .flatMap((flight) =>
      reportedLegs(flight).flatMap((leg) => pushesAbout(flight, leg, timetable, 0).flatMap(messages)),
    )
    .toSorted((one, other) => (one.at < other.at ? -1 : 1))
  const legs = new Map<string, LegState>()
  for (const { at, bytes } of sent) {
    const context = { receivedAt: at, state: 'AZ' }
    for (const report of normalise(decode(bytes, context).messages, context)) {
      const state = legs.get(report.leg.id) ?? legState(report.leg.id, [], [])
      legs.set(report.leg.id, state)
      const by = { transmission: '202606-00000000-0000-7000-8000-000000000000', sentAt: at, reference: at }
      if (report.source === 'pnr') applyPnrs(state, report.pnrs, by, noChanges())
      else if (report.message.function === 'list') applyApi(state, report.persons, by, noChanges())
    }
  }
  const travellers = [...legs.values()].reduce((sum, state) => sum + state.travellers.size, 0)
  return {
    bookings: [...legs.values()].flatMap(bookingsOf),
    messagesPerTraveller: sent.length / travellers,
    sealedPerTraveller: sent.reduce((sum, { bytes }) => sum + zstdCompressSync(bytes).length + 29, 0) / travellers,
  }
}

/** Only those of whom both sources tell: everybody, once his flight has closed. */
function bookingsOf(state: LegState): Booking[] {
  const byPnr = Map.groupBy(state.travellers.values(), (row) => row.pnrId)
  return [...state.pnrs.values()].flatMap(({ id, content, versions }) => {
    const people = (byPnr.get(id) ?? []).flatMap(({ api, pnr, apiVersions, pnrVersions }) =>
      api && pnr ? [{ api: api.content, pnr: pnr.content, versions: { api: apiVersions, pnr: pnrVersions } }] : [],
    )
    return content && people.length === content.travellers.length ? [{ content, versions, people }] : []
  })
}
