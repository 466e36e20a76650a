import type { Span } from './finding.ts'

/**
 * A segment that no reader took, or not all of: as it was sent, where it stood. One of which a part was understood stands for
 * the segment that a writer would make of that part.
 */
export interface KeptSegment {
  readonly tag: string
  /** Elements behind the tag, each with its components; empty ones are empty texts. */
  readonly elements: readonly (readonly string[])[]
  /** Place in the PNR, where SRC is 0; in the head of the message UNH is. */
  readonly index: number
  /** The how-many-th of its tag there, from 0. */
  readonly nth: number
  /** A reader took a part of it, which is in the model as well. */
  readonly known?: boolean
  /**
   * Sent as XML: the way to the element below the PNR, or below the document's root, `Passenger[2]/Visa`. Then `tag` is its
   * name, and each of `elements` an attribute and its value, the text last and without a name.
   */
  readonly path?: string
  readonly at: Span
}

/** Where in a PNR a text stood: with a traveller (GR2), a ticket or payment of his (GR3, GR4), a flight (GR5); else GR1. */
export interface SentPlace {
  /** Reference of the traveller. */
  readonly traveller?: string
  /** Which of his tickets, from 0. */
  readonly ticket?: number
  /** Which FOP of that ticket, from 0. */
  readonly payment?: number
  /** Which stretch of the itinerary, from 0. */
  readonly flight?: number
}

/** One of the further elements of an SSR (C332). */
export interface SsrDetail {
  readonly value?: string
  readonly unit?: string
  /** 9944 */
  readonly traveller?: string
  /** 9825: A aisle, W window … */
  readonly seat?: readonly string[]
}

/** An SSR as it was sent, whatever was understood of it. */
export interface SentSsr extends SentPlace {
  readonly code: string
  readonly status?: string
  readonly quantity?: string
  readonly carrier?: string
  readonly from?: string
  readonly to?: string
  readonly text?: string
  /** The text's components, where it has several. */
  readonly lines?: readonly string[]
  readonly details?: readonly SsrDetail[]
}

/** An IFT as it was sent. */
export interface SentText extends SentPlace {
  /** 4451, 9980, 4405, 9906, 3453 */
  readonly kind: readonly string[]
  readonly lines: readonly string[]
}

/** One composite of an ADD (C032). */
export interface SentAddress {
  readonly purpose?: string
  readonly street?: string
  readonly city?: string
  readonly stateCode?: string
  readonly state?: string
  readonly country?: string
  readonly postcode?: string
  readonly text?: string
}

/** An ADD as it was sent. */
export interface SentAdd extends SentPlace {
  readonly entries: readonly SentAddress[]
}

/**
 * The texts of a PNR in the order and place in which they were sent. Documents, contacts, addresses, seats and remarks of
 * the model were read from them; a writer that finds them writes these, and nothing that was read from them.
 */
export interface PnrAsSent {
  readonly ssrs: readonly SentSsr[]
  readonly texts: readonly SentText[]
  readonly addresses: readonly SentAdd[]
}
