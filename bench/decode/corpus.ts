/** What the decode bench reads: messages of clean simulated carriers, and PNRs filled up to what real ones hold. */
import { decode } from '#codecs/decode.ts'
import { writePnrgovXml } from '#codecs/xml/write.ts'
import { isPnrgov } from '#domain/message.ts'
import { instant } from '#lib/time.ts'
import { makeSimulation } from '#simulator/pushes.ts'
import { type Random, randomOf } from '#simulator/random.ts'
import { pushesBetween } from '#simulator/schedule.ts'

const START = Date.parse('2026-06-11T00:00:00Z')
const HOUR = 3_600_000

export interface Corpus {
  readonly messages: readonly Uint8Array[]
  readonly bytes: number
}

/** Messages of one kind as the simulator writes them, until they amount to `size` bytes. */
export function simulated(kind: 'pnrgov' | 'paxlst', size: number): Corpus {
  const simulation = makeSimulation({ seed: 20_260_611, dirty: 0 })
  const messages: Uint8Array[] = []
  let bytes = 0
  for (const push of pushesBetween(START, START + 200 * HOUR, simulation.timetable, 0)) {
    if (push.kind.startsWith('pnr') !== (kind === 'pnrgov') || push.kind === 'interactive') continue
    for (const message of simulation.messages(push)) {
      messages.push(message.bytes)
      bytes += message.bytes.length
    }
    if (bytes >= size) break
  }
  return { messages, bytes }
}

/**
 * The simulator's PNRGOV messages with PNRs of about 2.8 kB, as they come from large systems: fares, taxes and fare
 * calculations, e-ticket and seat SSRs, requests, remarks, and a history in groups 10 to 12 and in lines.
 */
export function full(size: number): Corpus {
  const sent = simulated('pnrgov', Math.ceil(size / GROWTH))
  const messages = sent.messages.map((message, index) => filled(message, randomOf(index)))
  return { messages, bytes: messages.reduce((sum, message) => sum + message.length, 0) }
}

/** Some messages of a corpus of PNRGOV, in XML: what stands in it, as our own writer writes it. */
export function asXml({ messages }: Corpus, size: number): Corpus {
  const receivedAt = instant(START)
  const made: Uint8Array[] = []
  let bytes = 0
  for (const one of messages) {
    const written = decode(one, { receivedAt })
      .messages.filter(isPnrgov)
      .map((message) => writePnrgovXml(message))
    made.push(...written)
    bytes += written.reduce((sum, message) => sum + message.length, 0)
    if (bytes >= size) break
  }
  return { messages: made, bytes }
}

/** How much longer filling makes a PNR, roughly. */
const GROWTH = 3.2

/** Whole PNRs of a corpus, behind the head and before the trailers of its first message, `count` of them in each message. */
export function ofSize({ messages }: Corpus, count: number, most: number): Corpus {
  const pnrs = messages.flatMap((message) => piecesOf(message).pnrs)
  const head = piecesOf(messages[0] ?? new Uint8Array()).head
  const made: Uint8Array[] = []
  for (let first = 0; first + count <= Math.max(most, count); first += count) {
    const body = Array.from({ length: count }, (_, index) => pnrs[(first + index) % pnrs.length] ?? '')
    made.push(closed(`${head.replace(/EQN\+\d+/, `EQN+${count}`)}${body.join('')}`))
  }
  return { messages: made, bytes: made.reduce((sum, message) => sum + message.length, 0) }
}

/** With trailers that count and refer right. */
function closed(text: string): Uint8Array {
  const interchange = /UNB(?:\+[^+']*){4}\+([^+']*)/.exec(text)?.[1] ?? ''
  const message = /UNH\+([^+']*)/.exec(text)?.[1] ?? ''
  const segments = text.slice(text.indexOf('UNH+')).split(ENDS).length
  return Buffer.from(`${text}UNT+${segments}+${message}'UNZ+1+${interchange}'`, 'latin1')
}

/** A terminator that is not released. */
const ENDS = /(?<!\?)'/

function piecesOf(message: Uint8Array): { readonly head: string; readonly pnrs: readonly string[] } {
  const [head = '', ...pnrs] = Buffer.from(message)
    .toString('latin1')
    .split(/(?=SRC')/)
  return { head, pnrs: pnrs.map((pnr) => pnr.replace(/UNT\+.*$/s, '')) }
}

function filled(message: Uint8Array, chance: Random): Uint8Array {
  const { head, pnrs } = piecesOf(message)
  return closed(head + pnrs.map((pnr) => filledPnr(pnr, chance)).join(''))
}

/** One PNR, segment by segment, with what belongs behind each. */
function filledPnr(pnr: string, chance: Random): string {
  const sent = pnr.split(ENDS).filter(Boolean)
  const out: string[] = []
  const [, , carrier = 'ZX'] = /^RCI\+((\w+):\w+)/.exec(sent[1] ?? '') ?? []
  const locator = /^RCI\+\w+:(\w+)/.exec(sent[1] ?? '')?.[1] ?? 'AAAAAA'
  const flights = sent.filter((segment) => segment.startsWith('TVL+') && segment.includes(':'))
  let stretch = ['', '', '']
  let ticket = ''
  let flight = false
  for (const segment of sent) {
    const elements = segment.split('+')
    if (segment.startsWith('TVL+')) {
      flight = true
      stretch = [elements[2] ?? '', elements[3] ?? '', elements[4] ?? '']
    }
    out.push(segment)
    if (segment.startsWith('DAT+700')) {
      out.push(`IFT+4:28::${carrier}+CTCM 99455${chance.pattern('#######')} /EN`)
      out.push(`IFT+4:28::${carrier}+THANKS FOR BOOKING, BAGS ARE CHECKED THROUGH TO THE LAST PLACE`)
    }
    if (segment.startsWith('REF+')) {
      out.push(`FAR+A+++++${chance.pattern('@@@')}${chance.pattern('##')}${chance.pattern('@@')}`)
      out.push(`SSR+OTHS:HK:1:${carrier}:::::ADTK BY 10JUN 1200 GYD OR ${carrier} CANCELS`)
    }
    if (segment.startsWith('TKT+')) ticket = elements[1]?.split(':')[0] ?? ''
    if (segment.startsWith('MON+')) {
      out.push(`PTK+NR:NE++110626:2359+${carrier}+${ticket.slice(0, 3)}+GYD`)
      out.push(`TXD++${chance.int(10, 90)}.30:AZ::AZ+19.00:TR::TR+${chance.int(40, 250)}.00:::YQ+8.50:GB::UB`)
      out.push(
        `IFT+4:15:0+GYD ${carrier} X/IST ${carrier} LON ${chance.pattern('###')}.00NUC${chance.pattern('###')}.00END ROE1.35`,
      )
      out.push('IFT+4:10+NON ENDORSABLE/NO REFUND AFTER DEPARTURE')
    }
    if (flight && segment.startsWith('RPI+')) {
      const [from = '', to = '', by = ''] = stretch
      const own = by.split(':')[0] ?? ''
      if (ticket) out.push(`SSR+TKNE:HK:1:${own}:::${from}:${to}:${ticket}C1+::1`)
      out.push(`RCI+${own}:${locator}`)
    }
  }
  out.push(...history(flights, carrier, chance))
  return out.map((segment) => `${segment}'`).join('')
}

/** Changes in groups 10 to 12, then lines without structure. */
function history(flights: readonly string[], carrier: string, chance: Random): string[] {
  const agent = `${chance.pattern('####')}${chance.pattern('@@')}`
  const lines: string[] = []
  for (const [day, action] of [
    ['020626:0931', 'X'],
    ['020626:0935', 'A'],
  ]) {
    lines.push(`ABI+4+${agent}:GS+GYD++${carrier}`, `DAT+T:${day}`)
    for (const flight of flights.slice(0, 2)) lines.push(`SAC+++${action}`, flight, 'RPI+1+HK')
  }
  lines.push(`SAC+++A`, `SSR+SEAT:HK:1:${carrier}:::GYD:IST+${chance.int(1, 30)}A::1`)
  for (let left = chance.int(8, 19); left > 0; left--) {
    const at = `${String(chance.int(1, 28)).padStart(2, '0')}MAY ${chance.int(10, 23)}${chance.int(10, 59)}Z`
    lines.push(
      `LTS+0/${chance.pattern('@')}/GYD RM ${chance.pattern('####')} GS ${at} ${chance.pick(CHANGES)} ${carrier}412`,
    )
  }
  return lines
}

const CHANGES = [
  'FLT DATE CHANGED',
  'TKT REISSUED AFTER SCHEDULE CHANGE',
  'SEAT CHANGED BY PAX ONLINE',
  'CONTACT PHONE ADDED',
  'TIME LIMIT EXTENDED',
]
