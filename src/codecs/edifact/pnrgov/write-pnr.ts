import type { PnrgovMessage } from '#domain/message.ts'
import type { BookingAgency, HistoryEntry, Locator, Pnr, Remark, Segment, Ssr } from '#domain/pnr.ts'
import type { Contact } from '#domain/traveller.ts'
import { stamp, writeDate, writeTime } from './dates.ts'
import { REMARK_KINDS } from './ift.ts'
import { pushedFlights } from './itinerary.ts'
import { lines, segment } from './segments.ts'
import { writeEmail } from './ssr-texts.ts'
import { writeCheckIns } from './write-checkins.ts'
import { onFlight, ssrText, writeAddresses } from './write-parts.ts'
import { writeTraveller } from './write-traveller.ts'

/** Adds the segments of one PNR, SRC to the last line of its history. */
export function writePnr(out: string[], pnr: Pnr, message: PnrgovMessage): void {
  out.push(segment('SRC'))
  if (!pnr.noLocator) out.push(segment('RCI', ...pnr.locators.map(writeLocator)))
  if (pnr.cancelled) {
    out.push(segment('ORG'))
    return
  }
  for (const ssr of pnr.ssrs) out.push(writeSsr(ssr))
  for (const contact of pnr.contacts) {
    if (contact.kind === 'emergency') out.push(segment('SSR', ssrText('PCTC', `/${contact.value}`)))
  }
  writeDates(out, pnr)
  for (const contact of pnr.contacts) writeOsiContact(out, contact)
  for (const remark of pnr.remarks) out.push(writeRemark(remark))
  if (pnr.agency) out.push(writeAgency(pnr.agency))
  writeAddresses(out, pnr.addresses, pnr.contacts)
  if (pnr.baggagePrepaid) out.push(writePrepaid(pnr.baggagePrepaid))
  if (pnr.groupName) out.push(segment('TIF', [pnr.groupName, 'G', String(pnr.numberOfTravellers)]))
  for (const traveller of pnr.travellers) writeTraveller(out, traveller, pnr)

  const pushed = pushedFlights(pnr.itinerary, message.leg)
  const flights = pnr.itinerary.filter((stretch) => PRODUCTS[stretch.kind] === undefined)
  for (const flight of flights) {
    writeFlight(out, flight, message.version)
    if (pushed.includes(flight)) writeSeats(out, pnr, flight)
    writeCheckIns(out, pnr, flight)
  }
  for (const split of pnr.splitWith) {
    out.push(segment('EQN', split.quantity === undefined ? undefined : String(split.quantity)))
    out.push(segment('RCI', [pnr.locators[0]?.company, split.locator]))
  }
  for (const stretch of pnr.itinerary) writeProduct(out, stretch)
  writeHistory(out, pnr.history)
}

const writeLocator = ({ company, locator, created, checkInOnly }: Locator): (string | undefined)[] => [
  company,
  locator,
  checkInOnly ? 'C' : undefined,
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

function writeSsr(ssr: Ssr): string {
  const { code, status, carrier, from, to, text } = ssr
  const quantity = ssr.quantity === undefined ? undefined : String(ssr.quantity)
  const head = [code, status, quantity, carrier, '', '', from, to, ...(text ? lines(text) : [])]
  return segment('SSR', head, ...ssr.travellers.map((reference) => ['', '', reference]))
}

const CONTACT_CODES: Readonly<Partial<Record<Contact['kind'], string>>> = {
  phone: 'CTCP',
  email: 'CTCE',
  fax: 'CTCF',
  'agency-phone': 'CTCT',
  address: 'CTCA',
}

function writeOsiContact(out: string[], { kind, value }: Contact): void {
  const code = CONTACT_CODES[kind]
  if (!code) return
  const text = `${code} ${kind === 'email' ? writeEmail(value) : value}`
  out.push(segment('IFT', ['4', '28'], ...lines(text)))
}

const TYPES = new Map([...REMARK_KINDS].map(([type, kind]) => [kind, type]))

function writeRemark({ kind, text }: Remark): string {
  const type = TYPES.get(kind) ?? (kind.startsWith('text-') ? kind.slice(5) : '28')
  return segment('IFT', ['4', type], ...lines(text))
}

const ORIGINATORS = { airline: 'A', 'travel-agency': 'T', other: 'N' } as const

function writeAgency(agency: BookingAgency): string {
  const { system, iataNumber, office, city, kind, country, currency, agent } = agency
  const party = [iataNumber, office]
  return segment('ORG', [system], party, city, undefined, kind && ORIGINATORS[kind], [country, currency], agent)
}

function writePrepaid(baggage: NonNullable<Pnr['baggagePrepaid']>): string {
  const { count, weightKg, amount, currency } = baggage
  const pieces = count === undefined ? undefined : String(count)
  const quantity = weightKg === undefined ? [pieces, '', 'N'] : [pieces, String(weightKg), 'W', 'K']
  return segment('EBD', [currency, amount], quantity)
}

function writeFlight(out: string[], flight: Segment, version: string): void {
  const number = flight.number === undefined ? undefined : padded(flight.number)
  const name = flight.kind === 'surface' ? 'ARNK' : flight.kind === 'open' ? 'OPEN' : number
  const carriers = [flight.carrier, flight.operatingCarrier]
  out.push(
    segment('TVL', timesOf(flight), flight.from, flight.to, carriers, [name, flight.bookingClass, flight.suffix]),
  )
  if (flight.operatingNumber !== undefined) {
    const operating = padded(flight.operatingNumber)
    const second = Number(version.split(':')[0]) < 12
    out.push(
      second
        ? segment('TVL', undefined, undefined, undefined, undefined, operating)
        : segment('TRA', flight.operatingCarrier, operating),
    )
  }
  if (flight.quantity !== undefined || flight.status !== undefined) {
    out.push(segment('RPI', flight.quantity === undefined ? undefined : String(flight.quantity), flight.status))
  }
  if (flight.aircraft !== undefined) out.push(segment('APD', flight.aircraft))
}

const padded = (number: string): string => (/^\d+$/.test(number) ? number.padStart(4, '0') : number)

const timesOf = ({ departs, arrives }: Segment): string[] => [
  ...(departs ? stamp(departs) : []),
  ...(departs && arrives ? stamp(arrives) : []),
]

/** Seats of those who have not checked in; GR7 has the others'. */
function writeSeats(out: string[], pnr: Pnr, flight: Segment): void {
  const waiting = pnr.travellers.filter(
    ({ seat, reference }) =>
      seat !== undefined &&
      !pnr.checkIns.some((one) => one.traveller === reference && one.seat === seat && onFlight(one, flight)),
  )
  if (waiting.length === 0) return
  const head = ['SEAT', 'HK', String(waiting.length), flight.carrier, '', '', flight.from, flight.to]
  out.push(segment('SSR', head, ...waiting.map(({ seat, reference }) => [seat, '', reference])))
}

const PRODUCTS: Readonly<Partial<Record<Segment['kind'], string>>> = { hotel: '8', car: '9', other: '32' }

function writeProduct(out: string[], stretch: Segment): void {
  const code = PRODUCTS[stretch.kind]
  if (!code) return
  out.push(segment('MSG', code))
  out.push(segment('TVL', timesOf(stretch), [stretch.from, stretch.text], stretch.to, stretch.carrier))
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
