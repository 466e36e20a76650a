/**
 * The five formats of a machine-readable zone as tables: where each field stands, and over what each check digit is made.
 * Lines and positions count from 0; ends are exclusive.
 * Source: ICAO Doc 9303 parts 4 (TD3), 5 (TD1), 6 (TD2), 7 (MRV-A, MRV-B).
 */
export type MrzFormat = 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B'
export type MrzField =
  | 'code'
  | 'issuer'
  | 'name'
  | 'number'
  | 'nationality'
  | 'birthDate'
  | 'sex'
  | 'expiryDate'
  | 'optional'
  | 'optional2'
export type MrzCheck = 'number' | 'birthDate' | 'expiryDate' | 'optional' | 'composite'

export type Place = readonly [line: number, from: number, to: number]

export interface MrzLayout {
  readonly format: MrzFormat
  readonly lines: number
  readonly width: number
  readonly fields: Readonly<Partial<Record<MrzField, Place>>>
  /** Where each check digit stands. */
  readonly digits: Readonly<Partial<Record<MrzCheck, Place>>>
  /** What the composite digit is made over: neither nationality nor sex nor name. */
  readonly composite: readonly Place[]
  /** Which optional field holds the rest of a document number that is too long for its own. */
  readonly overflow?: 'optional'
}

const TWO_LINES = {
  number: [1, 0, 9],
  nationality: [1, 10, 13],
  birthDate: [1, 13, 19],
  sex: [1, 20, 21],
  expiryDate: [1, 21, 27],
} as const
const TWO_LINE_DIGITS = { number: [1, 9, 10], birthDate: [1, 19, 20], expiryDate: [1, 27, 28] } as const
const HEAD = { code: [0, 0, 2], issuer: [0, 2, 5] } as const

export const LAYOUTS: readonly MrzLayout[] = [
  {
    format: 'TD1',
    lines: 3,
    width: 30,
    fields: {
      ...HEAD,
      number: [0, 5, 14],
      optional: [0, 15, 30],
      birthDate: [1, 0, 6],
      sex: [1, 7, 8],
      expiryDate: [1, 8, 14],
      nationality: [1, 15, 18],
      optional2: [1, 18, 29],
      name: [2, 0, 30],
    },
    digits: { number: [0, 14, 15], birthDate: [1, 6, 7], expiryDate: [1, 14, 15], composite: [1, 29, 30] },
    composite: [
      [0, 5, 30],
      [1, 0, 7],
      [1, 8, 15],
      [1, 18, 29],
    ],
    overflow: 'optional',
  },
  {
    format: 'TD2',
    lines: 2,
    width: 36,
    fields: { ...HEAD, ...TWO_LINES, name: [0, 5, 36], optional: [1, 28, 35] },
    digits: { ...TWO_LINE_DIGITS, composite: [1, 35, 36] },
    composite: [
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 35],
    ],
    overflow: 'optional',
  },
  {
    format: 'TD3',
    lines: 2,
    width: 44,
    fields: { ...HEAD, ...TWO_LINES, name: [0, 5, 44], optional: [1, 28, 42] },
    digits: { ...TWO_LINE_DIGITS, optional: [1, 42, 43], composite: [1, 43, 44] },
    composite: [
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 43],
    ],
  },
  {
    format: 'MRV-A',
    lines: 2,
    width: 44,
    fields: { ...HEAD, ...TWO_LINES, name: [0, 5, 44], optional: [1, 28, 44] },
    digits: TWO_LINE_DIGITS,
    composite: [],
  },
  {
    format: 'MRV-B',
    lines: 2,
    width: 36,
    fields: { ...HEAD, ...TWO_LINES, name: [0, 5, 36], optional: [1, 28, 36] },
    digits: TWO_LINE_DIGITS,
    composite: [],
  },
]

/** By how many lines there are, how long they are, and whether the first letter is that of a visa. */
export const layoutOf = (lines: number, width: number, visa: boolean): MrzLayout | undefined =>
  LAYOUTS.find((one) => one.lines === lines && one.width === width && one.format.startsWith('MRV') === visa)

export const layoutNamed = (format: MrzFormat): MrzLayout | undefined => LAYOUTS.find((one) => one.format === format)
