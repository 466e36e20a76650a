export type RoleName =
  | 'analyst'
  | 'watchlist-officer'
  | 'targeting-officer'
  | 'frontline-officer'
  | 'carrier-liaison'
  | 'supervisor'
  | 'dpo'
  | 'administrator'

/** A signed-in person, acting for one agency and, once chosen, for one purpose. */
export interface Officer {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly agency: string
  readonly roles: readonly RoleName[]
  readonly purpose?: string
}
