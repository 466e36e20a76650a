import type { SentLeg } from '#domain/leg.ts'
import type { PaxlstFunction, PaxlstMessage } from '#domain/message.ts'
import type { CivilDate, LocalDateTime } from '#lib/time.ts'
import { type SegmentWriter, type WriteOptions, writeInterchange } from '../write.ts'
import { dayOf } from './dates.ts'
import { writePerson } from './write-person.ts'

/**
 * Writes a PAXLST in its strict form: segments in the guide's order, counts that add up. What `readPaxlst` reads from it
 * is the message again, provenance apart.
 *
 * Source: WCO/IATA/ICAO API Guidelines, PAXLST implementation guide; D.02B to D.15B differ in lengths only.
 */
export function writePaxlst(message: PaxlstMessage, options: WriteOptions = {}): Uint8Array {
  const version = message.version.includes(':') ? message.version.split(':') : ['D', '12B']
  return writeInterchange(
    message.envelope,
    { id: 'PAXLST', agency: 'UN', version },
    ['PAXLST', ...version, 'UN', 'IATA'],
    (writer) => writeBody(writer, message),
    { una: true, ...options },
  )
}

function writeBody(writer: SegmentWriter, message: PaxlstMessage): void {
  const [document, number] = DOCUMENTS[message.function]
  const sent = message.documentNumber ?? number
  writer.segment('BGM', message.document || (message.crewList ? '250' : document), sent?.split(':'))
  if (message.transaction) {
    writer.segment('RFF', ['TN', message.transaction, undefined, undefined, message.revision])
  }
  if (message.contact) writeSender(writer, message.contact)
  message.legs.forEach((leg, index) => {
    writeLeg(writer, leg, index === message.legs.length - 1)
  })
  const day = dayOf(message.legs, message.envelope.prepared)
  for (const traveller of message.travellers) writePerson(writer, traveller, day, message.function)
  if (message.declaredTotal !== undefined) {
    writer.segment('CNT', [message.crewList ? '41' : '42', String(message.declaredTotal)])
  }
}

/** BGM 1001 and 1004. */
const DOCUMENTS: Readonly<Record<PaxlstFunction, readonly [string, string?]>> = {
  list: ['745'],
  change: ['745', 'CP'],
  cancel: ['745', 'XR'],
  reduce: ['745', 'RP'],
  close: ['266', 'CL'],
  'close-on-board': ['266', 'CLOB'],
  'close-not-on-board': ['266', 'CLNB'],
  'cancel-flight': ['266', 'XF'],
  'change-flight': ['266', 'CF'],
  'gate-pass': ['655'],
  'master-crew': ['336'],
}

/** `NAD+MS+++0X APIS DESK'COM+994 12 555 0100:TE+APIS.0X.EXAMPLE:EM'` */
function writeSender(writer: SegmentWriter, { name, phones, emails }: NonNullable<PaxlstMessage['contact']>): void {
  writer.segment('NAD', 'MS', undefined, undefined, name)
  const ways = [...phones.map((one) => [one, 'TE']), ...emails.map((one) => [one, 'EM'])]
  for (let at = 0; at < ways.length; at += 3) writer.segment('COM', ...ways.slice(at, at + 3))
}

/** One TDT for each leg: `TDT+20+0X812+++0X'LOC+125+FRA'DTM+189:2606111015:201'LOC+87+GYD'DTM+232:…'` */
function writeLeg(writer: SegmentWriter, leg: SentLeg, last: boolean): void {
  const flight = leg.flightAsSent || `${leg.carrier}${leg.number}${leg.suffix ?? ''}`
  const [from, to] = leg.place === 'border' ? ['125', '87'] : ['92', leg.place === 'after' && last ? '130' : '92']
  writer.segment('TDT', leg.overflight ? '34' : '20', flight, undefined, undefined, leg.carrier)
  if (leg.from) writer.segment('LOC', from, leg.from)
  if (leg.departs) writer.segment('DTM', ['189', ...flightTime(leg.departs)])
  if (leg.to) writer.segment('LOC', to, leg.to)
  if (leg.arrives) writer.segment('DTM', ['232', ...flightTime(leg.arrives)])
}

/** YYMMDDHHMM (201), or YYMMDD (101) where no time of day is known. */
export function flightTime(local: LocalDateTime | CivilDate): [string, string] {
  const digits = local.replace(/\D/g, '').slice(2)
  return [digits, digits.length > 6 ? '201' : '101']
}
