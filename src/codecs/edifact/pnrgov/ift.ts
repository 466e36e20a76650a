import type { Remark } from '#domain/pnr.ts'
import type { Contact } from '#domain/traveller.ts'
import { readEmail, readOsiContact } from './ssr-texts.ts'
import { readPayer } from './tickets.ts'
import { addContact, isBlanked, textFrom, type Work } from './work.ts'

/** 9980: what kind of text an IFT carries. */
export const REMARK_KINDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '7': 'remark',
    '9': 'ticket',
    '10': 'endorsement',
    '11': 'commission',
    '12': 'tour',
    '13': 'special-remark',
    '15': 'fare-calculation',
    '16': 'payment',
    '17': 'ticketing',
    '19': 'history',
    '23': 'ticketing-remark',
    '24': 'booking-party',
    '27': 'ticketing-time-limit',
    '28': 'osi',
    '34': 'fare',
    '38': 'itinerary',
    '39': 'agency',
    '43': 'payer',
  } as const),
)

const CONTACT_TYPES: ReadonlyMap<string, Contact['kind']> = new Map(
  Object.entries({
    '3': 'phone',
    '4': 'phone',
    '5': 'phone',
    '6': 'agency-phone',
    '61': 'email',
  } as const),
)

/**
 * Reads free text: OSI and other remarks, contacts, fare calculation, payer.
 *
 *     IFT+4:28::ZX+CTCM 4790000001'
 *         1.1 1.2  1.4  2 and on
 */
export function readIft(work: Work, segment: number): void {
  const { tape, pnr } = work
  const unqualified = tape.text(segment, 1)
  const type = tape.text(segment, 1, 2)
  if (type === '43' && work.group >= 3 && work.group <= 4) {
    readPayer(work, segment)
    return
  }
  const text = textFrom(
    tape,
    segment,
    unqualified !== undefined && unqualified.length > 2 && type === undefined ? 1 : 2,
  )
  if (text === undefined || isBlanked(text)) return
  if (type === '15' && work.group >= 2 && work.group <= 4 && (work.ticket || work.traveller)) {
    if (work.ticket) work.ticket.fareCalculation = text
    else work.fareCalculation = text
    return
  }
  const contacts = work.group === 2 && work.traveller ? work.traveller.contacts : pnr.contacts
  const kind = type === undefined ? undefined : CONTACT_TYPES.get(type)
  if (kind) {
    addContact(contacts, { kind, value: kind === 'email' ? readEmail(text) : text, at: tape.span(segment, 2) })
    return
  }
  if (type === '28' || type === undefined) {
    const contact = readOsiContact(text)
    if (contact) {
      addContact(contacts, { ...contact, at: tape.span(segment, 2) })
      return
    }
  }
  pnr.remarks.push({ kind: remarkKind(type), text, at: tape.span(segment, 2) } satisfies Remark)
}

const remarkKind = (type: string | undefined): string =>
  type === undefined ? 'osi' : (REMARK_KINDS.get(type) ?? `text-${type}`)
