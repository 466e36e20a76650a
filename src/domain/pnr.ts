import type { CivilDate, Instant, LocalDateTime } from '#lib/time.ts'
import type { Span } from './finding.ts'
import type { Address, Baggage, Contact, Provenance, Sex, TravelDocument } from './traveller.ts'

export interface Locator {
  readonly company: string
  readonly locator: string
  readonly created?: Instant
  /** Reference of a departure control system only (RCI 9958 `C`). */
  readonly checkInOnly?: boolean
}

export interface Payment {
  readonly form: 'card' | 'cash' | 'cheque' | 'invoice' | 'miscellaneous' | 'other'
  readonly formAsSent: string
  readonly amount?: string
  readonly currency?: string
  readonly cardVendor?: string
  /** First six and last four digits at most; never a whole card number. */
  readonly cardMasked?: string
  readonly cardExpires?: string
  readonly payer?: string
  readonly billing?: Address
  readonly at?: Span
}

export interface Ticket {
  readonly number: string
  readonly type?: string
  readonly booklets?: number
  readonly issued?: Instant
  readonly fareBasis?: string
  readonly total?: string
  readonly currency?: string
  readonly fareCalculation?: string
  readonly payments: readonly Payment[]
  readonly at?: Span
}

export interface FrequentFlyer {
  readonly carrier: string
  readonly number: string
  readonly level?: string
}

/** An SSR that the sensitive-data filter let pass. */
export interface Ssr {
  readonly code: string
  readonly status?: string
  readonly quantity?: number
  readonly carrier?: string
  readonly from?: string
  readonly to?: string
  readonly text?: string
  /** References of the travellers it is about; empty: all. */
  readonly travellers: readonly string[]
  readonly at?: Span
}

/** One flight, or other stretch, of the itinerary. `surface`: ARNK; `open`: date or flight not fixed. */
export interface Segment {
  readonly kind: 'flight' | 'surface' | 'open' | 'hotel' | 'car' | 'other'
  readonly carrier?: string
  readonly number?: string
  readonly suffix?: string
  readonly operatingCarrier?: string
  readonly operatingNumber?: string
  readonly bookingClass?: string
  readonly from?: string
  readonly to?: string
  readonly departs?: LocalDateTime
  readonly arrives?: LocalDateTime
  readonly status?: string
  readonly quantity?: number
  readonly aircraft?: string
  readonly text?: string
  readonly at?: Span
}

export interface CheckIn {
  /** Reference of the traveller in this PNR. */
  readonly traveller?: string
  readonly sequence?: string
  readonly seat?: string
  readonly cabin?: string
  readonly baggage: Baggage
  readonly at?: Instant
  readonly carrier?: string
  readonly from?: string
  readonly to?: string
}

/** One traveller of a PNR. `reference` is unique inside the PNR and made up by the reader where none was sent. */
export interface PnrTraveller {
  readonly reference: string
  /** As in the booking (TIF), title and all. */
  readonly surname: string
  readonly givenNames?: string
  /** As in the travel document (SSR DOCS), where that was sent. */
  readonly documentSurname?: string
  readonly documentGivenNames?: string
  readonly kind: 'adult' | 'child' | 'infant' | 'unaccompanied-minor' | 'unknown'
  /** The adult that an infant travels with. */
  readonly infantOf?: string
  readonly birthDate?: CivilDate
  readonly sex?: Sex
  readonly nationality?: string
  readonly documents: readonly TravelDocument[]
  readonly addresses: readonly Address[]
  readonly contacts: readonly Contact[]
  readonly frequentFlyers: readonly FrequentFlyer[]
  readonly tickets: readonly Ticket[]
  readonly seat?: string
  readonly baggage: Baggage
  readonly checkedIn?: boolean
  readonly carrierReference?: string
  readonly at: Provenance
}

export interface BookingAgency {
  readonly kind?: 'airline' | 'travel-agency' | 'other'
  readonly system?: string
  readonly iataNumber?: string
  readonly office?: string
  readonly city?: string
  readonly country?: string
  readonly currency?: string
  readonly agent?: string
}

/** Text that the filter let pass: contact, payer, ticket or unaccompanied-minor remarks; others only if the profile allows. */
export interface Remark {
  readonly kind: string
  readonly text: string
  readonly at?: Span
}

export interface HistoryEntry {
  readonly at?: Instant
  readonly agent?: string
  readonly action: 'added' | 'cancelled' | 'other'
  readonly text: string
}

/** One PNR of a push, complete as sent at that time. */
export interface Pnr {
  readonly locators: readonly Locator[]
  /** The sender's own record locator, or one that the reader derived (`noLocator`). */
  readonly locator: string
  readonly noLocator?: boolean
  readonly created?: Instant
  readonly changed?: Instant
  readonly ticketed?: Instant
  /** The PNR, or the pushed flight in it, was cancelled: nothing else is known (empty ORG). */
  readonly cancelled: boolean
  readonly groupName?: string
  readonly numberOfTravellers: number
  readonly travellers: readonly PnrTraveller[]
  readonly itinerary: readonly Segment[]
  readonly checkIns: readonly CheckIn[]
  readonly contacts: readonly Contact[]
  readonly addresses: readonly Address[]
  readonly agency?: BookingAgency
  readonly ssrs: readonly Ssr[]
  readonly remarks: readonly Remark[]
  readonly baggagePrepaid?: {
    readonly count?: number
    readonly weightKg?: number
    readonly amount?: string
    readonly currency?: string
  }
  readonly splitWith: readonly { readonly locator: string; readonly quantity?: number }[]
  readonly history: readonly HistoryEntry[]
  readonly at: Provenance
  /** The PNR's bytes in the message, SRC to the segment before the next SRC. */
  readonly span: Span
}
