import { describe, expect, it } from 'vitest'
import { CATALOGUE, collectFindings } from '../catalogue.ts'
import { type MessageRange, readInterchanges } from './interchange.ts'
import { readTape } from './tape.ts'

function read(...segments: string[]): { ranges: readonly MessageRange[]; codes: string[] } {
  const sink = collectFindings()
  const tape = readTape(new TextEncoder().encode(segments.map((one) => `${one}'`).join('')), sink)
  return { ranges: readInterchanges(tape, sink), codes: sink.findings.map(({ code }) => code) }
}

const UNB = 'UNB+UNOA:4+LARK:ZZ+STATE:AZ+260612:0740+IC1++APIS++++1'
const message = (reference: string): string[] => [
  `UNH+${reference}+PAXLST:D:12B:UN:IATA`,
  'BGM+745',
  `UNT+3+${reference}`,
]

describe('an interchange', () => {
  it('says who sent what to whom', () => {
    const { ranges, codes } = read(UNB, 'UNH+7 +PAXLST:D:12B:UN:IATA+ACC1+02:F', 'UNT+2+7', 'UNZ+1+IC1')
    expect(codes).toEqual([])
    expect(ranges).toEqual([
      {
        from: 1,
        to: 3,
        type: 'PAXLST',
        version: 'D:12B',
        closed: true,
        envelope: {
          sender: 'LARK',
          senderQualifier: 'ZZ',
          recipient: 'STATE',
          recipientQualifier: 'AZ',
          interchange: 'IC1',
          prepared: '2026-06-12T07:40:00.000Z',
          application: 'APIS',
          test: true,
          syntax: 'UNOA',
          syntaxVersion: '4',
          grouped: false,
          reference: '7',
          access: 'ACC1',
          part: { number: 2, first: false, final: true },
        },
      },
    ])
  })

  it('may hold several groups, and several messages in each', () => {
    const { ranges, codes } = read(
      UNB,
      'UNG+PAXLST+A+B+260612:0740+G1+UN+D:12B',
      ...message('1'),
      ...message('2'),
      'UNE+2+G1',
      'UNG+PAXLST+A+B+260612:0740+G2+UN+D:12B',
      ...message('3'),
      'UNE+1+G2',
      'UNZ+2+IC1',
    )
    expect(codes).toEqual([])
    expect(ranges.map(({ envelope, from, to }) => [envelope.reference, envelope.grouped, from, to])).toEqual([
      ['1', true, 2, 5],
      ['2', true, 5, 8],
      ['3', true, 10, 13],
    ])
  })

  it('may follow another, each with its own header', () => {
    const second = UNB.replace('IC1', 'IC2').replace('LARK', 'WREN')
    const { ranges, codes } = read(UNB, ...message('1'), 'UNZ+1+IC1', second, ...message('1'), 'UNZ+1+IC2')
    expect(codes).toEqual([])
    expect(ranges.map(({ envelope }) => [envelope.sender, envelope.interchange])).toEqual([
      ['LARK', 'IC1'],
      ['WREN', 'IC2'],
    ])
  })

  it.each([
    ['UNT is missing', [UNB, ...message('1').slice(0, 2), 'UNZ+1+IC1'], 'envelope.unt-missing'],
    ['UNZ is missing', [UNB, ...message('1')], 'envelope.unz-missing'],
    ['UNT counts wrongly', [UNB, ...message('1').slice(0, 2), 'UNT+9+1', 'UNZ+1+IC1'], 'envelope.unt-count'],
    ['UNT names another message', [UNB, ...message('1').slice(0, 2), 'UNT+3+2', 'UNZ+1+IC1'], 'envelope.unt-reference'],
    ['UNT stands alone', [UNB, ...message('1'), 'UNT+3+1', 'UNZ+1+IC1'], 'envelope.unt-alone'],
    ['UNZ counts wrongly', [UNB, ...message('1'), 'UNZ+5+IC1'], 'envelope.count'],
    ['UNZ names another interchange', [UNB, ...message('1'), 'UNZ+1+IC9'], 'envelope.unz-reference'],
    ['UNB has no date', [UNB.replace('260612:0740', ''), ...message('1'), 'UNZ+1+IC1'], 'envelope.prepared'],
    ['UNB has no sender', [UNB.replace('LARK:ZZ', ''), ...message('1'), 'UNZ+1+IC1'], 'envelope.sender'],
    ['a message comes behind UNZ of its interchange', [UNB, 'UNZ+0+IC1', UNB, ...message('1')], 'envelope.unz-missing'],
  ])('is read, with a finding, when %s', (_, segments, code) => {
    const { ranges, codes } = read(...segments)
    expect(ranges).toHaveLength(1)
    expect(codes).toEqual([code])
  })
})

describe('the catalogue of findings', () => {
  it('has a sentence in both languages for each code', () => {
    for (const [code, { en, az }] of Object.entries(CATALOGUE)) {
      expect(en.length, code).toBeGreaterThan(5)
      expect(az.length, code).toBeGreaterThan(5)
      expect(az, code).not.toBe(en)
    }
  })

  it('stops collecting after a thousand, and says so', () => {
    const sink = collectFindings()
    const at = { byte: 0, line: 1, segment: 1 }
    for (let count = 0; count < 5_000; count++) sink.add('paxlst.sex', at, '')
    expect(sink.findings).toHaveLength(1_001)
    expect(sink.findings.at(-1)).toMatchObject({ severity: 'warning', code: 'input.more-findings' })
  })
})
