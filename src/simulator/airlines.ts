/**
 * The carriers of the simulator. None exists: every designator begins with a zero, every name says that it is
 * simulated, and the places they fly to are the only real thing about them.
 */
export interface Airline {
  /** Two-character designator. */
  readonly code: string
  readonly icao: string
  readonly name: string
  /** Country of its crews, alpha-2. */
  readonly country: string
  readonly hub: string
  /** Three digits before each of its ticket numbers. */
  readonly accounting: string
  readonly pnrgovVersion: '11:1' | '13:1' | '14:1' | '15:1' | '17:1'
  readonly paxlstVersion: 'D:02B' | 'D:05B' | 'D:12B'
  /** Puts its messages into functional groups. */
  readonly grouped: boolean
  /** Gives each PAXLST a transaction number and so asks for a CUSRES. */
  readonly wantsCusres: boolean
  /** Asks about each traveller by himself, at check-in. */
  readonly interactive: boolean
  /** PNRs in one part of a push; 0: never split. */
  readonly partSize: number
  /** At -24 h: only what changed, or everything again. */
  readonly update: 'changes' | 'everything'
  readonly closeOut: 'close-on-board' | 'close-not-on-board' | 'none'
  /** Share of bookings that come from travel agencies. */
  readonly agencies: number
  readonly budget: boolean
}

const DEFAULTS = {
  pnrgovVersion: '13:1',
  paxlstVersion: 'D:12B',
  grouped: false,
  wantsCusres: false,
  interactive: false,
  partSize: 0,
  update: 'changes',
  closeOut: 'none',
  agencies: 0.55,
  budget: false,
} satisfies Partial<Airline>

const airline = (
  code: string,
  icao: string,
  name: string,
  country: string,
  hub: string,
  accounting: string,
  habits: Partial<Airline> = {},
): Airline => ({ ...DEFAULTS, code, icao, name: `${name} (simulated)`, country, hub, accounting, ...habits })

export const AIRLINES: readonly Airline[] = [
  airline('0X', 'XXA', 'Xazri Air', 'AZ', 'GYD', '901', { wantsCusres: true, closeOut: 'close-on-board' }),
  airline('0H', 'XXB', 'Hamsa Budget', 'AZ', 'GYD', '903', {
    pnrgovVersion: '15:1',
    paxlstVersion: 'D:05B',
    update: 'everything',
    agencies: 0.15,
    budget: true,
  }),
  airline('0T', 'XXC', 'Bosporia Airlines', 'TR', 'IST', '905', {
    pnrgovVersion: '14:1',
    grouped: true,
    partSize: 40,
    wantsCusres: true,
    closeOut: 'close-not-on-board',
  }),
  airline('0Q', 'XXD', 'Anadolis Jet', 'TR', 'SAW', '907', {
    pnrgovVersion: '11:1',
    paxlstVersion: 'D:05B',
    update: 'everything',
    agencies: 0.2,
    budget: true,
  }),
  airline('0G', 'XXE', 'Gulfara Airways', 'AE', 'DXB', '911', {
    pnrgovVersion: '17:1',
    paxlstVersion: 'D:05B',
    grouped: true,
    wantsCusres: true,
    interactive: true,
    closeOut: 'close-on-board',
  }),
  airline('0U', 'XXF', 'Pearlwing', 'QA', 'DOH', '913', { wantsCusres: true, grouped: true }),
  airline('0R', 'XXG', 'Severa Avia', 'RU', 'SVO', '915', {
    pnrgovVersion: '11:1',
    paxlstVersion: 'D:02B',
    update: 'everything',
  }),
  airline('0E', 'XXH', 'Volgana', 'RU', 'KZN', '917', { pnrgovVersion: '11:1', paxlstVersion: 'D:02B' }),
  airline('0L', 'XXI', 'Rioni Wings', 'GE', 'TBS', '919', { closeOut: 'close-on-board' }),
  airline('0S', 'XXJ', 'Steppe Horizon', 'KZ', 'NQZ', '921', { pnrgovVersion: '14:1' }),
  airline('0Z', 'XXK', 'Zarafshona Airways', 'UZ', 'TAS', '923', { pnrgovVersion: '11:1', paxlstVersion: 'D:05B' }),
  airline('0N', 'XXL', 'Nordmarka Luft', 'DE', 'FRA', '925', {
    grouped: true,
    wantsCusres: true,
    partSize: 50,
    closeOut: 'close-not-on-board',
  }),
  airline('0F', 'XXM', 'Albiona Skyways', 'GB', 'LHR', '927', {
    pnrgovVersion: '15:1',
    paxlstVersion: 'D:05B',
    grouped: true,
  }),
  airline('0I', 'XXN', 'Malwana Air', 'IN', 'DEL', '929', { paxlstVersion: 'D:02B' }),
  airline('0W', 'XXO', 'Tianlinga Airways', 'CN', 'URC', '931', { paxlstVersion: 'D:05B', update: 'everything' }),
  airline('0M', 'XXP', 'Carmelia Air', 'IL', 'TLV', '933', { pnrgovVersion: '14:1', closeOut: 'close-on-board' }),
]

const BY_CODE = new Map(AIRLINES.map((one) => [one.code, one]))

export function airlineOf(code: string): Airline {
  const found = BY_CODE.get(code)
  if (!found) throw new RangeError(`no such simulated carrier: ${code}`)
  return found
}

/** The simulated carriers, as a site registers them. */
export const carrierRegistry = (): readonly Airline[] => AIRLINES
