import type { Locator, PrepaidBaggage } from '#domain/pnr.ts'
import { readOrg } from './agency.ts'
import { readUtc } from './dates.ts'
import { keep, keepWhole } from './kept.ts'
import type { PnrgovProfile } from './profile.ts'
import { MOST_COMPARED, type Open, readCount, type Work, withOne } from './work.ts'

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
  const flight = work.group >= 5 && work.group <= 7 ? work.flight : undefined
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
    const entry: Open<Locator> = created === undefined ? { company, locator } : { company, locator, created }
    if (type === 'C') entry.checkInOnly = true
    else if (type !== undefined && !slipped) entry.type = type
    if (flight) {
      flight.locators = withOne(flight.locators, { ...entry })
      if (known(pnr.locators, entry)) continue
      entry.ofFlight = true
    } else if (known(pnr.locators, entry)) continue
    if (pnr.locators.length === 0) {
      pnr.at.locator = tape.span(segment, element, 2)
      if (created !== undefined) pnr.at.created = tape.span(segment, element, slipped ? 3 : 4)
    }
    pnr.locators.push(entry)
  }
}

function known(locators: readonly Locator[], { locator, company }: Locator): boolean {
  if (locators.length > MOST_COMPARED) return false
  for (const other of locators) if (other.locator === locator && other.company === company) return true
  return false
}

/** Reads `DAT+700:280226:1630+710:110226:0921'`: last change, and ticket issue (GR1). Composites or elements. */
export function readPnrDates(work: Work, segment: number): void {
  const { tape, pnr, today } = work
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const qualifier = tape.text(segment, element)
    if (qualifier !== '700' && qualifier !== '710') {
      keepWhole(work, segment)
      continue
    }
    const at = readUtc(tape.text(segment, element, 2), tape.text(segment, element, 3), today)
    if (at === undefined) continue
    if (qualifier === '700') pnr.changed ??= at
    else pnr.ticketed ??= at
  }
}

/** Reads who made the booking (GR1). An ORG that says nothing: the PNR was cancelled. */
export function readAgency(work: Work, segment: number): void {
  const { tape, pnr } = work
  if (pnr.agency) {
    keep(work, segment)
    return
  }
  const agency = readOrg(tape, segment, work.profile)
  if (agency === undefined) {
    work.emptyOrg = true
    return
  }
  pnr.agency = agency
  pnr.at.agency = tape.span(segment)
}

/**
 * Reads `EBD+USD:60.00+1::N'`: excess baggage that was paid ahead, of the PNR or of one traveller; pieces (N) or weight (W,
 * in K or L).
 */
export function readEbd(work: Work, segment: number): void {
  const { tape, pnr } = work
  const owner = work.group >= 2 && work.group <= 4 ? (work.traveller ?? pnr) : pnr
  if (owner.baggagePrepaid !== undefined) {
    keep(work, segment)
    return
  }
  const baggage: Open<PrepaidBaggage> = {}
  const currency = tape.text(segment, 1)
  const amount = tape.text(segment, 1, 2)
  const count = readCount(tape.text(segment, 2))
  const weight = tape.text(segment, 2, 2)
  const unit = tape.text(segment, 2, 3)
  const measure = tape.text(segment, 2, 4)
  const weightKg = readWeight(weight, unit, measure, work.profile)
  if (currency !== undefined) baggage.currency = currency
  if (amount !== undefined) baggage.amount = amount
  if (count !== undefined) baggage.count = count
  if (weightKg !== undefined) baggage.weightKg = weightKg
  if (weight !== undefined) baggage.weight = weight
  if (unit !== undefined) baggage.unit = unit
  if (measure !== undefined) baggage.measure = measure
  if (Object.keys(baggage).length > 0) owner.baggagePrepaid = baggage
}

/** Kilograms, where the unit is sent and the profile knows it. */
export function readWeight(
  text: string | undefined,
  unit: string | undefined,
  other: string | undefined,
  profile: PnrgovProfile,
): number | undefined {
  const weight = text === undefined ? undefined : Number(text.replace(',', '.'))
  if (weight === undefined || !Number.isFinite(weight)) return undefined
  const { weights } = profile
  const measure =
    (other === undefined ? undefined : weights.get(other)) ?? (unit === undefined ? undefined : weights.get(unit))
  if (measure === 'lb') return Math.round(weight * 4.5359237) / 10
  return measure === 'kg' ? weight : undefined
}
