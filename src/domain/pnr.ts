import type { CivilDate, Instant, LocalDateTime } from '#lib/time.ts'
import type { Span } from './finding.ts'
import type { KeptSegment, PnrAsSent } from './pnr-as-sent.ts'
import type { Address, Baggage, Contact, Provenance, Sex, TravelDocument } from './traveller.ts'

export interface Locator {
  readonly company: string
  readonly locator: string
  readonly created?: Instant
  /** Reference of a departure control system only (RCI 9958 `C`). */
  readonly checkInOnly?: boolean
  /** 9958, where it is another. */
  readonly type?: string
  /** Only a flight's RCI has it (GR5). */
  readonly ofFlight?: true
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
  /** 9988: 2 old, 3 new, 5 original issue. */
  readonly indicator?: string
  readonly approval?: string
  readonly approvalSource?: string
  readonly holder?: string
  /** In one FOP with the payment before it. */
  readonly together?: true
  readonly at?: Span
}

/** 5025 B base, E equivalent, T total …; an amount is a number or a word such as FREE or IT. */
export interface Amount {
  readonly kind: string
  readonly amount?: string
  readonly currency?: string
  readonly place?: string
}

/** One TXD: taxes, fees and charges of a ticket. */
export interface Taxes {
  /** 5305: 700 additional, 701 paid, E exempt … */
  readonly category?: string
  readonly taxes: readonly {
    readonly code?: string
    readonly amount?: string
    readonly currency?: string
    readonly country?: string
  }[]
}

/** PTK: how a ticket was priced. */
export interface Pricing {
  /** 5387: NR not refundable, NE not endorsable … */
  readonly indicators?: readonly string[]
  readonly tariff?: string
  readonly deadline?: LocalDateTime
  readonly carrier?: string
  readonly accountingCodes?: readonly string[]
  readonly soldIn?: string
  readonly soldInCountry?: string
}

/** One FAR of a traveller. */
export interface Fare {
  readonly type?: string
  readonly age?: string
  readonly discount?: string
  readonly percentage?: string
  readonly country?: string
  readonly discountedClass?: string
  /** A corporate account. */
  readonly account?: string
  readonly groups?: readonly string[]
  readonly bases?: readonly string[]
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
  readonly amounts?: readonly Amount[]
  readonly taxes?: readonly Taxes[]
  readonly pricing?: Pricing
  /** 9988: 3 new, 4 exchanged … */
  readonly indicator?: string
  readonly action?: string
  readonly inConnectionWith?: string
  /** 4405 */
  readonly status?: string
  /** Known only from an SSR (TKNE and its like). */
  readonly fromSsr?: true
  readonly payments: readonly Payment[]
  readonly at?: Span
}

export interface FrequentFlyer {
  readonly carrier: string
  readonly number: string
  readonly level?: string
  /** 4405 */
  readonly status?: string
  readonly hierarchy?: string
  /** Name of the level. */
  readonly tier?: string
  readonly alliance?: string
  readonly priority?: string
  /** 9944, where it is sent. */
  readonly traveller?: string
  /** Known only from an SSR (FQTV and its like). */
  readonly fromSsr?: true
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
  /** Flight number as sent, where it is not the number in four digits. */
  readonly numberAsSent?: string
  readonly fromName?: string
  readonly toName?: string
  readonly dayVariation?: string
  /** The day of arrival was not sent: that of departure. */
  readonly arrivalDayUnsaid?: true
  readonly operatingClass?: string
  readonly operatingSuffix?: string
  /** The operating carrier's number came in a second TVL (`TVL`) or in TRA, where the TVL itself does not name that carrier (`TRA`). */
  readonly operatingBy?: 'TVL' | 'TRA'
  /** RPI 4405 in full, where there are several. */
  readonly statuses?: readonly string[]
  /** RCI of this flight's carrier. */
  readonly locators?: readonly Locator[]
  /** 4025: what kind of product (GR9). */
  readonly product?: string
  /** Property or vendor number, and rate or room code (GR9). */
  readonly property?: string
  readonly rate?: string
  /** Under the MSG of the product before it. */
  readonly together?: true
  readonly at?: Span
}

/** One check-in transaction on a flight (GR6): when, and who did it. */
export interface CheckInEvent {
  /** Which stretch of the itinerary, from 0. */
  readonly flight: number
  /** 2005: 2, 3 (free text) or nothing. */
  readonly qualifier?: string
  readonly at?: Instant
  readonly text?: string
  readonly by?: BookingAgency
}

/** Bags of one pool travel together; the head has them on his tags. */
export interface BagPool {
  /** HP head, MP member. */
  readonly role: string
  /** Boarding or ticket number of the head. */
  readonly reference?: string
}

/** One composite of tags in TBD: the first number and how many follow on. */
export interface BagTags {
  readonly carrier?: string
  readonly first: string
  readonly count?: string
  readonly to?: string
  readonly accountingCode?: string
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
  /** Which of the PNR's check-in transactions. */
  readonly event?: number
  /** TRI 9944. */
  readonly reference?: string
  /** Seat in TRI, where SSD does not have it. */
  readonly seatInTri?: true
  /** TIF of the check-in, as sent. */
  readonly named?: {
    readonly surname?: string
    readonly givenNames?: string
    readonly type?: string
    readonly reference?: string
  }
  readonly noSmoking?: string
  /** 9825 */
  readonly seatCharacteristics?: readonly string[]
  /** 9854 was sent as 9873. */
  readonly cabinClass?: string
  readonly bagPool?: BagPool
  /** 5463 or 6411 of the weight, and the weight itself, where they are not kilograms as 700. */
  readonly bagWeight?: { readonly weight: string; readonly unit?: string; readonly measure?: string }
  readonly bagTags?: readonly BagTags[]
}

/** Excess or prepaid baggage (EBD). */
export interface PrepaidBaggage {
  readonly count?: number
  readonly weightKg?: number
  readonly amount?: string
  readonly currency?: string
  /** The weight as sent, N pieces or W weight, K or L. */
  readonly weight?: string
  readonly unit?: string
  readonly measure?: string
}

/** What somebody did to the PNR (GR10), or a line about it. */
export interface PnrChange {
  readonly by: {
    /** 7293: 1 creator, 2 owner, 3 as the originator, 4 of the entry. */
    readonly kind?: string
    readonly agent?: string
    readonly office?: string
    readonly city?: string
    readonly country?: string
    readonly carrier?: string
  }
  readonly at?: Instant
  /** A line without structure (LTS), and nothing else. */
  readonly lines?: readonly string[]
  readonly actions: readonly {
    /** 4405: A added, X cancelled. */
    readonly action?: string
    readonly status?: string
    readonly place?: string
    /** TVL, RPI, SSR, TIF, IFT, TBD as sent. */
    readonly what: readonly { readonly tag: string; readonly elements: readonly (readonly string[])[] }[]
  }[]
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
  readonly furtherReferences?: readonly string[]
  /** 6353, where it says more than `kind`. */
  readonly kindAsSent?: string
  /** 9946, where it is not 1 for an adult with an infant and nothing else. */
  readonly accompanied?: string
  /** No reference was sent. */
  readonly referenceMade?: true
  /** No TIF names him: an SSR, a check-in or a ticket does. */
  readonly fromElsewhere?: true
  readonly fares?: readonly Fare[]
  readonly baggagePrepaid?: PrepaidBaggage
  /** Where the day of birth stood with two digits of a year: the years that it may mean, the one taken first. */
  readonly birthYears?: readonly number[]
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
  /** Place of the system (C336 3225), and whether `city` is that, the agent's own not being sent. */
  readonly systemCity?: string
  readonly cityOfSystem?: true
  /** Further ids (9902). */
  readonly furtherIds?: readonly string[]
  readonly carrier?: string
  readonly carrierCity?: string
  /** 9972, where it says more than `kind`. */
  readonly kindAsSent?: string
  readonly language?: string
  readonly terminal?: string
  readonly party?: string
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

/** Another PNR that this one was divided from or into (GR8). */
export interface SplitPnr {
  readonly locator: string
  readonly quantity?: number
  readonly company?: string
  readonly created?: Instant
  /** By which of the two was created later: `into` the other, or `from` it. */
  readonly direction?: 'into' | 'from'
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
  /** Seats of the group (TIF 6060), empty where none is said; `corporate`: TIF 6353 C. */
  readonly groupSize?: string
  readonly corporate?: true
  readonly numberOfTravellers: number
  readonly travellers: readonly PnrTraveller[]
  readonly itinerary: readonly Segment[]
  readonly checkIns: readonly CheckIn[]
  readonly contacts: readonly Contact[]
  readonly addresses: readonly Address[]
  readonly agency?: BookingAgency
  readonly ssrs: readonly Ssr[]
  readonly remarks: readonly Remark[]
  readonly baggagePrepaid?: PrepaidBaggage
  readonly splitWith: readonly SplitPnr[]
  readonly history: readonly HistoryEntry[]
  /** The same by who, when, and what was done. */
  readonly changes?: readonly PnrChange[]
  readonly checkInEvents?: readonly CheckInEvent[]
  readonly sent?: PnrAsSent
  /** What no reader took. */
  readonly kept?: readonly KeptSegment[]
  readonly at: Provenance
  /** The PNR's bytes in the message, SRC to the segment before the next SRC. */
  readonly span: Span
}
