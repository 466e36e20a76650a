/**
 * What one input may hold. What is beyond is told of (`input.too-many`) and not read, so that no input costs more than a
 * machine has; the largest aircraft has a thousandth of it. Bytes are bounded where they are taken: by the tape, the door
 * and the watched folder. Of XML see `XML_LIMITS`.
 */
export interface Limits {
  readonly messages: number
  /** PNRs of one message */
  readonly pnrs: number
  /** Persons of one list, travellers of one PNR */
  readonly persons: number
}

export const LIMITS: Limits = { messages: 250_000, pnrs: 250_000, persons: 250_000 }
