import { countryCode } from '#domain/countries.ts'
import type { Span } from '#domain/finding.ts'
import type { Address, TravelDocument } from '#domain/traveller.ts'
import type { CivilDate } from '#lib/time.ts'
import { type Docs, placeOf, readDocs } from './docs.ts'
import { infantNamed, infantsOf } from './infants.ts'
import { readSlashed, sameName } from './names.ts'
import { spanOf } from './ssr-parts.ts'
import { readDoca, readDoco, readFoid } from './ssr-texts.ts'
import { addFrequentFlyer, addTraveller, findByName } from './travellers.ts'
import { MOST_COMPARED, note, type Open, type OpenTraveller, type PendingSsr, type Work, withOne } from './work.ts'

/** Gives a DOCS to its traveller: document, and who he is according to it. */
export function applyDocs(work: Work, ssr: PendingSsr, text: string, owner: OpenTraveller | undefined): void {
  if (!text) return
  const docs = readDocs(text, work.today)
  if (docs.shifted) note(work, 'pnrgov.docs-repaired', ssr.segment)
  if (docs.badDates > 0) note(work, 'pnrgov.docs-date', ssr.segment)
  const traveller = bearer(work, ssr, docs, owner)
  if (!traveller) return
  const at: TextPlace = { work, ssr, fields: docs.fields, whole: spanOf(work, ssr), length: text.length }
  const { birthIn } = docs

  if (docs.surname !== undefined && traveller.documentSurname === undefined) {
    traveller.documentSurname = docs.surname
    traveller.at.documentSurname = placeIn(at, docs.surnameIn)
    if (docs.givenNames !== undefined) {
      traveller.documentGivenNames = docs.givenNames
      traveller.at.documentGivenNames = placeIn(at, birthIn + 4, docs.lastGivenIn)
    }
    if (!traveller.surname) traveller.surname = docs.surname
  }
  if (docs.birthDate !== undefined && (traveller.birthDate === undefined || traveller.documents.length === 0)) {
    traveller.birthDate = docs.birthDate
    traveller.at.birthDate = placeIn(at, birthIn)
    recordYears(work, traveller, docs.birthDate)
  }
  if (docs.sex !== undefined && traveller.at.sex === undefined) {
    traveller.sex = docs.sex
    traveller.at.sex = placeIn(at, birthIn + 1)
  }
  if (docs.nationality !== undefined && traveller.nationality === undefined) {
    traveller.nationality = country(docs.nationality)
    traveller.at.nationality = placeIn(at, docs.nationalityIn)
  }
  if (docs.number === undefined) return
  const document = newDocument(work, docs.type ?? '', docs.number)
  if (docs.issuer !== undefined) document.issuer = country(docs.issuer)
  if (docs.expires !== undefined) document.expires = docs.expires
  document.at = placeIn(at, docs.documentIn)
  addDocument(traveller, document)
}

/** The text of a DOCS that stands somewhere in the message. */
interface TextPlace {
  readonly work: Work
  readonly ssr: PendingSsr
  readonly fields: Docs['fields']
  readonly whole: Span
  readonly length: number
}

/** Places inside the text are places in the bytes only where nothing was unescaped or joined. */
function placeIn({ work, ssr, fields, whole, length }: TextPlace, first: number, last = first): Span {
  const { tape } = work
  if (tape.spanWithin) return tape.spanWithin(ssr.segment, 1, 9, placeOf(fields, first, last, 0))
  return whole[1] - whole[0] === length ? placeOf(fields, first, last, whole[0]) : whole
}

/** A hundred years earlier somebody may have been born as well: whoever is that old is rare, not impossible. */
function recordYears({ today, profile }: Work, traveller: OpenTraveller, date: CivilDate): void {
  const year = Number(date.slice(0, 4))
  if (today.year - (year - 100) <= profile.oldestYears) traveller.birthYears = [year, year - 100]
}

/**
 * Whose DOCS it is. An infant's hangs on its adult: it says so (MI, FI), or the birth date and another name do. One that
 * nobody in the PNR can be the bearer of adds a traveller: a person is never lost.
 */
function bearer(work: Work, ssr: PendingSsr, docs: Docs, owner: OpenTraveller | undefined): OpenTraveller | undefined {
  const { travellers } = work.pnr
  if (docs.infant || lapChild(work, docs, owner)) {
    if (owner?.kind === 'infant') return owner
    return infantNamed(work, owner, docs.surname, docs.givenNames)
  }
  if (owner) return owner
  const booked = docs.pnrName === undefined ? undefined : readSlashed(docs.pnrName)
  const named =
    (booked && findByName(travellers, booked.surname, booked.givenNames)) ??
    findByName(travellers, docs.surname, docs.givenNames)
  if (named) return named
  const seated = travellers.filter((traveller) => traveller.kind !== 'infant')
  if (seated.length === 1) return seated[0]
  if (docs.surname === undefined) return undefined
  note(work, 'pnrgov.docs-unassigned', ssr.segment)
  return addTraveller(work, docs.surname, docs.givenNames)
}

/** Born less than two years before the day of receipt, and not the owner's own name. */
function lapChild(work: Work, docs: Docs, owner: OpenTraveller | undefined): boolean {
  if (!owner || docs.birthDate === undefined || docs.surname === undefined) return false
  const years = Number(work.today.date.slice(0, 4)) - Number(docs.birthDate.slice(0, 4))
  if (years > 2 || (years === 2 && docs.birthDate.slice(5) < work.today.date.slice(5))) return false
  if (owner.kind === 'infant' || owner.kind === 'child') return false
  return sameName(docs.surname, docs.givenNames, owner.surname, owner.givenNames) === 0
}

const PLAIN = /^[A-Z0-9]+$/

function newDocument({ profile }: Work, type: string, number: string): Open<TravelDocument> {
  return {
    kind: profile.documents.get(type) ?? 'other',
    type,
    number: PLAIN.test(number) ? number : number.toUpperCase().replace(/[\s-]+/g, ''),
    numberAsSent: number,
  }
}

function addDocument(traveller: OpenTraveller, document: TravelDocument): void {
  const { documents } = traveller
  for (let at = Math.min(documents.length, MOST_COMPARED) - 1; at >= 0; at--) {
    const known = documents[at]
    if (known?.number === document.number && known.kind === document.kind) return
  }
  traveller.documents = withOne(documents, document)
}

/** Reads an SSR DOCA: where the traveller lives or will stay. */
export function applyDoca(work: Work, text: string, owner: OpenTraveller | undefined): void {
  const read = readDoca(text)
  const infant = read?.infant && owner ? infantsOf(work, owner)[0] : undefined
  const traveller = infant ?? owner
  if (!read || !traveller) return
  const { addresses } = traveller
  const known = addresses.length <= MOST_COMPARED && addresses.some((other) => sameAddress(other, read.address))
  if (!known) addresses.push(read.address)
}

const sameAddress = (one: Address, other: Address): boolean =>
  one.kind === other.kind &&
  one.street === other.street &&
  one.city === other.city &&
  one.state === other.state &&
  one.postcode === other.postcode &&
  one.country === other.country

/** Reads an SSR DOCO: a visa, a known-traveller or redress number. */
export function applyDoco(work: Work, ssr: PendingSsr, text: string, owner: OpenTraveller | undefined): void {
  const read = readDoco(text, work.today)
  const infant = read?.infant && owner ? infantsOf(work, owner)[0] : undefined
  const traveller = infant ?? owner
  if (!read?.number || !traveller) return
  const document = newDocument(work, read.type, read.number)
  if (read.country !== undefined) document.issuer = country(read.country)
  if (read.issued !== undefined) document.issued = read.issued
  if (read.issuedAt !== undefined) document.issuedAt = read.issuedAt
  document.at = spanOf(work, ssr)
  addDocument(traveller, document)
}

/** Reads an SSR FOID: a document that DOCS may name as well, or a frequent-flyer number. Card numbers are not kept. */
export function applyFoid(work: Work, ssr: PendingSsr, text: string, owner: OpenTraveller | undefined): void {
  const read = readFoid(text)
  if (!read || !owner || read.type === 'CC' || read.type === 'TN' || read.type === 'CN') return
  if (read.type === 'FF') {
    addFrequentFlyer(owner, read.value.slice(0, 2), read.value.slice(2))
    return
  }
  const document = newDocument(work, read.type, read.value)
  const { documents } = owner
  if (documents.length <= MOST_COMPARED && documents.some((known) => document.number.endsWith(known.number))) return
  document.at = spanOf(work, ssr)
  addDocument(owner, document)
}

const country = (text: string): string => countryCode(text) ?? text
