import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Decoded, Message } from '#domain/message.ts'
import { instant } from '#lib/time.ts'
import { decode } from './decode.ts'
import { decodeStream } from './decode-stream.ts'

const FIXTURES = new URL('../../fixtures/', import.meta.url)
const context = { receivedAt: instant(Date.parse('2026-06-11T12:00:00.000Z')) }
const CASES = ['pnrgov', 'paxlst', 'cusres', 'contrl', 'envelope'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, FIXTURES))
    .filter((file) => file.endsWith('.edi'))
    .map((file) => ({ name: `${folder}/${file}`, bytes: readFileSync(new URL(`${folder}/${file}`, FIXTURES)) })),
)

/** Everything that comes out of a stream, together. */
async function all(chunks: Iterable<Uint8Array>, window: number): Promise<Decoded & { readonly pieces: number }> {
  const messages: Message[] = []
  const findings = []
  let pieces = 0
  for await (const one of decodeStream(chunks, context, window)) {
    messages.push(...one.messages)
    findings.push(...one.findings)
    pieces++
  }
  return { messages, findings, pieces }
}

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test.each(CASES)('$name says the same piece by piece', async ({ bytes }) => {
  const whole = decode(bytes, context)
  for (const window of [1, 300]) {
    const { messages, findings } = await all(cut(bytes, [97]), window)
    expect(plain(messages)).toEqual(plain(whole.messages))
    expect(findings).toEqual(whole.findings)
  }
})

const CLEAN = CASES.filter(({ name }) => /single-passenger|manifest|crew\.edi|board-05b|acknowledged|family/.test(name))

describe('several interchanges of several messages', () => {
  test('are read the same however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...CLEAN), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 4_000 }),
        async (files, sizes, window) => {
          const bytes = Buffer.concat(files.flatMap((one) => [one.bytes, Buffer.from('\n')]))
          const whole = decode(bytes, context)
          const { messages, findings } = await all(cut(bytes, sizes), window)
          expect(plain(messages)).toEqual(plain(whole.messages))
          expect(findings).toEqual(whole.findings)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('one interchange of many messages comes in pieces, its trailer counts them all', async () => {
    const one = (at: number): string => `UNH+${at}+ACKRES:14:1:IA+X'MSG+:23+3'UNT+3+${at}'\n`
    const text = `UNB+IATA:1+A+B+260611:0600+7'${Array.from({ length: 500 }, (_, at) => one(at + 1)).join('')}UNZ+501+7'`
    const bytes = Buffer.from(text)
    const whole = decode(bytes, context)
    const { messages, findings, pieces } = await all(cut(bytes, [1_000]), 2_000)
    expect(pieces).toBeGreaterThan(5)
    expect(messages.length).toBe(500)
    expect(plain(messages)).toEqual(plain(whole.messages))
    expect(findings).toEqual(whole.findings)
    expect(findings.map(({ code, detail }) => [code, detail])).toEqual([['envelope.count', 'UNZ says 501 for 500']])
  })
})

test('what is no interchange is one finding', async () => {
  const { messages, findings } = await all(cut(Buffer.from('nothing of ours '.repeat(100)), [10]), 50)
  expect(messages).toEqual([])
  expect(findings.map(({ code }) => code)).toEqual(['input.no-interchange'])
})
