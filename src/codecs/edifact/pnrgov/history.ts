import type { HistoryEntry } from '#domain/pnr.ts'
import { readTextInstant, readUtc } from './dates.ts'
import { readOsiContact } from './ssr-texts.ts'
import { addContact, isBlanked, type OpenHistory, textFrom, type Work } from './work.ts'

/** Reads `ABI+4+05FD28:GS+OSL++ZX'` (GR10): who changed the PNR. */
export function readAbi(work: Work, segment: number): void {
  const { tape } = work
  const agent = tape.text(segment, 2)
  const office = tape.text(segment, 2, 2)
  work.historyAgent = agent !== undefined && office !== undefined ? `${agent}:${office}` : (agent ?? office)
  work.historyAt = undefined
  work.history = undefined
  work.group = 10
}

/** Reads `DAT+T:150326:0930'`: when. */
export function readHistoryDate(work: Work, segment: number): void {
  const { tape, today } = work
  work.historyAt =
    readUtc(tape.text(segment, 1, 2), tape.text(segment, 1, 3), today) ??
    readTextInstant(tape.joined(segment, 1) ?? '', today)
}

const ACTIONS: ReadonlyMap<string, HistoryEntry['action']> = new Map(
  Object.entries({ A: 'added', X: 'cancelled' } as const),
)

/** Reads `SAC+++X'` (GR11): what was done to what follows. */
export function readSac(work: Work, segment: number): void {
  const action = work.tape.text(segment, 3)
  const entry: OpenHistory = { action: (action !== undefined && ACTIONS.get(action)) || 'other', text: '' }
  if (work.historyAt !== undefined) entry.at = work.historyAt
  if (work.historyAgent !== undefined) entry.agent = work.historyAgent
  work.pnr.history.push(entry)
  work.history = entry
  work.group = 11
}

/** Adds what a member of GR11 or GR12 says, as one readable line; values that redaction has blanked fall away. */
export function readHistoryLine(work: Work, segment: number): void {
  const { tape, history } = work
  const tag = tape.tag(segment)
  if (tag === 'TVL') work.group = 12
  if (!history) return
  const text = tag === 'IFT' ? textFrom(tape, segment, 2) : codedLine(work, segment, tag)
  if (text === undefined || isBlanked(text)) return
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
  const contact = readOsiContact(text)
  if (contact) addContact(pnr.contacts, { ...contact, at: tape.span(segment) })
  pnr.history.push({ action: 'other', text })
}
