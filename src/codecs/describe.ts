import type { SentLeg } from '#domain/leg.ts'
import type { Decoded, Message } from '#domain/message.ts'
import { isPaxlst, isPnrgov, isReply } from '#domain/message.ts'
import type { Pnr, PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller, TravelDocument } from '#domain/traveller.ts'

/** A value as JSON holds it; what is unknown is left out. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }
type JsonObject = { readonly [key: string]: Json | undefined }

/**
 * What was understood of some bytes, as `preclear decode --json` prints it: messages with their legs, travellers and PNRs,
 * and the findings with their places. The shape is kept from version to version; keys are only added.
 */
export function describe({ messages, findings }: Decoded): {
  readonly messages: readonly Json[]
  readonly findings: readonly Json[]
} {
  return {
    messages: messages.map(describeMessage),
    findings: findings.map(({ severity, code, at, detail }) => ({
      severity,
      code,
      at: { byte: at.byte, line: at.line, segment: at.segment },
      detail,
    })),
  }
}

function describeMessage(message: Message): JsonObject {
  const { envelope } = message
  const head = {
    type: message.type,
    version: message.version,
    function: functionOf(message),
    reference: envelope.reference,
    interchange: envelope.interchange,
    sender: envelope.sender,
    recipient: envelope.recipient,
    prepared: envelope.prepared,
    test: envelope.test,
    access: envelope.access,
    part: envelope.part && { ...envelope.part },
  }
  if (isPaxlst(message))
    return compact({
      ...head,
      document: message.document,
      crewList: message.crewList,
      transaction: message.transaction,
      declaredTotal: message.declaredTotal,
      legs: message.legs.map(describeLeg),
      travellers: message.travellers.map(describeApiTraveller),
      pnrs: [],
    })
  if (isPnrgov(message))
    return compact({
      ...head,
      declaredTotal: message.declaredTotal,
      legs: [describeLeg(message.leg)],
      travellers: message.pnrs.flatMap((pnr) => pnr.travellers.map(describePnrTraveller)),
      pnrs: message.pnrs.map(describePnr),
    })
  const { type: _, version: __, envelope: ___, span: ____, ...rest } = message
  const said = isReply(message) ? plain(rest) : {}
  return compact({ ...head, ...said, legs: legsOf(message).map(describeLeg), travellers: [], pnrs: [] })
}

function functionOf(message: Message): string {
  if ('unreadable' in message) return 'unreadable'
  switch (message.type) {
    case 'CUSRES':
      return message.kind
    case 'ACKRES':
      return message.accepted ? 'accepted' : 'refused'
    case 'GOVREQ':
      return message.request
    case 'CONTRL':
      return message.subject.action
    default:
      return message.function
  }
}

function legsOf(message: Message): readonly SentLeg[] {
  if (!isReply(message)) return []
  if (message.type === 'CUSRES') return message.legs
  return message.type === 'GOVREQ' && message.leg ? [message.leg] : []
}

const describeLeg = (leg: SentLeg): JsonObject =>
  compact({
    carrier: leg.carrier,
    number: leg.number,
    suffix: leg.suffix,
    from: leg.from,
    to: leg.to,
    departs: leg.departs,
    arrives: leg.arrives,
    place: leg.place,
  })

const describeDocument = ({ type, number, issuer, expires }: TravelDocument): JsonObject =>
  compact({ type, number, issuer, expires })

function describeApiTraveller(traveller: ApiTraveller): JsonObject {
  const { role, surname, givenNames, birthDate, sex, nationality, documents, seat, baggage } = traveller
  return compact({
    role,
    surname,
    givenNames,
    birthDate,
    sex,
    nationality,
    documents: documents.map(describeDocument),
    seats: seat ? [seat] : [],
    bags: baggage.count,
    bagTags: baggage.tags.length > 0 ? baggage.tags : undefined,
    locator: traveller.locator,
    passengerReference: traveller.passengerReference,
    embark: traveller.embark,
    disembark: traveller.disembark,
  })
}

/** By the travel document where that was sent, else as booked. */
function describePnrTraveller(traveller: PnrTraveller): JsonObject {
  const { documentSurname, documentGivenNames, surname, givenNames, kind, seat, baggage } = traveller
  const documented = documentSurname !== undefined
  return compact({
    role: 'passenger',
    kind,
    surname: documented ? documentSurname : surname,
    givenNames: documented ? documentGivenNames : givenNames,
    bookedAs: documented ? compact({ surname, givenNames }) : undefined,
    birthDate: traveller.birthDate,
    sex: traveller.sex,
    nationality: traveller.nationality,
    documents: traveller.documents.map(describeDocument),
    seats: seat ? [seat] : [],
    bags: baggage.count,
    bagTags: baggage.tags.length > 0 ? baggage.tags : undefined,
    infantOf: traveller.infantOf,
  })
}

/** Everything about the booking; provenance stays out. */
function describePnr(pnr: Pnr): JsonObject {
  const { at: _, span: __, travellers, ...rest } = pnr
  return { ...plain(rest), travellers: travellers.map(describePnrTraveller) }
}

/** Data without spans. */
function plain(value: object): JsonObject {
  return JSON.parse(
    JSON.stringify(value, (key, one: unknown) => (key === 'at' && Array.isArray(one) ? undefined : one)),
  )
}

const compact = (values: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
