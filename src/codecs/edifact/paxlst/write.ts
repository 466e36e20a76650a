import type { SentLeg } from '#domain/leg.ts'
import type { KeptInList, PaxlstFunction, PaxlstMessage } from '#domain/message.ts'
import { DEFAULT_SERVICE, type ServiceCharacters } from '../tape.ts'
import { type WriteOptions, writeInterchange } from '../write.ts'
import { dayOf, flightTime } from './dates.ts'
import { legQualifiers } from './legs.ts'
import { CONTACT_CODES, MOST_WAYS } from './references.ts'
import { type Made, putBack, Sheet } from './write-kept.ts'
import { writePerson } from './write-person.ts'

/**
 * Writes a PAXLST in its strict form: segments in the guide's order, counts that add up, what was kept in its place. What
 * `readPaxlst` reads from it is the message again, provenance apart; a clean message has the same bytes but for line breaks.
 * The older US form is written in the form of D.12B.
 *
 * Source: WCO/IATA/ICAO API Guidelines, PAXLST implementation guide; D.02B to D.16B differ in lengths only.
 */
export function writePaxlst(message: PaxlstMessage, options: WriteOptions = {}): Uint8Array {
  const version = message.version.includes(':') ? message.version.split(':') : ['D', '12B']
  const groups = groupsOf(message)
  return writeInterchange(
    message.envelope,
    { id: 'PAXLST', agency: 'UN', version },
    ['PAXLST', ...version, 'UN', message.association ?? 'IATA'],
    (writer) => {
      for (const group of groups) for (const [tag, ...elements] of group) writer.segment(tag, ...elements)
    },
    { una: message.una !== '', ...declaredBy(message.una), ...options },
  )
}

/** The service characters that UNA declared. */
function declaredBy(una: string | undefined): { readonly service?: ServiceCharacters } {
  if (una?.length !== 6) return {}
  const [component = 0, element = 0, decimal = 0, release = 0, repetition = 0, terminator = 0] = Buffer.from(
    una,
    'latin1',
  )
  return { service: { ...DEFAULT_SERVICE, component, element, decimal, release, repetition, terminator } }
}

/** Head, persons and end, each with what was kept of it. */
function* groupsOf(message: PaxlstMessage): Generator<readonly Made[]> {
  const kept = Map.groupBy(message.kept ?? NOTHING, ({ group }) => group)
  const head = new Sheet()
  // Places are counted from UNH, which stands before
  head.segment('UNH')
  writeHead(head, message)
  yield putBack(head.made, kept.get(undefined) ?? NOTHING, undefined).slice(1)
  const day = dayOf(message.legs, message.envelope.prepared)
  for (const [index, traveller] of message.travellers.entries()) {
    const sheet = new Sheet()
    writePerson(sheet, traveller, { day, kind: message.function, list: message.documentList ?? '111' })
    yield putBack(sheet.made, kept.get(index) ?? NOTHING, index)
  }
  const end = new Sheet()
  if (message.declaredTotal !== undefined)
    end.segment('CNT', [message.crewList ? '41' : '42', String(message.declaredTotal)])
  yield putBack(end.made, kept.get('end') ?? NOTHING, 'end')
}

const NOTHING: readonly KeptInList[] = []

function writeHead(sheet: Sheet, message: PaxlstMessage): void {
  const [document, number] = DOCUMENTS[message.function]
  const sent = message.documentNumber ?? number
  sheet.segment('BGM', message.document || (message.crewList ? '250' : document), sent?.split(':'))
  if (message.transaction) {
    sheet.segment('RFF', ['TN', message.transaction, undefined, undefined, message.revision])
  }
  if (message.contact) writeSender(sheet, message.contact)
  message.legs.forEach((leg, index) => {
    if (index === 0 || !message.oneFlight) writeFlight(sheet, leg)
    writeLeg(sheet, leg, index === message.legs.length - 1)
  })
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

/** `NAD+MS+++0X APIS DESK'COM+994 12 555 0100:TE+994 12 555 0101:FX+APIS.0X.EXAMPLE:EM'` */
function writeSender(sheet: Sheet, { name, phones, faxes = [], emails }: NonNullable<PaxlstMessage['contact']>): void {
  sheet.segment('NAD', 'MS', undefined, undefined, name)
  const ways = [
    ...phones.map((one) => [one, CONTACT_CODES.phone]),
    ...faxes.map((one) => [one, CONTACT_CODES.fax]),
    ...emails.map((one) => [one, CONTACT_CODES.email]),
  ]
  for (let at = 0; at < ways.length; at += MOST_WAYS) sheet.segment('COM', ...ways.slice(at, at + MOST_WAYS))
}

/** `TDT+20+0X812+++0X'` */
function writeFlight(sheet: Sheet, leg: SentLeg): void {
  const flight = leg.flightAsSent || `${leg.carrier}${leg.number}${leg.suffix ?? ''}`
  sheet.segment('TDT', leg.overflight ? '34' : '20', flight, undefined, undefined, leg.carrier)
}

/** `LOC+125+FRA'DTM+189:2606111015:201'LOC+87+GYD'DTM+232:…'` */
function writeLeg(sheet: Sheet, leg: SentLeg, last: boolean): void {
  const [from, to] = legQualifiers(leg, last)
  if (leg.from) sheet.segment('LOC', from, leg.from)
  if (leg.from && leg.departs) sheet.segment('DTM', ['189', ...flightTime(leg.departs)])
  if (leg.to) sheet.segment('LOC', to, leg.to)
  if (leg.to && !leg.from && leg.departs) sheet.segment('DTM', ['189', ...flightTime(leg.departs)])
  if (leg.to && leg.arrives) sheet.segment('DTM', ['232', ...flightTime(leg.arrives)])
}
