import type { SentLeg } from '#domain/leg.ts'
import type { OtherMessage, PnrgovMessage } from '#domain/message.ts'
import type { BookingAgency, Pnr } from '#domain/pnr.ts'
import type { KeptSegment } from '#domain/pnr-as-sent.ts'
import type { Instant } from '#lib/time.ts'
import { LIMITS, type Limits } from '../../limits.ts'
import type { MessageRange } from '../interchange.ts'
import { DEFAULT_SERVICE, type FindingSink, type Tape } from '../tape.ts'
import { readOrg } from './agency.ts'
import { readLocal, type Today, todayOf } from './dates.ts'
import { finishPnr } from './finish.ts'
import { keptFrom } from './kept.ts'
import { isTorn, mayHidePeople, mend } from './mend.ts'
import { DEFAULT_PNRGOV_PROFILE, type PnrgovProfile } from './profile.ts'
import { newWork, readSegment } from './walk.ts'
import { type Open, readCount, readFlightNumber, type Work } from './work.ts'

export interface PnrgovContext {
  /** Two-digit years are read around this moment. */
  readonly receivedAt: Instant
  /** What codes mean that the guide leaves open; the usual meanings without it. */
  readonly profile?: PnrgovProfile
  readonly limits?: Limits
}

/**
 * Reads a PNRGOV, whatever state it is in: the flight, and its PNRs (SRC and what follows), each on its own, so that one
 * that is past reading costs its neighbours nothing. Versions 10:1 to 21:1 have one grammar.
 *
 * Findings: `pnrgov.…` in `catalogue.ts`.
 * Source: PADIS EDIFACT implementation guide, PNRGOV (WCO, IATA, ICAO).
 */
export function readPnrgov(
  sent: Tape,
  range: MessageRange,
  sink: FindingSink,
  context: PnrgovContext,
): PnrgovMessage | OtherMessage {
  const today = todayOf(context.receivedAt)
  const profile = context.profile ?? DEFAULT_PNRGOV_PROFILE
  const limits = context.limits ?? LIMITS
  const people = mayHidePeople(sent, range.from, range.to)
  let { tape, last } = mendHead(sent, range, people, sink)
  let whole = tape === sent
  const head = readHead(tape, range, last, sink, today, profile)
  const pnrs: Pnr[] = []
  let work: Work | undefined
  let opened = head.next

  const close = (next: number): void => {
    if (!work) return
    const first = tape.span(opened)[0]
    const end = next > opened ? tape.span(next - 1)[1] : first
    if (next - opened < 2 && tape.tag(opened) === 'SRC') sink.add('pnrgov.pnr-empty', tape.place(opened), '')
    else {
      work.pnr.span = [first, end]
      pnrs.push(finishPnr(work, range.envelope.sender))
    }
    work = undefined
  }

  for (let segment = head.next; segment <= last; segment++) {
    const tag = tape.tag(segment)
    if (whole && isTorn(tape, segment, tag, people)) {
      whole = false
      ;({ tape, last } = mend(tape, segment, last, people, sink))
      if (work) work.tape = tape
    }
    if (tag === 'SRC' || (tag === 'UNT' && segment === last)) {
      close(segment)
      opened = segment
      if (tag === 'SRC' && pnrs.length >= limits.pnrs) {
        sink.add('input.too-many', tape.place(segment), `${limits.pnrs} PNRs`)
        break
      }
      if (tag === 'SRC') work = newWork({ tape, sink, today, leg: head.leg, profile, limits, first: segment })
      continue
    }
    if (!work && isTrailer(tag)) continue
    if (!work || (tag === 'RCI' && beginsPnr(tape, segment, last, work))) {
      close(segment)
      opened = segment
      sink.add('pnrgov.src-missing', tape.place(segment), '')
      work = newWork({ tape, sink, today, leg: head.leg, profile, limits, first: segment })
    }
    readSegment(work, segment, tag)
    if (tag === 'RCI' && work.group < 5 && work.pnr.locators.length > 0) work.ownLocator = true
  }
  close(last + 1)
  return finish(range, head, pnrs, tape, last, sink)
}

/** One in the middle of a message ends nothing. */
const isTrailer = (tag: string): boolean => tag === 'UNT' || tag === 'UNE' || tag === 'UNZ'

/** The message with its terminators put back, if one is lost before the first PNR; later ones are noticed on the way. */
function mendHead(tape: Tape, range: MessageRange, people: boolean, sink: FindingSink): ReturnType<typeof mend> {
  const last = range.to - 1
  for (let segment = range.from; segment <= Math.min(last, range.from + HEAD); segment++) {
    if (isTorn(tape, segment, tape.tag(segment), people)) return mend(tape, segment, last, people, sink)
  }
  return { tape, last }
}

const HEAD = 5

interface Head {
  readonly leg: SentLeg | undefined
  readonly function: PnrgovMessage['function']
  readonly originator: BookingAgency | undefined
  readonly kept: readonly KeptSegment[]
  readonly declaredTotal: number | undefined
  /** The first segment that belongs to a PNR. */
  readonly next: number
}

/** Components of each element that are read. */
const HEAD_LAYOUTS: Readonly<Record<string, readonly number[]>> = {
  MSG: [2],
  ORG: [2, 4, 1, 2, 1, 3, 1, 1, 1],
  TVL: [4, 1, 1, 1, 3],
  EQN: [1],
}

/** MSG, ORG, TVL and EQN before the first PNR, in any order, any of them missing. */
function readHead(
  tape: Tape,
  range: MessageRange,
  last: number,
  sink: FindingSink,
  today: Today,
  profile: PnrgovProfile,
): Head {
  let leg: SentLeg | undefined
  let sent: string | undefined
  let originator: BookingAgency | undefined
  const kept = new Map<number, boolean>()
  let declaredTotal: number | undefined
  let segment = range.from + 1
  for (; segment <= last; segment++) {
    const tag = tape.tag(segment)
    if (tag === 'MSG') sent = tape.text(segment, 1, 2) ?? tape.text(segment, 1) ?? ''
    else if (tag === 'ORG') originator ??= readOrg(tape, segment, profile)
    else if (tag === 'EQN') declaredTotal = readCount(tape.text(segment, 1))
    else if (tag === 'TVL') leg ??= readLeg(tape, segment, originator?.system ?? range.envelope.sender, sink, today)
    else break
    if (!tape.fits(segment, HEAD_LAYOUTS[tag] ?? [], false)) kept.set(segment, true)
  }
  const meant = profile.functions.get(sent ?? '')
  if (meant === undefined) {
    sink.add('pnrgov.function', tape.place(range.from), sent !== undefined && /^\d{1,3}$/.test(sent) ? sent : '')
  }
  if (!leg) {
    sink.add('pnrgov.leg-missing', tape.place(range.from), '')
    leg = legOfAccess(range.envelope.access, today)
  }
  return {
    leg,
    function: meant ?? 'full',
    originator,
    kept: keptFrom(tape, range.from, kept),
    declaredTotal,
    next: segment,
  }
}

/** Reads `TVL+100426:1905:100426:2315+DOH+OSL+ZX+0330'` before the first PNR: the flight that the push is about. */
function readLeg(tape: Tape, segment: number, sender: string, sink: FindingSink, today: Today): SentLeg | undefined {
  const flight = tape.text(segment, 5)
  const from = tape.text(segment, 2)
  const to = tape.text(segment, 3)
  if (flight === undefined && from === undefined && to === undefined) return undefined
  const number = flight === undefined ? undefined : readFlightNumber(flight)
  const suffix = tape.text(segment, 5, 3) ?? number?.suffix
  const carrier = tape.text(segment, 4) ?? sender
  const leg: Open<SentLeg> = {
    carrier,
    number: number?.number ?? flight ?? '',
    flightAsSent: `${tape.text(segment, 4) ?? ''}${flight ?? ''}`,
    from: from ?? '',
    to: to ?? '',
    place: 'border',
    overflight: false,
    at: tape.span(segment),
  }
  if (suffix !== undefined) leg.suffix = suffix
  readTimesOf(tape, segment, leg, sink, today)
  return leg
}

function readTimesOf(tape: Tape, segment: number, leg: Open<SentLeg>, sink: FindingSink, today: Today): void {
  const date = tape.text(segment, 1)
  const departs = readLocal(date, tape.text(segment, 1, 2), today)
  const third = tape.text(segment, 1, 3)
  const fourth = tape.text(segment, 1, 4)
  const short = third?.length === 4 && fourth === undefined
  const arrives = short
    ? readLocal(date, third, today)
    : third === undefined && fourth === undefined
      ? undefined
      : readLocal(third ?? date, fourth, today)
  if (departs !== undefined) leg.departs = departs
  else sink.add('pnrgov.date', tape.place(segment), '')
  if (short) sink.add('pnrgov.three-part-time', tape.place(segment), '')
  if (arrives !== undefined && !(short && departs !== undefined && arrives < departs)) leg.arrives = arrives
}

/** The flight in a common access reference: `ZX0330/100426/1905`. */
function legOfAccess(access: string | undefined, today: Today): SentLeg | undefined {
  const match = access === undefined ? null : /^([A-Z0-9]{2})(\d{1,4})([A-Z]?)\/(\d{6})\/(\d{4})/.exec(access)
  if (!match?.[1] || !match[2]) return undefined
  const departs = readLocal(match[4], match[5], today)
  if (!departs) return undefined
  const number = readFlightNumber(match[2])?.number ?? match[2]
  const leg: Open<SentLeg> = {
    carrier: match[1],
    number,
    flightAsSent: `${match[1]}${match[2]}`,
    from: '',
    to: '',
    departs,
    place: 'border',
    overflight: false,
  }
  if (match[3]) leg.suffix = match[3]
  return leg
}

/** A PNR whose SRC is lost: an RCI with a day of creation, far into another PNR, with a booking's segments behind it. */
function beginsPnr(tape: Tape, segment: number, last: number, work: Work): boolean {
  if (work.group < 2 || work.group === 8 || segment >= last) return false
  if (tape.text(segment, 1, 4) === undefined) return false
  const next = tape.tag(segment + 1)
  if (next === 'DAT') {
    const qualifier = tape.text(segment + 1, 1)
    return qualifier === '700' || qualifier === '710'
  }
  return next === 'ORG' || next === 'TIF' || next === 'ADD'
}

function finish(
  range: MessageRange,
  head: Head,
  pnrs: readonly Pnr[],
  tape: Tape,
  last: number,
  sink: FindingSink,
): PnrgovMessage | OtherMessage {
  const span = [tape.span(range.from)[0], tape.span(last)[1]] as const
  const leg = legWithAirports(head.leg, pnrs)
  if (!leg) {
    sink.add('pnrgov.no-leg', tape.place(range.from), '')
    return { type: 'PNRGOV', version: range.version, envelope: range.envelope, unreadable: true, span }
  }
  const part = range.envelope.part
  const whole = part === undefined || (part.final && part.number === 1)
  if (whole && head.declaredTotal !== undefined && head.declaredTotal !== pnrs.length) {
    sink.add('pnrgov.total', tape.place(range.from), `${head.declaredTotal}, ${pnrs.length}`)
  }
  const message: Open<PnrgovMessage> = {
    type: 'PNRGOV',
    version: range.version,
    envelope: range.envelope,
    function: head.function,
    leg,
    pnrs: [...pnrs],
    span,
  }
  const una = declared(tape, range.from)
  if (una !== undefined) message.una = una
  if (head.originator) message.originator = head.originator
  if (head.kept.length > 0) message.kept = [...head.kept]
  if (head.declaredTotal !== undefined) message.declaredTotal = head.declaredTotal
  return message
}

/** The six characters of UNA, empty without one; nothing for the usual ones. */
function declared(tape: Tape, segment: number): string | undefined {
  const service = tape.service(segment)
  if (service === DEFAULT_SERVICE) return undefined
  const { component, element, decimal, release, repetition, terminator, declared: sent } = service
  const text = sent ? String.fromCharCode(component, element, decimal, release, repetition, terminator) : ''
  return text === ":+.? '" ? undefined : text
}

/** Where the message's own TVL is missing or lacks airports: from the PNRs' itineraries. */
function legWithAirports(leg: SentLeg | undefined, pnrs: readonly Pnr[]): SentLeg | undefined {
  if (leg?.from && leg.to) return leg
  for (const pnr of pnrs) {
    for (const flight of pnr.itinerary) {
      const carrier = flight.operatingCarrier ?? flight.carrier
      const number = flight.operatingNumber ?? flight.number
      if (flight.kind !== 'flight' || !flight.from || !flight.to || !carrier || !number) continue
      if (leg && (carrier !== leg.carrier || number !== leg.number)) continue
      if (leg) return { ...leg, from: leg.from || flight.from, to: leg.to || flight.to }
      const found: Open<SentLeg> = {
        carrier,
        number,
        flightAsSent: `${carrier}${number}`,
        from: flight.from,
        to: flight.to,
        place: 'border',
        overflight: false,
      }
      if (flight.departs) found.departs = flight.departs
      if (flight.arrives) found.arrives = flight.arrives
      return found
    }
  }
  return leg
}
