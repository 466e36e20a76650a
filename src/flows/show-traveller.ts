/** The dossier of one traveller on one leg: everything that this agency may see, with where each value came from. */
import type { Finding, Span } from '#domain/finding.ts'
import type { Officer } from '#domain/officer.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import { mainDocument, summarise } from '#domain/summary.ts'
import type { Address, ApiTraveller, Contact, TravelDocument } from '#domain/traveller.ts'
import { given } from '#lib/given.ts'
import { compareSources } from '#review/compare.ts'
import { isOpen } from '#review/hit-life.ts'
import { allAgencies, userNames } from '#store/agencies.ts'
import { type BoardLeg, findLeg } from '#store/board.ts'
import { backToWork, type Tx } from '#store/db.ts'
import {
  type CompanionRow,
  companionsOf,
  findPnr,
  findReview,
  findTraveller,
  hitsOn,
  type Parts,
  type PnrRow,
  type PnrVersionRow,
  partsInForce,
  seenBy,
  type TransmissionFindings,
  type TravellerRow,
  transmissionsOf,
} from '#store/dossier.ts'
import { referralRecords } from '#store/referrals.ts'
import { bookingView, inForce, itineraryView } from './booking-view.ts'
import { findingView } from './finding-view.ts'
import { ageOn, flightView } from './flight-view.ts'
import { hitView, reviewState } from './hit-view.ts'
import { nameLikeness } from './name-likeness.ts'
import { outcomeAuthors, referralView } from './referral-view.ts'
import { type SightDeps, showPersons } from './sight.ts'
import { sourceRef, spansOf } from './source-ref.ts'

export function showTraveller(legId: string, travellerId: string, officer: Officer, deps: SightDeps) {
  return showPersons(deps, officer, 'dossier', [legId, travellerId], async (tx) => {
    const leg = await findLeg(tx, legId)
    const traveller = leg && (await findTraveller(tx, leg, travellerId))
    if (!traveller) return undefined
    const known = await everythingOn(tx, leg, traveller)
    const people = await surroundings(tx, leg, traveller, officer)
    const readsPnr = people.agencies.get(officer.agency)?.readsPnr ?? false
    const context = { ...people, officer: officer.id, now: deps.clock(), readsPnr }
    return {
      value: {
        ...identity(traveller, known, leg),
        flight: flightView(leg, context.now),
        ...whatSourcesSay(known, leg),
        findings: findingsOn(known),
        hits: people.hits.map((hit) => hitView(hit, context)),
        referrals: people.referrals.map((referral) => referralView(referral, leg, context)),
        seenBy: people.seen.map((row) => ({
          name: people.names.get(row.actor) ?? '',
          agency: officer.agency,
          at: row.at,
          purpose: row.purpose ?? '',
          screen: row.screen ?? '',
        })),
        ...(people.hits.length > 0 && { review: reviewState(people.claim, people.open, context) }),
      },
      subjects: [leg.id, traveller.id, ...known.companions.map((one) => one.id)],
      detail: { companions: known.companions.length },
    }
  })
}

interface Known {
  readonly parts: Parts
  readonly pnr: PnrRow | undefined
  readonly companions: readonly CompanionRow[]
  readonly transmissions: readonly TransmissionFindings[]
}

/** As the officer: row policies leave out what this agency may not read. */
async function everythingOn(tx: Tx, leg: BoardLeg, traveller: TravellerRow): Promise<Known> {
  const parts = await partsInForce(tx, leg, traveller)
  const booked = parts.pnr ? traveller.pnr_id : null
  const pnr = booked ? await findPnr(tx, leg, booked) : undefined
  const companions = booked ? await companionsOf(tx, leg, traveller) : []
  const sent = [parts.api?.transmission, parts.pnr?.transmission, pnr && inForce(pnr)?.transmission]
  const transmissions = await transmissionsOf(
    tx,
    sent.filter((one) => one !== undefined),
  )
  return { parts, pnr, companions, transmissions }
}

/** Hits, referrals and claim as the officer; names and earlier sights in the work role, of this agency only. */
async function surroundings(tx: Tx, leg: BoardLeg, traveller: TravellerRow, officer: Officer) {
  const agencies = await allAgencies(tx)
  const hits = await hitsOn(tx, leg, traveller.id)
  const referrals = await referralRecords(tx, { on: { leg, traveller: traveller.id }, limit: 100 })
  const claim = await findReview(tx, leg, traveller.id, officer.agency)
  await backToWork(tx)
  const seen = await seenBy(tx, officer.agency, traveller.id)
  const names = await userNames(tx, [
    ...seen.map((row) => row.actor),
    ...hits.map((hit) => hit.by_user),
    ...outcomeAuthors(referrals),
    claim?.claimed_by,
  ])
  const open = hits.some((hit) =>
    isOpen({ severity: hit.severity, disposed: hit.disposition_id !== null, nowFalse: hit.now_false_since !== null }),
  )
  return { agencies, hits, referrals, claim, seen, names, open }
}

/** Made from the parts that this agency may read, never from the summary that mixes both. */
function identity(traveller: TravellerRow, { parts }: Known, leg: BoardLeg) {
  const api = parts.api?.content
  const summary = summarise(api, parts.pnr?.content)
  return {
    id: traveller.id,
    role: summary.role,
    kind: summary.kind,
    status: traveller.status,
    ...given({
      surname: summary.surname,
      givenNames: summary.givenNames,
      birthDate: summary.birthDate,
      age: ageOn(summary.birthDate, leg.date),
      sex: summary.sex,
      nationality: summary.nationality,
      residence: api?.residence,
      seat: summary.seat,
      verified: api?.verified,
      crewDuty: api?.crewDuty,
      link: parts.api && parts.pnr ? { evidence: traveller.link } : undefined,
    }),
  }
}

function whatSourcesSay({ parts, pnr, companions }: Known, leg: BoardLeg) {
  const api = parts.api?.content
  const person = parts.pnr?.content
  const content = pnr && inForce(pnr)?.content
  const checkIns = content?.checkIns.filter((one) => one.traveller === person?.reference) ?? []
  const bags = [api?.baggage, person?.baggage, ...checkIns.map((one) => one.baggage)].filter((one) => one !== undefined)
  return {
    compare: compareSources(api, person, nameLikeness).map(({ api: a, pnr: p, ...row }) => ({
      ...row,
      api: given({ value: a.value, source: sourceRef(parts.api?.transmission, a.span) }),
      pnr: given({ value: p.value, source: sourceRef(parts.pnr?.transmission, p.span) }),
    })),
    documents: documentsOf(parts),
    itinerary: content ? itineraryView(content.itinerary, leg) : [],
    contacts: contactsOf(parts, pnr && inForce(pnr)),
    addresses: [
      ...(api?.addresses ?? []).map((one) => addressView(one, 'api')),
      ...[...(person?.addresses ?? []), ...(content?.addresses ?? [])].map((one) => addressView(one, 'pnr')),
    ],
    frequentFlyers: frequentFlyersOf(api, person),
    baggage: {
      tags: [...new Set(bags.flatMap((one) => one.tags))],
      ...given({
        count: bags.find((one) => one.count !== undefined)?.count,
        weightKg: bags.find((one) => one.weightKg !== undefined)?.weightKg,
      }),
    },
    ...(parts.pnr &&
      pnr &&
      given({
        booking: bookingView({ pnr, companions, person: parts.pnr.content, transmission: parts.pnr.transmission }),
      })),
  }
}

/** Each document once, with who gave it; the main one first. */
function documentsOf({ api, pnr }: Parts) {
  const sent = [
    ...(api?.content.documents ?? []).map((document) => ({ document, from: 'api' as const, in: api?.transmission })),
    ...(pnr?.content.documents ?? []).map((document) => ({ document, from: 'pnr' as const, in: pnr?.transmission })),
  ]
  const main = mainDocument(sent.map((one) => one.document))?.number
  const keyOf = ({ kind, number, issuer }: TravelDocument): string => [kind, number, issuer ?? ''].join(' ')
  return [...Map.groupBy(sent, (one) => keyOf(one.document)).values()]
    .map((group) => ({ first: group[0], sources: [...new Set(group.map((one) => one.from))] }))
    .flatMap(({ first, sources }) => (first ? [{ ...first, sources }] : []))
    .sort((a, b) => Number(b.document.number === main) - Number(a.document.number === main))
    .map(({ document, sources, in: transmission }) => ({
      kind: document.kind,
      type: document.type,
      number: document.number,
      sources,
      ...given({
        issuer: document.issuer,
        expires: document.expires,
        source: sourceRef(transmission, document.at),
      }),
    }))
}

function contactsOf({ api, pnr }: Parts, booking: PnrVersionRow | undefined) {
  const sent = [
    ...from(api?.content.contacts, 'api', api?.transmission),
    ...from(pnr?.content.contacts, 'pnr', pnr?.transmission),
    ...from(booking?.content.contacts, 'pnr', booking?.transmission),
  ]
  return [...Map.groupBy(sent, ({ contact }) => `${contact.kind} ${contact.value}`).values()].flatMap((group) => {
    const first = group[0]
    if (!first) return []
    return [
      {
        kind: first.contact.kind,
        value: first.contact.value,
        sources: [...new Set(group.map((one) => one.from))],
        ...given({ source: sourceRef(first.in, first.contact.at) }),
      },
    ]
  })
}

const from = (contacts: readonly Contact[] | undefined, source: 'api' | 'pnr', transmission: string | undefined) =>
  (contacts ?? []).map((contact) => ({ contact, from: source, in: transmission }))

const addressView = (address: Address, source: 'api' | 'pnr') => ({
  kind: address.kind,
  text: [address.street, address.city, address.state, address.postcode, address.country].filter(Boolean).join(', '),
  source,
})

const frequentFlyersOf = (api: ApiTraveller | undefined, pnr: PnrTraveller | undefined) => [
  ...(pnr?.frequentFlyers ?? []).map((one) => ({
    carrier: one.carrier,
    number: one.number,
    ...given({ level: one.level }),
  })),
  ...(api?.frequentFlyer && !pnr?.frequentFlyers.some((one) => api.frequentFlyer?.endsWith(one.number))
    ? [{ carrier: '', number: api.frequentFlyer }]
    : []),
]

/** What was noticed in the messages inside the bytes of these parts and of the PNR. */
function findingsOn({ parts, pnr, transmissions }: Known) {
  const booking = pnr && inForce(pnr)
  const places = [
    ...(parts.api ? [{ in: parts.api.transmission, spans: spansOf(parts.api.content) }] : []),
    ...(parts.pnr ? [{ in: parts.pnr.transmission, spans: spansOf(parts.pnr.content) }] : []),
    ...(booking ? [{ in: booking.transmission, spans: [booking.content.span] }] : []),
  ]
  const found = new Set(
    places.flatMap((place) => {
      const findings = transmissions.find((one) => one.id === place.in)?.findings ?? []
      return findings.filter((finding) => isWithin(finding, place.spans))
    }),
  )
  return [...found].map(findingView)
}

const isWithin = ({ at }: Finding, spans: readonly Span[]): boolean =>
  at.byte >= Math.min(...spans.map((span) => span[0])) && at.byte < Math.max(...spans.map((span) => span[1]))
