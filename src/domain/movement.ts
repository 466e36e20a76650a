import type { Instant, LocalDateTime } from '#lib/time.ts'
import type { Pnr, PnrTraveller } from './pnr.ts'
import type { ApiTraveller, Role } from './traveller.ts'

/** `in`, `out`: crosses the State's border; `domestic`: within it; `over`: touches it only in transit or not at all. */
export type Direction = 'in' | 'out' | 'domestic' | 'over'

/** A leg as we keep it. Times carry their airport; instants are there where the airport's zone is known. */
export interface Leg {
  readonly id: string
  /** First day of the month of departure, `2026-06-01`: the partition that holds everything about this leg. */
  readonly month: string
  readonly carrier: string
  readonly number: string
  readonly suffix: string
  readonly from: string
  readonly to: string
  readonly date: string
  readonly direction: Direction
  readonly departs?: LocalDateTime
  readonly arrives?: LocalDateTime
  readonly departsAt?: Instant
  readonly arrivesAt?: Instant
}

/** One traveller on one leg: the unit that is screened. At least one of `api` and `pnrTraveller` is there. */
export interface Movement {
  readonly travellerId: string
  readonly leg: Leg
  readonly role: Role
  readonly api?: ApiTraveller
  readonly pnrTraveller?: PnrTraveller
  readonly pnr?: Pnr
}
