import type { SplitPnr } from '#domain/pnr.ts'
import { readAdd } from './addresses.ts'
import { readAgency, readEbd, readPnrDates, readRci } from './booking.ts'
import { readCheckInAgent, readCheckInDate, readCheckInTif, readSsd, readTbd, readTri } from './checkins.ts'
import { readUtc } from './dates.ts'
import { takeAbi, takeHistoryDate, takeHistoryLine, takeLts, takeSac } from './history.ts'
import { readIft } from './ift.ts'
import { readApd, readProduct, readProductTvl, readRpi, readTra, readTvl } from './itinerary.ts'
import { keep, keepRest, keepWhole } from './kept.ts'
import { squeeze } from './names.ts'
import { putAside } from './ssrs.ts'
import { readBilling, readFop, readMon, readPtk, readTicketDate, readTkt, readTxd } from './tickets.ts'
import { findByName, readFar, readFti, readRef, readTif } from './travellers.ts'
import { type Group, note, type Open, type OpenPnr, readCount, type Work } from './work.ts'

/** What is known when a PNR begins. */
export type Beginning = Pick<Work, 'tape' | 'sink' | 'today' | 'leg' | 'profile' | 'limits' | 'first'>

export function newWork(begin: Beginning): Work {
  const { tape, sink, today, leg, profile, limits, first } = begin
  const pnr: OpenPnr = {
    locators: [],
    locator: '',
    cancelled: false,
    numberOfTravellers: 0,
    travellers: [],
    itinerary: [],
    checkIns: [],
    contacts: [],
    addresses: [],
    ssrs: [],
    remarks: [],
    splitWith: [],
    at: {},
    span: [0, 0],
  }
  return {
    tape,
    sink,
    today,
    profile,
    limits,
    tooMany: false,
    first,
    leg,
    pnr,
    ssrs: [],
    texts: [],
    keptSegments: undefined,
    fops: 0,
    event: undefined,
    productCode: undefined,
    productRead: false,
    abi: false,
    groupSizeSent: undefined,
    pendingCheckIns: [],
    byReference: new Map(),
    withInfant: [],
    segment: 0,
    group: 1,
    traveller: undefined,
    ticket: undefined,
    payments: [],
    flight: undefined,
    transaction: undefined,
    checkIn: undefined,
    product: 'other',
    splitQuantity: undefined,
    past: undefined,
    groupSize: 0,
    emptyOrg: false,
    ownLocator: false,
    fareBasis: undefined,
    fareCalculation: undefined,
  }
}

/**
 * Takes one segment of a PNR to its reader. The place in the tree decides what a tag means (PNRGOV guide, segment table):
 * a DAT after a ticket is its date of issue, after a flight a check-in, after ABI a change. A tag that is allowed nowhere
 * at the present place closes groups until it is; order is not enforced.
 */
export function readSegment(work: Work, segment: number, tag: string): void {
  work.segment = segment
  if (work.group < 10) keepRest(work, segment, tag)
  const group = work.group
  switch (tag) {
    case 'SSR':
      if (group >= 11) takeHistoryLine(work, segment, tag)
      else putAside(work, segment)
      break
    case 'TVL':
      if (group >= 11) {
        takeHistoryLine(work, segment, tag)
        break
      }
      if (group === 9) readProductTvl(work, segment)
      else readTvl(work, segment)
      break
    case 'TIF':
      // Check-in and history (ABI, SAC) name somebody only behind a flight; before it he travels, whatever stands in front of him
      if (group >= 11 && work.abi && work.pnr.itinerary.length > 0) {
        takeHistoryLine(work, segment, tag)
        break
      }
      if (group === 7 && work.pnr.itinerary.length > 0 && work.checkIn?.surname === undefined) {
        readCheckInTif(work, segment)
        break
      }
      if (group < 5 || work.pnr.itinerary.length === 0 || !isKnown(work, segment)) readTif(work, segment)
      break
    case 'IFT':
      if (group >= 10) takeHistoryLine(work, segment, tag)
      else readIft(work, segment)
      break
    case 'RPI':
      if (group >= 10) takeHistoryLine(work, segment, tag)
      else readRpi(work, segment)
      break
    case 'TBD':
      if (group >= 10) takeHistoryLine(work, segment, tag)
      else readTbd(work, segment)
      break
    case 'DAT':
      readDat(work, segment, group)
      break
    case 'RCI':
      if (group === 8) readSplit(work, segment)
      else readRci(work, segment)
      break
    case 'ORG':
      if (group === 6 || group === 7) {
        readCheckInAgent(work, segment)
        break
      }
      readAgency(work, segment)
      break
    case 'ADD':
      if (group === 4) readBilling(work, segment)
      else readAdd(work, segment)
      break
    case 'EBD':
      readEbd(work, segment)
      break
    case 'FTI':
      readFti(work, segment)
      break
    case 'REF':
      readRef(work, segment)
      break
    case 'FAR':
      readFar(work, segment)
      break
    case 'TKT':
      readTkt(work, segment)
      break
    case 'MON':
      readMon(work, segment)
      break
    case 'FOP':
      readFop(work, segment)
      break
    case 'TRA':
      readTra(work, segment)
      break
    case 'APD':
      readApd(work, segment)
      break
    case 'TRI':
      readTri(work, segment)
      break
    case 'SSD':
      readSsd(work, segment)
      break
    case 'EQN':
      work.splitQuantity = readCount(work.tape.text(segment, 1))
      work.group = 8
      break
    case 'MSG':
      readProduct(work, segment)
      break
    case 'ABI':
      takeAbi(work, segment)
      break
    case 'SAC':
      takeSac(work, segment)
      break
    case 'LTS':
      takeLts(work, segment)
      break
    case 'PTK':
      readPtk(work, segment)
      break
    case 'TXD':
      readTxd(work, segment)
      break
    case 'UNT':
    case 'UNE':
    case 'UNZ':
      break
    default:
      keep(work, segment)
      note(work, 'pnrgov.segment-unknown', segment, /^[A-Z]{3}$/.test(tag) ? tag : '')
      break
  }
}

/** A TIF behind the flights that repeats a traveller: by his very names, for Mr and Mrs are two, and his reference. */
function isKnown(work: Work, segment: number): boolean {
  const surname = work.tape.text(segment, 1)
  const givenNames = work.tape.text(segment, 2)
  const reference = work.tape.text(segment, 2, 3)
  const named = findByName(work.pnr.travellers, surname, givenNames)
  if (!named || squeeze(named.surname) !== squeeze(surname) || squeeze(named.givenNames) !== squeeze(givenNames))
    return false
  if (reference !== undefined && named.reference !== '' && named.reference !== reference) return false
  note(work, 'pnrgov.traveller-repeated', segment)
  keep(work, segment)
  return true
}

function readDat(work: Work, segment: number, group: Group): void {
  if (group >= 10) {
    takeHistoryDate(work, segment)
    return
  }
  const qualifier = work.tape.text(segment, 1)
  const booking = qualifier === '700' || qualifier === '710'
  if (work.ticket && group >= 3 && group <= 4 && qualifier !== '700') {
    readTicketDate(work, segment)
    return
  }
  if (booking || group < 5 || group > 7) {
    readPnrDates(work, segment)
    return
  }
  readCheckInDate(work, segment)
}

/** Reads the other PNR of a split (GR8): `EQN+2'` then `RCI+ZX:SPL778::290426:1200'`. */
function readSplit(work: Work, segment: number): void {
  const { tape, pnr, today } = work
  const locator = tape.text(segment, 1, 2)
  if (locator === undefined) {
    keep(work, segment)
    return
  }
  if (tape.elements(segment) > 1) keepWhole(work, segment)
  const other: Open<SplitPnr> = { locator }
  const company = tape.text(segment, 1)
  const created = readUtc(tape.text(segment, 1, 4), tape.text(segment, 1, 5), today)
  if (work.splitQuantity !== undefined) other.quantity = work.splitQuantity
  if (company !== undefined) other.company = company
  if (created !== undefined) other.created = created
  pnr.splitWith.push(other)
  work.splitQuantity = undefined
}
