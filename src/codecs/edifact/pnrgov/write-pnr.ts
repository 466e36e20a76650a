import type { PnrgovMessage } from '#domain/message.ts'
import type { HistoryEntry, Locator, Pnr, PnrChange, Segment } from '#domain/pnr.ts'
import type { PnrAsSent } from '#domain/pnr-as-sent.ts'
import { writeOrg } from './agency.ts'
import { stamp, writeDate, writeTime } from './dates.ts'
import { paddedFlight } from './itinerary.ts'
import { lines, segment } from './segments.ts'
import { sentOf } from './to-sent.ts'
import { writeCheckIns } from './write-checkins.ts'
import { putBack } from './write-kept.ts'
import { writeAdds, writePrepaid, writeSsrs, writeTexts } from './write-parts.ts'
import { writeTraveller } from './write-traveller.ts'

/** Adds the segments of one PNR, SRC to the last line of its history. */
export function writePnr(message: string[], pnr: Pnr, { leg, version }: PnrgovMessage): void {
  const out: string[] = []
  out.push(segment('SRC'))
  const own = pnr.locators.filter(({ ofFlight }) => !ofFlight)
  if (!pnr.noLocator && own.length > 0) out.push(segment('RCI', ...own.map(writeLocator)))
  const sent = pnr.sent ?? sentOf(pnr, leg)
  writeSsrs(out, sent, NOWHERE)
  writeDates(out, pnr)
  writeTexts(out, sent, NOWHERE)
  if (pnr.agency) out.push(segment('ORG', ...writeOrg(pnr.agency)))
  else if (pnr.cancelled) out.push(segment('ORG'))
  writeAdds(out, sent, NOWHERE)
  if (pnr.baggagePrepaid) out.push(writePrepaid(pnr.baggagePrepaid))
  writeGroup(out, pnr)
  for (const traveller of pnr.travellers) writeTraveller(out, traveller, pnr, sent)

  for (const [index, flight] of pnr.itinerary.entries()) {
    if (!isProduct(flight)) writeFlight(out, flight, { index, sent, pnr, version })
  }
  for (const split of pnr.splitWith) {
    const { company = pnr.locators[0]?.company, locator, created, quantity } = split
    out.push(segment('EQN', quantity === undefined ? undefined : String(quantity)))
    out.push(segment('RCI', writeLocator({ company: company ?? '', locator, ...(created && { created }) })))
  }
  for (const stretch of pnr.itinerary) if (isProduct(stretch)) writeProduct(out, stretch)
  if (pnr.sent) writeChanges(out, pnr.changes ?? [])
  else writeHistory(out, pnr.history)
  putBack(out, pnr.kept)
  for (const one of out) message.push(one)
}

const NOWHERE = {}

function writeGroup(out: string[], { groupName, groupSize, corporate, numberOfTravellers }: Pnr): void {
  if (!groupName && groupSize === undefined) return
  out.push(segment('TIF', [groupName, corporate ? 'C' : 'G', groupSize ?? String(numberOfTravellers)]))
}

const writeLocator = ({ company, locator, created, checkInOnly, type }: Locator): (string | undefined)[] => [
  company,
  locator,
  checkInOnly ? 'C' : type,
  created && writeDate(created),
  created && writeTime(created),
]

function writeDates(out: string[], { changed, ticketed }: Pnr): void {
  if (!changed && !ticketed) return
  out.push(
    segment(
      'DAT',
      ...[
        changed && ['700', writeDate(changed), writeTime(changed)],
        ticketed && ['710', writeDate(ticketed), writeTime(ticketed)],
      ].filter((date) => date !== undefined),
    ),
  )
}

interface AroundFlight {
  /** Place in the itinerary. */
  readonly index: number
  readonly sent: PnrAsSent
  readonly pnr: Pnr
  readonly version: string
}

/** GR5 with its check-ins. */
function writeFlight(out: string[], flight: Segment, { index, sent, pnr, version }: AroundFlight): void {
  const place = { flight: index }
  out.push(writeTvl(flight))
  writeOperating(out, flight, version)
  const { quantity, status, statuses = [status] } = flight
  if (quantity !== undefined || status !== undefined)
    out.push(segment('RPI', quantity === undefined ? undefined : String(quantity), ...statuses))
  if (flight.aircraft !== undefined) out.push(segment('APD', flight.aircraft))
  writeSsrs(out, sent, place)
  if (flight.locators) out.push(segment('RCI', ...flight.locators.map(writeLocator)))
  writeTexts(out, sent, place)
  writeCheckIns(out, pnr, flight, index)
}

function writeTvl(flight: Segment): string {
  const { carrier, operatingCarrier, numberAsSent, bookingClass, suffix, operatingBy } = flight
  const number = numberAsSent ?? (flight.number === undefined ? undefined : paddedFlight(flight.number))
  const name = flight.kind === 'surface' ? 'ARNK' : flight.kind === 'open' ? 'OPEN' : number
  const glued = numberAsSent !== undefined && suffix !== undefined && numberAsSent.endsWith(suffix)
  return segment(
    'TVL',
    timesOf(flight),
    [flight.from, flight.fromName],
    [flight.to, flight.toName],
    [carrier, operatingBy === 'TRA' ? undefined : operatingCarrier],
    [name, bookingClass, glued ? undefined : suffix],
  )
}

/** The operating carrier's flight: in TRA; as sent, or up to version 11, in a second TVL. */
function writeOperating(out: string[], flight: Segment, version: string): void {
  const { operatingNumber, operatingClass, operatingSuffix, operatingBy } = flight
  if (operatingNumber === undefined && operatingClass === undefined && operatingBy === undefined) return
  const operating = [operatingNumber && paddedFlight(operatingNumber), operatingClass, operatingSuffix]
  const second = operatingBy === undefined ? Number(version.split(':')[0]) < 12 : operatingBy === 'TVL'
  out.push(
    second
      ? segment('TVL', undefined, undefined, undefined, undefined, operating)
      : segment('TRA', flight.operatingCarrier, operating),
  )
}

function timesOf({ departs, arrives, arrivalDayUnsaid, dayVariation }: Segment): (string | undefined)[] {
  const arrival = arrives && departs ? stamp(arrives) : []
  if (arrivalDayUnsaid && arrival.length > 0) arrival[0] = ''
  const times = [...(departs ? stamp(departs) : []), ...arrival]
  return dayVariation === undefined ? times : [...times, '', '', '', ''].slice(0, 4).concat(dayVariation)
}

/** 4025 of what a model says; a code as sent before the usual one. */
const PRODUCTS: Readonly<Partial<Record<Segment['kind'], string>>> = { hotel: '8', car: '9', other: '32' }

const isProduct = ({ kind }: Segment): boolean => PRODUCTS[kind] !== undefined

function writeProduct(out: string[], stretch: Segment): void {
  const { from, text, to, toName, carrier, operatingCarrier, property, rate, suffix } = stretch
  if (!stretch.together) out.push(segment('MSG', stretch.product ?? PRODUCTS[stretch.kind]))
  const vendor = [carrier, operatingCarrier]
  out.push(segment('TVL', timesOf(stretch), [from, text], [to, toName], vendor, [property, rate, suffix]))
}

function writeChanges(out: string[], changes: readonly PnrChange[]): void {
  for (const { by, at, lines: line, actions } of changes) {
    if (line) out.push(segment('LTS', ...line))
    const { kind, agent, office, city, country, carrier } = by
    if (Object.keys(by).length > 0) out.push(segment('ABI', kind, [agent, office], city, country, carrier))
    if (at !== undefined) out.push(segment('DAT', ['T', writeDate(at), writeTime(at)]))
    for (const { action, status, place, what } of actions) {
      out.push(segment('SAC', status, place, action))
      for (const { tag, elements } of what) out.push(segment(tag, ...elements))
    }
  }
}

const ACTIONS = { added: 'A', cancelled: 'X', other: undefined } as const

function writeHistory(out: string[], history: readonly HistoryEntry[]): void {
  let previous: HistoryEntry | undefined
  for (const entry of history) {
    const { at, agent, action, text } = entry
    if (at === undefined && agent === undefined && action === 'other') {
      out.push(segment('LTS', ...lines(text)))
      previous = undefined
      continue
    }
    if (!previous || previous.at !== at || previous.agent !== agent) {
      out.push(segment('ABI', '4', agent?.split(':')))
      if (at !== undefined) out.push(segment('DAT', ['T', writeDate(at), writeTime(at)]))
    }
    out.push(segment('SAC', undefined, undefined, ACTIONS[action]))
    if (text) out.push(segment('IFT', ['4', '19'], ...lines(text)))
    previous = entry
  }
}
