import type { HistoryEntry, PnrChange } from '#domain/pnr.ts'
import type { Instant } from '#lib/time.ts'
import type { Tape } from '../tape.ts'
import { readTextInstant, readUtc, type Today } from './dates.ts'
import { elementsOf, keep } from './kept.ts'
import type { PnrgovProfile } from './profile.ts'
import { linesOf } from './sent.ts'
import { readOsiContact } from './ssr-texts.ts'
import {
  addContact,
  isBlanked,
  type Open,
  type OpenAction,
  type OpenChange,
  type OpenHistory,
  textFrom,
  type Work,
} from './work.ts'

/** The segments of a PNR's history: noted as they come, read when somebody asks for it. */
export interface Past {
  tape: Tape
  readonly profile: PnrgovProfile
  readonly today: Today
  readonly segments: number[]
  /** A change is open, has its day; an action is open. */
  changing: boolean
  dated: boolean
  acting: boolean
}

/** What is told of a PNR's history: entries that say something, and the same by who, when and what was done. */
export interface History {
  readonly entries: readonly HistoryEntry[]
  readonly changes: readonly PnrChange[]
}

function pastOf(work: Work, segment: number): Past {
  const { tape, profile, today } = work
  work.past ??= { tape, profile, today, segments: [], changing: false, dated: false, acting: false }
  work.past.segments.push(segment)
  return work.past
}

/** Takes `ABI+4+05FD28:GS+OSL++ZX'` (GR10): who changed the PNR. */
export function takeAbi(work: Work, segment: number): void {
  const past = pastOf(work, segment)
  past.changing = true
  past.dated = false
  past.acting = false
  work.abi = true
  work.group = 10
}

/** Takes `DAT+T:150326:0930'`: when. */
export function takeHistoryDate(work: Work, segment: number): void {
  const past = pastOf(work, segment)
  if (!past.changing || past.dated || readDate(work.tape, segment, work.today) === undefined) keep(work, segment)
  else past.dated = true
}

/** Takes `SAC+++X'` (GR11): what was done to what follows. */
export function takeSac(work: Work, segment: number): void {
  const past = pastOf(work, segment)
  if (!past.changing) past.dated = false
  past.changing = true
  past.acting = true
  work.group = 11
}

/** Takes a member of GR11 or GR12. */
export function takeHistoryLine(work: Work, segment: number, tag: string): void {
  if (tag === 'TVL') work.group = 12
  if (work.past?.acting) work.past.segments.push(segment)
  else keep(work, segment)
}

/** Takes `LTS+0/Z/OSL RM 0005 GS 15MAR …'`, a line of history without structure; it may tell a contact. */
export function takeLts(work: Work, segment: number): void {
  const line = lookAtLine(work.tape, segment)
  if (line === 'blanked') return
  if (line === 'plain') {
    pastOf(work, segment).changing = false
    return
  }
  const text = textFrom(work.tape, segment, 1)
  if (text === undefined || isBlanked(text)) return
  pastOf(work, segment).changing = false
  const contact = readOsiContact(text)
  if (contact) addContact(work.pnr.contacts, { ...contact, at: work.tape.span(segment) })
}

/**
 * Whether the bytes alone show that one line says something, and no contact (`CTC`, `/AP`), or that redaction has blanked
 * it: so it is with nearly all, and making their texts only to look would be most of what they cost.
 */
function lookAtLine(tape: Tape, segment: number): 'plain' | 'blanked' | 'to-be-read' {
  if (tape.values(segment) !== 1) return 'to-be-read'
  const { bytes } = tape
  const [from, to] = tape.span(segment, 1)
  const { release } = tape.service(segment)
  let says = false
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (byte < BLANK || byte > LAST_PLAIN || byte === release) return 'to-be-read'
    if (byte === C && bytes[at + 1] === T && bytes[at + 2] === C) return 'to-be-read'
    if (byte === SLASH && bytes[at + 1] === A && bytes[at + 2] === P) return 'to-be-read'
    if (byte !== X) says = true
  }
  return says ? 'plain' : 'blanked'
}

const BLANK = 0x20
const SLASH = 0x2f
const A = 0x41
const C = 0x43
const P = 0x50
const T = 0x54
const X = 0x58
const LAST_PLAIN = 0x7e

/** Where the reader of a history stands. */
interface Reading {
  readonly tape: Tape
  readonly profile: PnrgovProfile
  readonly entries: OpenHistory[]
  readonly changes: OpenChange[]
  entry: OpenHistory | undefined
  at: Instant | undefined
  agent: string | undefined
  change: OpenChange | undefined
  action: OpenAction | undefined
}

export function readHistory({ tape, profile, today, segments }: Past): History {
  const reading: Reading = {
    tape,
    profile,
    entries: [],
    changes: [],
    entry: undefined,
    at: undefined,
    agent: undefined,
    change: undefined,
    action: undefined,
  }
  for (const segment of segments) {
    const tag = tape.tag(segment)
    if (tag === 'ABI') readAbi(reading, segment)
    else if (tag === 'DAT') readHistoryDate(reading, segment, today)
    else if (tag === 'SAC') readSac(reading, segment)
    else if (tag === 'LTS') readLts(reading, segment)
    else readHistoryLine(reading, segment, tag)
  }
  return { entries: reading.entries.filter((entry) => entry.text !== ''), changes: reading.changes }
}

const readDate = (tape: Tape, segment: number, today: Today): Instant | undefined =>
  readUtc(tape.text(segment, 1, 2), tape.text(segment, 1, 3), today) ??
  readTextInstant(tape.joined(segment, 1) ?? '', today)

function readAbi(reading: Reading, segment: number): void {
  const { tape } = reading
  const agent = tape.text(segment, 2)
  const office = tape.text(segment, 2, 2)
  reading.agent = agent !== undefined && office !== undefined ? `${agent}:${office}` : (agent ?? office)
  reading.at = undefined
  reading.entry = undefined
  const by: Open<PnrChange['by']> = {}
  const kind = tape.text(segment, 1)
  const city = tape.text(segment, 3)
  const country = tape.text(segment, 4)
  const carrier = tape.text(segment, 5)
  if (kind !== undefined) by.kind = kind
  if (agent !== undefined) by.agent = agent
  if (office !== undefined) by.office = office
  if (city !== undefined) by.city = city
  if (country !== undefined) by.country = country
  if (carrier !== undefined) by.carrier = carrier
  openChange(reading, by)
}

function openChange(reading: Reading, by: PnrChange['by']): void {
  const change = { by, actions: [] }
  reading.changes.push(change)
  reading.change = change
  reading.action = undefined
}

function readHistoryDate(reading: Reading, segment: number, today: Today): void {
  const { tape, change } = reading
  reading.at = readDate(tape, segment, today)
  if (reading.at !== undefined && change && change.at === undefined) change.at = reading.at
}

function readSac(reading: Reading, segment: number): void {
  const { tape, profile } = reading
  const action = tape.text(segment, 3)
  const entry: OpenHistory = { action: (action !== undefined && profile.actions.get(action)) || 'other', text: '' }
  if (reading.at !== undefined) entry.at = reading.at
  if (reading.agent !== undefined) entry.agent = reading.agent
  reading.entries.push(entry)
  reading.entry = entry
  if (!reading.change) openChange(reading, {})
  const done: OpenAction = { what: [] }
  const status = tape.text(segment, 1)
  const place = tape.text(segment, 2)
  if (action !== undefined) done.action = action
  if (status !== undefined) done.status = status
  if (place !== undefined) done.place = place
  reading.change?.actions.push(done)
  reading.action = done
}

/** Adds what a member of GR11 or GR12 says, as one readable line; values that redaction has blanked fall away. */
function readHistoryLine({ tape, entry, action }: Reading, segment: number, tag: string): void {
  if (!entry) return
  const text = tag === 'IFT' ? textFrom(tape, segment, 2) : codedLine(tape, segment, tag)
  if (text === undefined || isBlanked(text)) return
  action?.what.push({ tag, elements: elementsOf(tape, segment) })
  entry.text = entry.text ? `${entry.text} | ${text}` : text
}

function codedLine(tape: Tape, segment: number, tag: string): string | undefined {
  const parts: string[] = [tag]
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const components = tape.components(segment, element)
    for (let component = 1; component <= components; component++) {
      const value = tape.text(segment, element, component)
      // A blanked code (XXXX) says that the whole line was sensitive
      if (tag === 'SSR' && element === 1 && component === 1 && value === 'XXXX') return undefined
      if (value !== undefined && !(value.length > 1 && isBlanked(value))) parts.push(value)
    }
  }
  return parts.length > 1 ? parts.join(' ') : undefined
}

function readLts(reading: Reading, segment: number): void {
  const { tape } = reading
  reading.changes.push({ by: {}, actions: [], lines: linesOf(tape, segment, 1) })
  reading.change = undefined
  reading.entries.push({ action: 'other', text: textFrom(tape, segment, 1) ?? '' })
}
