import { countryCode } from '#domain/countries.ts'
import type { DocumentKind } from '#domain/traveller.ts'
import { trimmed } from '../trimmed.ts'
import { codeOf } from './codes.ts'
import { isDateAsWritten, readDocumentDate } from './dates.ts'
import { keep, keepRest, keepWhole } from './kept.ts'
import type { OpenDocument, OpenPerson, PersonContext } from './person.ts'
import type { PaxlstProfile } from './profile.ts'

/** Opens GR5: `DOC+P:110:111+C01X00T47'`. What 1131 and 3055 say is of no use, and often wrong. */
export function openDocument(context: PersonContext, person: OpenPerson, at: number): OpenDocument {
  const { tape, sink, profile } = context
  const sent = tape.text(at, 1, 1)
  const type = codeOf(sent)
  const numberAsSent = trimmed(tape.text(at, 2, 1)) ?? ''
  const number = documentNumber(numberAsSent)
  const kind = documentKind(type, profile)
  const document: OpenDocument = { kind, type, number, numberAsSent, at: tape.span(at, 2, 1) }
  if (kind === 'other' && !profile.documents.has(type))
    sink.add('paxlst.document-type', tape.place(at, 1), type.slice(0, 3))
  if (!isPlausible(number)) sink.add('paxlst.document-number', tape.place(at, 2), '')
  person.documents.push(document)
  if (isWrittenSo(context, at, type)) keepRest(context, at, 'DOC')
  else keepWhole(context, at)
  return document
}

/** A document with a type names the list of types; one without says nothing there. */
function isWrittenSo({ tape, list }: PersonContext, at: number, type: string): boolean {
  const [code, agency] = type === '' ? [undefined, undefined] : ['110', list]
  return tape.text(at, 1, 2) === code && tape.text(at, 1, 3) === agency && (tape.text(at, 1, 1) ?? '') === type
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

/** The letters of an MRZ document code may follow the first: `PD`, `PS`. */
export function documentKind(type: string, { documents }: PaxlstProfile): DocumentKind {
  const kind = documents.get(type)
  if (kind) return kind
  if (type.startsWith('P')) return 'passport'
  return type.startsWith('V') ? 'visa' : 'other'
}

/** `DTM+36:310904'` expiry, `DTM+182:210904'` issue */
export function readDocumentDates(context: PersonContext, document: OpenDocument, at: number, qualifier: string): void {
  const { tape, sink, day } = context
  const sent = tape.text(at, 1, 2)
  const { date, problem } = readDocumentDate(sent, day)
  if (problem === 'impossible') sink.add('paxlst.document-expiry', tape.place(at), '')
  const issue = qualifier === '182'
  if (!date || (issue ? document.issued : document.expires) !== undefined) {
    keep(context, at)
    return
  }
  if (issue) document.issued = date
  else {
    document.expires = date
    if (date < day.slice(0, date.length)) sink.add('paxlst.document-expired', tape.place(at), '')
  }
  const format = tape.text(at, 1, 3)
  const usual = sent?.length === 6 && format === undefined
  if (usual || isDateAsWritten([sent ?? '', format], date, day, readDocumentDate)) keepRest(context, at, 'DTM')
  else keepWhole(context, at)
}

/** `LOC+91+AZE'`; in words (3224) where it is no State: `LOC+91+:::CITY OF X'`. */
export function readIssuer(context: PersonContext, document: OpenDocument, at: number): void {
  const { tape, sink } = context
  const sent = tape.text(at, 2)
  const words = tape.text(at, 2, 4)
  const issuer = countryCode(sent ?? '')
  if (!issuer && (sent || !words)) sink.add('paxlst.document-issuer', tape.place(at), sent?.trim().slice(0, 3) ?? '')
  if (document.issuer !== undefined || document.issuedAt !== undefined || (!issuer && !words)) {
    keep(context, at)
    return
  }
  if (issuer) document.issuer = issuer
  if (words) document.issuedAt = words
  if (sent !== issuer || !tape.fits(at, ISSUER, false)) keepWhole(context, at)
}

const ISSUER = [1, 4]
