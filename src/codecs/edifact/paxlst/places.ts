import { airport } from '#domain/airports.ts'
import { countryCode } from '#domain/countries.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Tape } from '../tape.ts'
import { readIssuer } from './doc.ts'
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
  switch (tape.text(at, 1)) {
    case '22':
      if (sent) person.clearance = airportCode(sent)
      break
    case '174': {
      const country = countryCode(sent ?? '')
      if (country) person.residence = country
      break
    }
    case '178':
      if (!sent) break
      person.embark = airportCode(sent)
      person.at.embark = tape.span(at, 2)
      break
    case '179':
      if (!sent) break
      person.disembark = airportCode(sent)
      person.at.disembark = tape.span(at, 2)
      break
    case '180':
      readBirthPlace(person, tape, at, sent)
      break
    case '91':
      if (document) readIssuer(context, document, at)
      break
    default:
      break
  }
}

/** IATA where ICAO or UN/LOCODE was sent; what is unknown stays as it is. */
const airportCode = (sent: string): string => airport(sent)?.iata ?? sent.trim().toUpperCase()

/** `LOC+180+:::AMBERTOWN AZE'`, or `LOC+180+AZE+:::GANJA+:::REGION'` */
function readBirthPlace(person: OpenPerson, tape: Tape, at: number, sent: string | undefined): void {
  const place: { -readonly [K in keyof NonNullable<ApiTraveller['birthPlace']>]: string } = {}
  const country = countryCode(sent ?? '')
  const text = tape.text(at, 2, 4) ?? (country ? undefined : sent)
  const city = tape.text(at, 3, 4)
  const region = tape.text(at, 4, 4)
  if (country) place.country = country
  if (city) place.city = city
  if (region) place.region = region
  if (text) place.text = text
  if (country || city || region || text) person.birthPlace = place
}
