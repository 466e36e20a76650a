import type { Remark } from '#domain/pnr.ts'
import type { PnrgovProfile } from './profile.ts'
import { putTextAside } from './sent.ts'
import { readEmail, readOsiContact } from './ssr-texts.ts'
import { readPayer } from './tickets.ts'
import { addContact, isBlanked, textFrom, type Work } from './work.ts'

/**
 * Reads free text: OSI and other remarks, contacts, fare calculation, payer.
 *
 *     IFT+4:28::ZX+CTCM 4790000001'
 *         1.1 1.2  1.4  2 and on
 */
export function readIft(work: Work, segment: number): void {
  const { tape, pnr, profile } = work
  putTextAside(work, segment, 'IFT')
  const unqualified = tape.text(segment, 1)
  const type = tape.text(segment, 1, 2)
  if (type === profile.payer && work.group >= 3 && work.group <= 4) {
    readPayer(work, segment)
    return
  }
  const text = textFrom(
    tape,
    segment,
    unqualified !== undefined && unqualified.length > 2 && type === undefined ? 1 : 2,
  )
  if (text === undefined || isBlanked(text)) return
  if (type === profile.fareCalculation && work.group >= 2 && work.group <= 4 && (work.ticket || work.traveller)) {
    if (work.ticket) work.ticket.fareCalculation = text
    else work.fareCalculation = text
    return
  }
  const contacts = work.group === 2 && work.traveller ? work.traveller.contacts : pnr.contacts
  const kind = type === undefined ? undefined : profile.contacts.get(type)
  if (kind) {
    addContact(contacts, { kind, value: kind === 'email' ? readEmail(text) : text, at: tape.span(segment, 2) })
    return
  }
  if (type === profile.osi || type === undefined) {
    const contact = readOsiContact(text)
    if (contact) {
      addContact(contacts, { ...contact, at: tape.span(segment, 2) })
      return
    }
  }
  pnr.remarks.push({ kind: remarkKind(type, profile), text, at: tape.span(segment, 2) } satisfies Remark)
}

const remarkKind = (type: string | undefined, profile: PnrgovProfile): string =>
  type === undefined ? 'osi' : (profile.remarks.get(type) ?? `text-${type}`)
