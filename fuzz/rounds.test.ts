import { expect, test } from 'vitest'
import { decode } from '#codecs/decode.ts'
import type { Decoded } from '#domain/message.ts'
import { instant } from '#lib/time.ts'
import { randomOf } from '#simulator/random.ts'
import { mutateSegments, sampleOf } from './mutate.ts'
import { badFinding, lostTraveller } from './oracles.ts'
import { fuzzer } from './rounds.ts'
import { TARGETS } from './targets.ts'

test.each(Object.keys(TARGETS))('%s stands two thousand mutants', { timeout: 60_000 }, (name) => {
  const { run, samples } = fuzzer(name, 20_260_611)
  expect(samples).toBeGreaterThan(0)
  const faults = []
  for (let round = 0; round < 2_000; round++) {
    const fault = run(round)
    if (fault) faults.push({ round, sample: fault.sample, what: fault.what })
  }
  expect(faults).toEqual([])
})

const encoder = new TextEncoder()
const sample = sampleOf(
  'made up',
  encoder.encode("UNB+IATA:1+0X+AZ+260601:0600+1'UNH+1+PNRGOV:13:1:IA'SRC'TIF+ADA+EVA'UNT+3+1'UNZ+1+1'"),
)
const nothing: Decoded = { messages: [], findings: [] }

test('the same round makes the same mutant', () => {
  const once = mutateSegments(sample, randomOf(3).split('7'), [sample])
  expect(mutateSegments(sample, randomOf(3).split('7'), [sample])).toEqual(once)
})

test('a traveller who vanishes without a word is a fault; one whose own segment was damaged is not', () => {
  const before = [{ name: 'ADA/EVA', segment: 3 }]
  const mutant = (segment: number) => ({ bytes: sample.bytes, touched: new Set([segment]) })
  expect(lostTraveller(before, nothing, mutant(2), sample)).toMatch(/segment 4 is lost/)
  expect(lostTraveller(before, nothing, mutant(3), sample)).toBeUndefined()
  const at = { byte: 0, line: 1, segment: 1 }
  const fatal = { ...nothing, findings: [{ severity: 'fatal' as const, code: 'input.no-interchange', at, detail: '' }] }
  expect(lostTraveller(before, fatal, mutant(2), sample)).toBeUndefined()
})

test('a name in other letters is the same person', () => {
  const one = (surname: string) => [{ name: surname, segment: 3 }]
  const mutant = { bytes: sample.bytes, touched: new Set([2]) }
  const context = { receivedAt: instant(Date.parse('2026-06-11T12:00:00Z')) }
  const text = Buffer.from(sample.bytes).toString()
  const flight = "TVL+110626:0815:110626:1030+GYD+TBS+0X+0412'"
  const after = decode(Buffer.from(text.replace("SRC'TIF+ADA+EVA'", `${flight}SRC'TIF+ada+Eva'`)), context)
  expect(lostTraveller(one('ADA/EVA'), after, mutant, sample)).toBeUndefined()
  expect(lostTraveller(one('ADA/ADAM'), after, mutant, sample)).toMatch(/segment 4 is lost/)
})

test('a finding outside the input, or one that nobody knows, is a fault', () => {
  const finding = {
    severity: 'fatal' as const,
    code: 'input.no-interchange',
    at: { byte: 9, line: 1, segment: 1 },
    detail: '',
  }
  expect(badFinding({ findings: [finding] }, 9)).toBeUndefined()
  expect(badFinding({ findings: [finding] }, 8)).toMatch(/points to byte 9/)
  expect(badFinding({ findings: [{ ...finding, code: 'no.such' }] }, 9)).toMatch(/not in the catalogue/)
})
