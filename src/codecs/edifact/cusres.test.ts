import { describe, expect, it } from 'vitest'
import type { SentLeg } from '#domain/leg.ts'
import type { CusresMessage, Envelope } from '#domain/message.ts'
import type { Instant, LocalDateTime } from '#lib/time.ts'
import { collectFindings } from '../catalogue.ts'
import { type Cusres, writeCusres } from './cusres.ts'
import { readCusres } from './cusres-read.ts'
import { readInterchanges } from './interchange.ts'
import { readTape } from './tape.ts'

const request: Envelope = {
  sender: 'LARKAIR',
  senderQualifier: 'ZZ',
  recipient: 'STATEAPI',
  recipientQualifier: 'ZZ',
  interchange: 'LK0000912',
  prepared: '2026-03-02T06:40:00.000Z' as Instant,
  application: 'IAPI',
  test: false,
  syntax: 'UNOA',
  syntaxVersion: '4',
  grouped: true,
  reference: '1',
  access: 'LK0000912',
}

const leg: SentLeg = {
  carrier: '0L',
  number: '214',
  flightAsSent: '0L214',
  from: 'VIE',
  to: 'GYD',
  departs: '2026-03-02T09:05' as LocalDateTime,
  arrives: '2026-03-02T16:20' as LocalDateTime,
  place: 'border',
  overflight: false,
}

const answer: Cusres = {
  kind: 'response',
  version: 'D:05B',
  transaction: '0000912',
  legs: [leg],
  header: [],
  decisions: [
    { passengerReference: '0L214VIE0007', locator: 'HJ4KLM', code: '0Z', text: ['OK TO BOARD'] },
    { passengerReference: '0L214VIE0008', code: '4Z', text: ['DOCUMENT EXPIRY MISSING', "CALL: +994 12 O'CLOCK"] },
  ],
}

function read(bytes: Uint8Array): { message: CusresMessage; codes: string[] } {
  const sink = collectFindings()
  const tape = readTape(bytes, sink)
  const [range] = readInterchanges(tape, sink)
  if (!range) throw new Error('no message')
  return { message: readCusres(tape, range, sink), codes: sink.findings.map((one) => one.code) }
}

const segments = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).split(/(?<!\?)'/)

describe('CUSRES', () => {
  it('answers under the same references, with sender and recipient swapped', () => {
    expect(segments(writeCusres(request, answer))).toEqual([
      'UNA:+.? ',
      'UNB+UNOA:4+STATEAPI:ZZ+LARKAIR:ZZ+260302:0640+LK0000912++IAPI',
      'UNG+CUSRES+STATEAPI:ZZ+LARKAIR:ZZ+260302:0640+LK0000912+UN+D:05B',
      'UNH+1+CUSRES:D:05B:UN:IATA+LK0000912+01:F',
      'BGM+962',
      'RFF+TN:0000912',
      'RFF+AF:0L214',
      'DTM+189:2603020905:201',
      'DTM+232:2603021620:201',
      'LOC+125+VIE',
      'LOC+87+GYD',
      'ERP+2',
      'RFF+AVF:HJ4KLM',
      'RFF+ABO:0L214VIE0007',
      'ERC+0Z',
      'FTX+AAP+++OK TO BOARD',
      'ERP+2',
      'RFF+ABO:0L214VIE0008',
      'ERC+4Z',
      "FTX+AAP+++DOCUMENT EXPIRY MISSING:CALL?: ?+994 12 O?'CLOCK",
      'UNT+18+1',
      'UNE+1+LK0000912',
      'UNZ+1+LK0000912',
      '',
    ])
  })

  it('is read as it was written', () => {
    const { message, codes } = read(writeCusres(request, answer))
    expect(codes).toEqual([])
    expect(message).toMatchObject({ ...answer, legs: [leg] })
    expect(message.envelope).toMatchObject({ sender: 'STATEAPI', recipient: 'LARKAIR', access: 'LK0000912' })
  })

  it('rejects a whole message', () => {
    const rejected: Cusres = {
      kind: 'response',
      version: 'LEGACY',
      transaction: '0000912',
      revision: '2',
      legs: [],
      header: [{ code: '104', text: ['MANDATORY SEGMENT MISSING TDT'] }],
      decisions: [],
    }
    const bytes = writeCusres({ ...request, grouped: false }, rejected, { interchange: 'ST1', lines: true })
    expect(segments(bytes).map((one) => one.trimStart())).toEqual([
      'UNA:+.? ',
      'UNB+UNOA:4+STATEAPI:ZZ+LARKAIR:ZZ+260302:0640+ST1++IAPI',
      'UNH+1+CUSRES:D:05B:UN:IATA+LK0000912+01:F',
      'BGM+962',
      'RFF+TN:0000912:::2',
      'ERP+1',
      'ERC+104',
      'FTX+AAP+++MANDATORY SEGMENT MISSING TDT',
      'UNT+7+1',
      'UNZ+1+ST1',
      '',
    ])
    expect(read(bytes).message).toMatchObject({ header: rejected.header, decisions: [], revision: '2' })
  })

  it('keeps legs beside the border leg in their places', () => {
    const legs: SentLeg[] = [
      { ...leg, from: 'OSL', to: 'VIE', place: 'before' },
      leg,
      { ...leg, from: 'GYD', to: 'GNJ', place: 'after' },
    ]
    expect(read(writeCusres(request, { ...answer, legs })).message.legs).toMatchObject(legs)
  })

  it('splits long texts over segments of five parts', () => {
    const text = [...Array.from({ length: 6 }, (_, index) => `PART ${index}`), 'X'.repeat(600)]
    const long: Cusres = { ...answer, decisions: [{ passengerReference: 'A1', code: '1Z', text }] }
    const parts = read(writeCusres(request, long)).message.decisions[0]?.text ?? []
    expect(parts.join('')).toBe(text.join(''))
    expect(parts.every((one) => one.length <= 512)).toBe(true)
  })

  it('takes a status from GIS or GEI, and says when it is no known document', () => {
    const sent = "UNB+UNOA:4+A+B+260302:0640+1'UNH+1+CUSRES:D:02B:UN'BGM+961'ERP+2'RFF+ABO:A1'GIS+0Z'UNT+6+1'UNZ+1+1'"
    const { message, codes } = read(new TextEncoder().encode(sent))
    expect(message.decisions).toEqual([{ passengerReference: 'A1', code: '0Z', text: [], via: 'GIS' }])
    expect(codes).toEqual(['cusres.document'])
  })

  it('is total: every beginning of one can be read', () => {
    const whole = writeCusres(request, answer)
    for (let length = 90; length <= whole.length; length++) {
      const sink = collectFindings()
      const tape = readTape(whole.subarray(0, length), sink)
      for (const range of readInterchanges(tape, sink)) readCusres(tape, range, sink)
    }
  })
})
