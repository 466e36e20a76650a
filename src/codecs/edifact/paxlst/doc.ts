import { countryCode } from '#domain/countries.ts'
import type { DocumentKind } from '#domain/traveller.ts'
import { trimmed } from '../trimmed.ts'
import { readDocumentDate } from './dates.ts'
import type { OpenDocument, OpenPerson, PersonContext } from './person.ts'

/** Opens GR5: `DOC+P:110:111+C01X00T47'`. What 1131 and 3055 say is of no use, and often wrong. */
export function openDocument({ tape, sink }: PersonContext, person: OpenPerson, at: number): OpenDocument {
  const type = trimmed(tape.text(at, 1, 1))?.toUpperCase() ?? ''
  const numberAsSent = trimmed(tape.text(at, 2, 1)) ?? ''
  const number = documentNumber(numberAsSent)
  const document: OpenDocument = { kind: documentKind(type), type, number, numberAsSent, at: tape.span(at, 2, 1) }
  if (document.kind === 'other' && !KNOWN_OTHERS.has(type))
    sink.add('paxlst.document-type', tape.place(at, 1), type.slice(0, 3))
  if (!isPlausible(number)) sink.add('paxlst.document-number', tape.place(at, 2), '')
  person.documents.push(document)
  return document
}

/** Upper case, letters and digits only. */
export const documentNumber = (sent: string): string =>
  isClean(sent) ? sent : sent.toUpperCase().replace(/[^0-9A-Z]/g, '')

function isClean(sent: string): boolean {
  for (let at = 0; at < sent.length; at++) {
    const code = sent.charCodeAt(at)
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a))) return false
  }
  return true
}

/** 3 to 20 characters, not one repeated. */
const isPlausible = (number: string): boolean =>
  number.length >= 3 && number.length <= 20 && (number[0] !== number[1] || !/^(.)\1*$/.test(number))

/** Papers that no kind of ours fits: pilot's licence, facilitation document, military card. */
const KNOWN_OTHERS: ReadonlySet<string> = new Set(['L', 'F', 'M', 'G', 'N'])

/** The letters of an MRZ document code may follow the first: `PD`, `PS`. */
export function documentKind(type: string): DocumentKind {
  if (type === 'AC') return 'crew-certificate'
  if (type === 'IP') return 'identity-card'
  if (type.startsWith('P')) return 'passport'
  if (type.startsWith('V')) return 'visa'
  if (type === 'I' || type === 'A' || type === 'C' || type === 'ID') return 'identity-card'
  if (type === 'T' || type === 'R') return 'residence-permit'
  return 'other'
}

/** `DTM+36:310904'` expiry, `DTM+182:210904'` issue */
export function readDocumentDates({ tape, sink, day }: PersonContext, document: OpenDocument, at: number): void {
  const qualifier = tape.text(at, 1, 1)
  if (qualifier !== '36' && qualifier !== '182') return
  const { date, problem } = readDocumentDate(tape.text(at, 1, 2), day)
  if (problem === 'impossible') sink.add('paxlst.document-expiry', tape.place(at), '')
  if (!date) return
  if (qualifier === '182') document.issued = date
  else {
    document.expires = date
    if (date < day.slice(0, date.length)) sink.add('paxlst.document-expired', tape.place(at), '')
  }
}

/** `LOC+91+AZE'`; in words (3224) where it is no State: `LOC+91+:::CITY OF X'`. */
export function readIssuer({ tape, sink }: PersonContext, document: OpenDocument, at: number): void {
  const sent = tape.text(at, 2)
  const words = tape.text(at, 2, 4)
  const issuer = countryCode(sent ?? '')
  if (issuer) document.issuer = issuer
  else if (sent || !words) sink.add('paxlst.document-issuer', tape.place(at), sent?.trim().slice(0, 3) ?? '')
  if (words) document.issuedAt = words
}
