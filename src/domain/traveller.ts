import type { CivilDate } from '#lib/time.ts'
import type { Span } from './finding.ts'

/** `transit-*` persons do not enter the State (PAXLST 3035 DDU, DDT). */
export type Role = 'passenger' | 'crew' | 'transit-passenger' | 'transit-crew'

/** As a machine-readable document shows it; X: unspecified, U: not known to the sender. */
export type Sex = 'M' | 'F' | 'X' | 'U'

export type DocumentKind = 'passport' | 'visa' | 'identity-card' | 'crew-certificate' | 'residence-permit' | 'other'

/** A travel document as a carrier reported it. Countries are ICAO three-letter codes. */
export interface TravelDocument {
  readonly kind: DocumentKind
  /** The sender's own type code: `P`, `V`, `AC`, `IP` …; empty where none was sent. */
  readonly type: string
  /** Upper case, without blanks and hyphens. */
  readonly number: string
  readonly numberAsSent: string
  readonly issuer?: string
  readonly expires?: CivilDate
  readonly issued?: CivilDate
  readonly issuedAt?: string
  readonly at?: Span
}

export interface Baggage {
  readonly count?: number
  readonly weightKg?: number
  readonly tags: readonly string[]
}

export interface Address {
  readonly kind: 'residence' | 'destination' | 'contact' | 'billing'
  readonly street?: string
  readonly city?: string
  readonly state?: string
  readonly postcode?: string
  readonly country?: string
}

/** A way to reach a person, as sent. */
export interface Contact {
  readonly kind: 'phone' | 'email' | 'fax' | 'address' | 'agency-phone' | 'emergency' | 'other'
  readonly value: string
  readonly at?: Span
}

export type CrewDuty = 'cockpit' | 'cabin' | 'operations' | 'cargo' | 'off-duty-pilot'

/** Which bytes of the message each field came from: field name → span. */
export type Provenance = Readonly<Record<string, Span>>

/** One person of a PAXLST, as sent. Names are never changed; unknown is absent, never empty. */
export interface ApiTraveller {
  readonly role: Role
  readonly surname?: string
  readonly givenNames?: string
  readonly birthDate?: CivilDate
  /** Where the date cannot be, has fillers, or was read in another order than the guide's. */
  readonly birthDateAsSent?: string
  /** The other reading, where two digits of a year, or the order of day and month, leave two. */
  readonly birthDateAlternative?: CivilDate
  readonly sex: Sex
  readonly nationality?: string
  readonly nationalities: readonly string[]
  readonly residence?: string
  readonly birthPlace?: {
    readonly country?: string
    readonly city?: string
    readonly region?: string
    readonly text?: string
  }
  readonly addresses: readonly Address[]
  readonly documents: readonly TravelDocument[]
  readonly contacts: readonly Contact[]
  readonly embark?: string
  readonly disembark?: string
  readonly clearance?: string
  readonly seat?: string
  readonly baggage: Baggage
  readonly crewDuty?: CrewDuty
  /** True: read by machine from the document (GEI 173); false: typed (GEI 174). */
  readonly verified?: boolean
  readonly locator?: string
  /** The carrier's unique passenger reference (RFF ABO). */
  readonly passengerReference?: string
  readonly agencyReference?: string
  readonly frequentFlyer?: string
  readonly ticket?: string
  readonly at: Provenance
}
