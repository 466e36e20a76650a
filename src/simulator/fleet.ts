/** An aircraft type with its cabin: business rows in front, then economy; letters from left to right. */
export interface Aircraft {
  /** IATA type code, as in APD. */
  readonly type: string
  readonly businessRows: number
  readonly businessLetters: string
  readonly rows: number
  readonly letters: string
  /** Letters beside a window, and beside an aisle. */
  readonly windows: string
  readonly aisles: string
}

const TYPES: readonly Aircraft[] = [
  { type: '320', businessRows: 3, businessLetters: 'ACDF', rows: 28, letters: 'ABCDEF', windows: 'AF', aisles: 'CD' },
  { type: '321', businessRows: 4, businessLetters: 'ACDF', rows: 34, letters: 'ABCDEF', windows: 'AF', aisles: 'CD' },
  { type: '73H', businessRows: 0, businessLetters: '', rows: 31, letters: 'ABCDEF', windows: 'AF', aisles: 'CD' },
  { type: 'E90', businessRows: 3, businessLetters: 'ACD', rows: 26, letters: 'ABCD', windows: 'AD', aisles: 'BC' },
  { type: 'AT7', businessRows: 0, businessLetters: '', rows: 18, letters: 'ABCD', windows: 'AD', aisles: 'BC' },
  {
    type: '788',
    businessRows: 5,
    businessLetters: 'ACDGHK',
    rows: 32,
    letters: 'ABCDEGHJK',
    windows: 'AK',
    aisles: 'CDGH',
  },
  {
    type: '333',
    businessRows: 6,
    businessLetters: 'ACDGHK',
    rows: 40,
    letters: 'ACDEFGHK',
    windows: 'AK',
    aisles: 'CDGH',
  },
]

export type AircraftType = '320' | '321' | '73H' | 'E90' | 'AT7' | '788' | '333'

export function aircraft(type: AircraftType): Aircraft {
  const found = TYPES.find((one) => one.type === type)
  if (!found) throw new RangeError(`no seat map for ${type}`)
  return found
}

export interface Seat {
  readonly number: string
  readonly cabin: 'J' | 'Y'
}

const maps = new WeakMap<Aircraft, readonly Seat[]>()

/** Every seat, row by row; there is no row 13. */
export function seatsOf(plane: Aircraft): readonly Seat[] {
  const known = maps.get(plane)
  if (known) return known
  const seats: Seat[] = []
  for (let row = 1; row <= plane.rows; row++) {
    if (row === 13) continue
    const business = row <= plane.businessRows
    for (const letter of business ? plane.businessLetters : plane.letters) {
      seats.push({ number: `${row}${letter}`, cabin: business ? 'J' : 'Y' })
    }
  }
  maps.set(plane, seats)
  return seats
}
