import type { AircraftType } from './fleet.ts'

/** A route as its carrier plans it: from its base outwards and back again, some times a week. */
export interface Route {
  readonly carrier: string
  /** Airports from the base outwards; more than two: the flight calls on the way. */
  readonly path: readonly string[]
  readonly perWeek: number
  readonly aircraft: AircraftType
  /** Number of the first flight outwards; the way back has the next one. */
  readonly number: number
  /** Carrier that sells the same seats under its own number. */
  readonly codeshare?: string
}

const isAircraft = (text: string | undefined): text is AircraftType =>
  ['320', '321', '73H', 'E90', 'AT7', '788', '333'].includes(text ?? '')

/** Carrier and first number, then lines of `path perWeek aircraft [codeshare]`. */
function plan(carrier: string, firstNumber: number, lines: string): readonly Route[] {
  return lines
    .trim()
    .split('\n')
    .map((line, index) => {
      const [path = '', perWeek = '', type, codeshare] = line.trim().split(/\s+/)
      if (!isAircraft(type)) throw new RangeError(`no such aircraft in the plan of ${carrier}`)
      const number = firstNumber + index * 10
      const route = { carrier, path: path.split('-'), perWeek: Number(perWeek), aircraft: type, number }
      return codeshare ? { ...route, codeshare } : route
    })
}

/** About 125 international movements a day at Baku, the other airports of Azerbaijan, and some domestic flights. */
export const ROUTES: readonly Route[] = [
  ...plan(
    '0X',
    101,
    `GYD-IST 21 320 0T
     GYD-ESB 4 320
     GYD-AYT 5 320
     GYD-ADB 3 320
     GYD-DXB 14 321 0G
     GYD-TBS 10 E90 0L
     GYD-VKO 12 320
     GYD-LED 5 320
     GYD-KZN 3 E90
     GYD-MRV 3 E90
     GYD-SVX 2 E90
     GYD-ALA 6 320 0S
     GYD-NQZ 3 320 0S
     GYD-SCO 5 E90
     GYD-TAS 6 320 0Z
     GYD-DEL 4 321 0I
     GYD-ISB 2 320
     GYD-LHE 3 320
     GYD-KHI 2 320
     GYD-PEK 3 788
     GYD-URC 2 320
     GYD-LHR 4 788 0F
     GYD-CDG 3 320
     GYD-FRA 4 321 0N
     GYD-BER 2 320
     GYD-MXP 3 320
     GYD-TLV 7 320 0M
     GYD-JED 3 321
     GYD-RUH 3 320
     GYD-DMM 1 320
     GYD-MED 1 320
     GYD-CAI 3 320
     GYD-IKA 4 E90
     GYD-KWI 2 320
     GYD-BGW 3 E90
     GYD-MSQ 3 E90
     NAJ-GYD-IST 7 320
     GNJ-IST 3 320
     NAJ-IST 4 320
     GYD-NAJ 28 E90
     GYD-GNJ 5 AT7
     GYD-LLK 3 AT7
     GYD-FZL 3 AT7
     GYD-ZZE 2 AT7`,
  ),
  ...plan(
    '0H',
    601,
    `GYD-SAW 14 320
     GYD-ESB 4 320
     GYD-AYT 7 320
     GYD-ADB 3 320
     GYD-TBS 7 320
     GYD-BUS 3 320
     GYD-DXB 7 320
     GYD-AUH 4 320
     GYD-RUH 3 320
     GYD-DME 7 320
     GYD-LED 4 320
     GYD-ALA 3 320
     GYD-TAS 4 320
     GYD-SKD 2 320
     GYD-KUT 3 320
     GYD-TLV 4 320
     GYD-BER 3 320
     GYD-MXP 2 320
     GYD-BUD 3 320
     GYD-DEL 3 320
     GYD-BOM 2 320
     GYD-LHE 2 320
     GYD-JED 2 320
     GYD-ATH 2 320
     GNJ-SAW 3 320
     NAJ-SAW 4 320
     LLK-DME 2 320`,
  ),
  ...plan('0T', 331, 'IST-GYD 28 321 0X\nIST-GYD-ALA 4 321\nIST-NAJ 4 73H\nIST-GNJ 4 73H'),
  ...plan('0Q', 211, 'SAW-GYD 14 73H\nAYT-GYD 7 73H\nADB-GYD 3 73H\nSAW-GNJ 3 73H\nSAW-NAJ 3 73H'),
  ...plan('0G', 721, 'DXB-GYD 21 73H 0X\nDXB-GBB 3 73H'),
  ...plan('0U', 351, 'DOH-GYD 7 320'),
  ...plan('0R', 1851, 'SVO-GYD 14 320\nSVO-GNJ 3 73H\nSVO-NAJ 2 73H'),
  ...plan('0E', 451, 'MRV-GYD 4 E90\nKZN-GYD 3 73H\nSVX-GYD 2 73H\nLED-GYD 3 320\nLED-GNJ 2 73H'),
  ...plan('0L', 511, 'TBS-GYD 10 E90'),
  ...plan('0S', 251, 'ALA-GYD 6 320\nSCO-GYD 7 E90\nGUW-GYD 3 E90\nNQZ-GYD 3 320'),
  ...plan('0Z', 811, 'TAS-GYD 5 320'),
  ...plan('0N', 611, 'FRA-GYD 5 321 0X'),
  ...plan('0F', 161, 'LHR-GYD 3 321'),
  ...plan('0I', 981, 'DEL-GYD 4 320\nBOM-GYD 3 320'),
  ...plan('0W', 681, 'URC-GYD 3 73H\nPEK-URC-GYD 2 333'),
  ...plan('0M', 291, 'TLV-GYD 5 73H'),
]
