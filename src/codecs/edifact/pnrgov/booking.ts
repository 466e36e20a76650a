import type { BookingAgency } from '#domain/pnr.ts'
import { readUtc } from './dates.ts'
import { MOST_COMPARED, type Open, type OpenAgency, readCount, type Work } from './work.ts'

/**
 * Reads the record locators of a PNR (GR1) or of one of its flights (GR5):
 *
 *     RCI+ZX:7TRX5B::200126:1745+1X:5KK21Q'
 *
 * company, locator, type (`C`: check-in system only), day and time of creation; the first is the sender's. A date that
 * slipped into the place of the type is taken from there.
 */
export function readRci(work: Work, segment: number): void {
  const { tape, pnr, today } = work
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const locator = tape.text(segment, element, 2)
    if (locator === undefined) continue
    const company = tape.text(segment, element) ?? ''
    const type = tape.text(segment, element, 3)
    const slipped = type !== undefined && type.length === 6
    const created = slipped
      ? readUtc(type, tape.text(segment, element, 4), today)
      : readUtc(tape.text(segment, element, 4), tape.text(segment, element, 5), today)
    if (slipped) work.sink.add('pnrgov.date-shifted', tape.place(segment), '')
    if (
      pnr.locators.length <= MOST_COMPARED &&
      pnr.locators.some((known) => known.locator === locator && known.company === company)
    )
      continue
    const entry: Open<(typeof pnr.locators)[number]> = { company, locator }
    if (created !== undefined) entry.created = created
    if (type === 'C') entry.checkInOnly = true
    if (pnr.locators.length === 0) {
      pnr.at.locator = tape.span(segment, element, 2)
      if (created !== undefined) pnr.at.created = tape.span(segment, element, slipped ? 3 : 4)
    }
    pnr.locators.push(entry)
  }
}

/** Reads `DAT+700:280226:1630+710:110226:0921'`: last change, and ticket issue (GR1). Composites or elements. */
export function readPnrDates(work: Work, segment: number): void {
  const { tape, pnr, today } = work
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const qualifier = tape.text(segment, element)
    if (qualifier !== '700' && qualifier !== '710') continue
    const at = readUtc(tape.text(segment, element, 2), tape.text(segment, element, 3), today)
    if (at === undefined) continue
    if (qualifier === '700') pnr.changed ??= at
    else pnr.ticketed ??= at
  }
}

/** 9972 */
const ORIGINATORS: ReadonlyMap<string, NonNullable<BookingAgency['kind']>> = new Map(
  Object.entries({ A: 'airline', T: 'travel-agency' } as const),
)

/**
 * Reads who made the booking (GR1):
 *
 *     ORG+1X:MAD+91212345:LONEX2100+LON+ZX:LON+T+GB:GBP:EN+3311JS'
 *
 * system, IATA number and office, city, airline, kind, country and currency, agent. An empty ORG says that the PNR was
 * cancelled.
 */
export function readAgency(work: Work, segment: number): void {
  const { tape, pnr } = work
  if (pnr.agency) return
  const agency: OpenAgency = {}
  const system = tape.text(segment, 1)
  const iataNumber = tape.text(segment, 2)
  const office = tape.text(segment, 2, 2)
  const city = tape.text(segment, 3) ?? tape.text(segment, 1, 2)
  // Some hosts have one more empty element before the kind
  const shift = tape.text(segment, 5) === undefined && tape.text(segment, 6)?.length === 1 ? 1 : 0
  const kind = tape.text(segment, 5 + shift)
  const country = tape.text(segment, 6 + shift)
  const currency = tape.text(segment, 6 + shift, 2)
  const agent = tape.text(segment, 7 + shift)
  if (kind !== undefined) agency.kind = ORIGINATORS.get(kind) ?? 'other'
  if (system !== undefined) agency.system = system
  if (iataNumber !== undefined) agency.iataNumber = iataNumber
  if (office !== undefined) agency.office = office
  if (city !== undefined) agency.city = city
  if (country !== undefined) agency.country = country
  if (currency !== undefined) agency.currency = currency
  if (agent !== undefined) agency.agent = agent
  if (system === undefined && city === undefined && iataNumber === undefined && kind === undefined) {
    work.emptyOrg = agent === undefined && country === undefined && office === undefined
    if (work.emptyOrg) return
  }
  pnr.agency = agency
  pnr.at.agency = tape.span(segment)
}

/** Reads `EBD+USD:60.00+1::N'`: excess baggage that was paid ahead; pieces (N) or weight (W, in K or L). */
export function readEbd(work: Work, segment: number): void {
  const { tape, pnr } = work
  const baggage: Open<NonNullable<typeof pnr.baggagePrepaid>> = { ...pnr.baggagePrepaid }
  const currency = tape.text(segment, 1)
  const amount = tape.text(segment, 1, 2)
  const count = readCount(tape.text(segment, 2))
  const weight = readWeight(tape.text(segment, 2, 2), tape.text(segment, 2, 3), tape.text(segment, 2, 4))
  if (currency !== undefined) baggage.currency = currency
  if (amount !== undefined) baggage.amount = amount
  if (count !== undefined) baggage.count = count
  if (weight !== undefined) baggage.weightKg = weight
  if (currency ?? amount ?? count ?? weight) pnr.baggagePrepaid = baggage
}

/** Kilograms, where the unit is sent: 700, K: kg; 701, L: lb. */
export function readWeight(
  text: string | undefined,
  unit: string | undefined,
  other: string | undefined,
): number | undefined {
  const weight = text === undefined ? undefined : Number(text.replace(',', '.'))
  if (weight === undefined || !Number.isFinite(weight)) return undefined
  if (unit === '701' || unit === 'L' || other === 'L') return Math.round(weight * 4.5359237) / 10
  return unit === '700' || unit === 'K' || other === 'K' ? weight : undefined
}
