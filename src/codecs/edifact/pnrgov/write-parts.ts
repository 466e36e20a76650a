import type { PrepaidBaggage } from '#domain/pnr.ts'
import type { PnrAsSent, SentPlace, SentSsr } from '#domain/pnr-as-sent.ts'
import { segment } from './segments.ts'

const isHere = (one: SentPlace, { traveller, ticket, payment, flight }: SentPlace): boolean =>
  one.traveller === traveller && one.ticket === ticket && one.payment === payment && one.flight === flight

/** Adds the SSRs of a place. */
export function writeSsrs(out: string[], { ssrs }: PnrAsSent, place: SentPlace): void {
  for (const ssr of ssrs) if (isHere(ssr, place)) out.push(writeSsr(ssr))
}

function writeSsr({
  code,
  status,
  quantity,
  carrier,
  from,
  to,
  text,
  lines = text ? [text] : [],
  details = [],
}: SentSsr): string {
  const head = [code, status, quantity, carrier, '', '', from, to, ...lines]
  return segment(
    'SSR',
    head,
    ...details.map(({ value, unit, traveller, seat = [] }) => [value, unit, traveller, ...seat]),
  )
}

/** Adds the free texts of a place. */
export function writeTexts(out: string[], { texts }: PnrAsSent, place: SentPlace): void {
  for (const text of texts) if (isHere(text, place)) out.push(segment('IFT', text.kind, ...text.lines))
}

/** Adds the addresses of a place. */
export function writeAdds(out: string[], { addresses }: PnrAsSent, place: SentPlace): void {
  for (const add of addresses) {
    if (!isHere(add, place)) continue
    const entries = add.entries.map(({ purpose, street, city, stateCode, state, country, postcode, text }) => [
      purpose,
      street,
      city,
      stateCode,
      state,
      country,
      postcode,
      text,
    ])
    out.push(segment('ADD', undefined, ...entries))
  }
}

/** EBD */
export function writePrepaid(baggage: PrepaidBaggage): string {
  const { count, weightKg, amount, currency } = baggage
  const weight = baggage.weight ?? (weightKg === undefined ? undefined : String(weightKg))
  const made = baggage.unit === undefined && baggage.weight === undefined
  const unit = made ? (weight === undefined ? 'N' : 'W') : baggage.unit
  const measure = made && weight !== undefined ? 'K' : baggage.measure
  return segment('EBD', [currency, amount], [count === undefined ? undefined : String(count), weight, unit, measure])
}
