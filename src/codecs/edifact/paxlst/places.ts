import { airport } from '#domain/airports.ts'
import { countryCode } from '#domain/countries.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import { codeOf } from './codes.ts'
import { readIssuer } from './doc.ts'
import { keep, keepRest, keepUnknown, keepWhole } from './kept.ts'
import type { OpenDocument, OpenPerson, PersonContext } from './person.ts'

/** LOC in GR4: 22 clearance, 174 residence, 178 and 179 ends of the journey, 180 birth; 91 behind a DOC its issuer. */
export function readPlace(
  context: PersonContext,
  person: OpenPerson,
  document: OpenDocument | undefined,
  at: number,
): void {
  const { tape } = context
  const sent = tape.text(at, 2)
  const qualifier = codeOf(tape.text(at, 1))
  switch (qualifier) {
    case '22':
      if (!sent || person.clearance !== undefined) keep(context, at)
      else {
        person.clearance = airportCode(sent)
        keepUnlike(context, at, sent, person.clearance)
      }
      break
    case '174':
      readResidence(context, person, at, sent)
      break
    case '178':
      if (!sent || person.embark !== undefined) keep(context, at)
      else {
        person.at.embark = tape.span(at, 2)
        person.embark = airportCode(sent)
        keepUnlike(context, at, sent, person.embark)
      }
      break
    case '179':
      if (!sent || person.disembark !== undefined) keep(context, at)
      else {
        person.at.disembark = tape.span(at, 2)
        person.disembark = airportCode(sent)
        keepUnlike(context, at, sent, person.disembark)
      }
      break
    case '180':
      readBirthPlace(context, person, at, sent)
      break
    case '91':
      if (document) readIssuer(context, document, at)
      else keep(context, at)
      break
    default:
      keepUnknown(context, at, 'LOC', qualifier)
  }
}

/** Keeps a place that is in the model in another form than was sent. */
function keepUnlike(context: PersonContext, at: number, sent: string, held: string): void {
  if (sent === held) keepRest(context, at, 'LOC')
  else keepWhole(context, at)
}

/** IATA where ICAO or UN/LOCODE was sent; what is unknown stays as it is. */
const airportCode = (sent: string): string => airport(sent)?.iata ?? sent.trim().toUpperCase()

function readResidence(context: PersonContext, person: OpenPerson, at: number, sent: string | undefined): void {
  const country = countryCode(sent ?? '')
  if (!country || person.residence !== undefined) {
    keep(context, at)
    return
  }
  person.residence = country
  keepUnlike(context, at, sent ?? '', country)
}

/** C517, C519 and C553: name in the fourth component. */
const BIRTH_PLACE = [1, 4, 4, 4]

/** `LOC+180+:::AMBERTOWN AZE'`, or `LOC+180+AZE+:::GANJA+:::REGION'` */
function readBirthPlace(context: PersonContext, person: OpenPerson, at: number, sent: string | undefined): void {
  const { tape } = context
  const place: { -readonly [K in keyof NonNullable<ApiTraveller['birthPlace']>]: string } = {}
  const country = countryCode(sent ?? '')
  const text = tape.text(at, 2, 4) ?? (country ? undefined : sent)
  const city = tape.text(at, 3, 4)
  const region = tape.text(at, 4, 4)
  if (country) place.country = country
  if (city) place.city = city
  if (region) place.region = region
  if (text) place.text = text
  if (person.birthPlace !== undefined || !(country || city || region || text)) {
    keep(context, at)
    return
  }
  person.birthPlace = place
  if (sent !== country || !tape.fits(at, BIRTH_PLACE, false)) keepWhole(context, at)
}
