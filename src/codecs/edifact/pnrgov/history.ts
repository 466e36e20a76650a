import type { PnrChange } from '#domain/pnr.ts'
import { readTextInstant, readUtc } from './dates.ts'
import { elementsOf, keep } from './kept.ts'
import { linesOf } from './sent.ts'
import { readOsiContact } from './ssr-texts.ts'
import { addContact, isBlanked, type Open, type OpenAction, type OpenHistory, textFrom, type Work } from './work.ts'

/** Reads `ABI+4+05FD28:GS+OSL++ZX'` (GR10): who changed the PNR. */
export function readAbi(work: Work, segment: number): void {
  const { tape } = work
  const agent = tape.text(segment, 2)
  const office = tape.text(segment, 2, 2)
  work.historyAgent = agent !== undefined && office !== undefined ? `${agent}:${office}` : (agent ?? office)
  work.historyAt = undefined
  work.history = undefined
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
  openChange(work, by)
  work.abi = true
  work.group = 10
}

function openChange(work: Work, by: PnrChange['by']): void {
  const { pnr } = work
  const change = { by, actions: [] }
  pnr.changes ??= []
  pnr.changes.push(change)
  work.change = change
  work.action = undefined
}

/** Reads `DAT+T:150326:0930'`: when. */
export function readHistoryDate(work: Work, segment: number): void {
  const { tape, today } = work
  work.historyAt =
    readUtc(tape.text(segment, 1, 2), tape.text(segment, 1, 3), today) ??
    readTextInstant(tape.joined(segment, 1) ?? '', today)
  if (work.historyAt === undefined || !work.change || work.change.at !== undefined) keep(work, segment)
  else work.change.at = work.historyAt
}

/** Reads `SAC+++X'` (GR11): what was done to what follows. */
export function readSac(work: Work, segment: number): void {
  const action = work.tape.text(segment, 3)
  const entry: OpenHistory = { action: (action !== undefined && work.profile.actions.get(action)) || 'other', text: '' }
  if (work.historyAt !== undefined) entry.at = work.historyAt
  if (work.historyAgent !== undefined) entry.agent = work.historyAgent
  work.pnr.history.push(entry)
  work.history = entry
  if (!work.change) openChange(work, {})
  const done: OpenAction = { what: [] }
  const status = work.tape.text(segment, 1)
  const place = work.tape.text(segment, 2)
  if (action !== undefined) done.action = action
  if (status !== undefined) done.status = status
  if (place !== undefined) done.place = place
  work.change?.actions.push(done)
  work.action = done
  work.group = 11
}

/** Adds what a member of GR11 or GR12 says, as one readable line; values that redaction has blanked fall away. */
export function readHistoryLine(work: Work, segment: number): void {
  const { tape, history } = work
  const tag = tape.tag(segment)
  if (tag === 'TVL') work.group = 12
  if (!history) {
    keep(work, segment)
    return
  }
  const text = tag === 'IFT' ? textFrom(tape, segment, 2) : codedLine(work, segment, tag)
  if (text === undefined || isBlanked(text)) return
  work.action?.what.push({ tag, elements: elementsOf(tape, segment) })
  history.text = history.text ? `${history.text} | ${text}` : text
}

function codedLine(work: Work, segment: number, tag: string): string | undefined {
  const { tape } = work
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

/** Reads `LTS+0/Z/OSL RM 0005 GS 15MAR …'`, a line of history without structure. */
export function readLts(work: Work, segment: number): void {
  const { tape, pnr } = work
  const text = textFrom(tape, segment, 1)
  if (text === undefined || isBlanked(text)) return
  pnr.changes ??= []
  pnr.changes.push({ by: {}, actions: [], lines: linesOf(tape, segment, 1) })
  work.change = undefined
  const contact = readOsiContact(text)
  if (contact) addContact(pnr.contacts, { ...contact, at: tape.span(segment) })
  pnr.history.push({ action: 'other', text })
}
