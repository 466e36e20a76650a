import { sentText } from '../sent-text.ts'
import type { Layout, Piece, ShownSegment, ShowOptions } from './layout.ts'
import { masked } from './mask.ts'

/** Longer pieces of a file are shown in several rows. */
const LONGEST = 2_000

/** Attributes that hold no personal data: codes, places, flights, counts. All others keep their shape only. */
const SHOWN = new Set(
  (
    'AccompaniedByInfantInd AirEquipType AirlineCode AirlineVendorID AirportCode ArrivalDateTime BoardPoint CarrierCode Code ' +
    'CreationDate CurrencyCode DateOfIssue DepartureDateTime FlightNumber Gender ISOCountry ISOCurrency LastTktDate LocationCode ' +
    'MessageFunction NumberInParty NumberOfPassengers NumberOfPnrs OffPoint PNR_CreationDate PNR_TransDate PaymentType PhoneType ResBookDesigCode RPH SSRCode ' +
    'ServiceQuantity Status SystemCode TimeStamp TransDate TransactionIdentifier TravelDocType Type Version encoding version xmlns'
  ).split(' '),
)

/**
 * Bytes that are no EDIFACT, such as XML, in rows: a tag and what stands before the next one. Names of elements and
 * attributes can be read, and values that are codes; other values and texts keep their shape only, unless data are shown.
 */
export function layoutMarkup(bytes: Uint8Array, { data }: ShowOptions): Layout {
  const { text, byteOf } = sentText(bytes)
  const starts = rowStarts(text)
  const show = (row: number): ShownSegment => {
    const [from, to] = [starts[row] ?? 0, starts[row + 1] ?? text.length]
    const pieces = piecesOf(text, from, to).map(({ start, end, value, name }): Piece => {
      const part = text.slice(start, end).replace(/[\r\n]+/g, '')
      const place = { from: byteOf(start), to: byteOf(end) }
      if (!value) return { text: data ? part : maskedTag(part), ...place }
      const shown = data || SHOWN.has(name) ? part : masked(part)
      return part.trim() === '' ? { text: part, ...place } : { text: shown, element: 1, component: 1, name, ...place }
    })
    return { number: row + 1, tag: '', from: byteOf(from), to: byteOf(to), pieces }
  }
  const rowAt = ({ byte }: { readonly byte: number }): number => {
    let [low, high] = [0, starts.length]
    while (low + 1 < high) {
      const middle = (low + high) >>> 1
      if (byteOf(starts[middle] ?? 0) <= byte) low = middle
      else high = middle
    }
    return low + 1
  }
  return { rows: starts.length, show, rowAt }
}

/** Each tag begins a row, but for an end tag. */
function rowStarts(text: string): readonly number[] {
  const starts: number[] = text.length > 0 ? [0] : []
  let last = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    for (; at - last > LONGEST; last += LONGEST) starts.push(last + LONGEST)
    if (at === 0 || text[at + 1] === '/') continue
    starts.push(at)
    last = at
  }
  for (; text.length - last > LONGEST; last += LONGEST) starts.push(last + LONGEST)
  return starts
}

interface Stretch {
  readonly start: number
  readonly end: number
  /** Text between tags, or the value of an attribute. */
  readonly value: boolean
  /** Of the attribute; empty for text. */
  readonly name: string
}

function piecesOf(text: string, from: number, to: number): readonly Stretch[] {
  const pieces: Stretch[] = []
  const push = (start: number, end: number, value: boolean, name = ''): void => {
    if (end > start) pieces.push({ start, end, value, name })
  }
  let at = from
  let inTag = text[from] === '<'
  while (at < to) {
    if (!inTag) {
      const next = within(text.indexOf('<', at), to)
      push(at, next, true)
      at = next
      inTag = true
      continue
    }
    const end = within(text.indexOf('>', at), to - 1) + 1
    const quote = firstQuote(text, at, end)
    if (quote === undefined) {
      push(at, end, false)
      at = end
      inTag = false
      continue
    }
    const close = within(text.indexOf(text[quote] ?? '"', quote + 1), to)
    push(at, quote + 1, false)
    push(quote + 1, close, true, attributeBefore(text, quote))
    push(close, Math.min(close + 1, to), false)
    at = close + 1
  }
  return pieces
}

const within = (found: number, end: number): number => (found < 0 || found > end ? end : found)

function firstQuote(text: string, from: number, to: number): number | undefined {
  for (let at = from; at < to; at++) if (text[at] === '"' || text[at] === "'") return at
  return undefined
}

/** The name of the attribute whose value begins with this quote, without its prefix. */
const attributeBefore = (text: string, quote: number): string =>
  /([\w.-]+)\s*=\s*$/.exec(text.slice(Math.max(0, quote - 60), quote))?.[1] ?? ''

/** In a tag, what is neither its name nor the name of an attribute stands there by mistake. */
const maskedTag = (part: string): string =>
  part.replace(/(<[/?!]?)?([^\s=<>/?!"']+)(\s*=)?/g, (whole, opens?: string, word = '', equals?: string) =>
    opens !== undefined || equals !== undefined ? whole : masked(word),
  )
