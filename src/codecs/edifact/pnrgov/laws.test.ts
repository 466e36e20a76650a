import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Message, PnrgovMessage } from '#domain/message.ts'
import { isPnrgov } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { readInterchanges } from '../interchange.ts'
import { readTape } from '../tape.ts'
import { readPnrgov } from './read.ts'
import { writePnrgov } from './write.ts'

const FOLDER = new URL('../../../../fixtures/pnrgov/', import.meta.url)
const RECEIVED = '2026-06-11T12:00:00.000Z' as Instant
const CASES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.edi'))
  .map((file) => file.slice(0, -4))
const sent = (name: string): Buffer => readFileSync(new URL(`${name}.edi`, FOLDER))

function read(bytes: Uint8Array): {
  readonly messages: readonly PnrgovMessage[]
  readonly findings: readonly string[]
} {
  const findings: string[] = []
  const sink = { add: (code: string) => void findings.push(code) }
  const tape = readTape(bytes, sink)
  const messages: Message[] = readInterchanges(tape, sink).map((range) =>
    readPnrgov(tape, range, sink, { receivedAt: RECEIVED }),
  )
  return { messages: messages.filter(isPnrgov), findings }
}

/** Places in the bytes, and in the order of segments, are the message's, not the model's. */
const withoutPlaces = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, field) =>
      key === 'span' || key === 'index' || key === 'nth' || (key === 'at' && typeof field === 'object')
        ? undefined
        : field,
    ),
  )

/** Understood in full, but with segments out of the guide's order or values that redaction has blanked. */
const NOT_IN_ORDER = new Set(['redacted', 'second-tvl', 'tickets'])

describe.each(CASES)('%s', (name) => {
  const { messages, findings } = read(sent(name))
  test('what was understood of it is written, and understood again', () => {
    for (const { envelope: _, una: __, ...model } of messages) {
      const [again] = read(writePnrgov({ ...model, envelope: _ })).messages
      if (!again) throw new Error('not read')
      const { envelope: ___, una: ____, ...rest } = again
      // What a head lacks is written all the same: nobody may send less
      const filled = { originator: rest.originator, declaredTotal: rest.declaredTotal, ...model }
      expect(withoutPlaces(rest)).toEqual(withoutPlaces(filled))
    }
  })
  // A writer has the usual delimiters, whatever it was read with
  if (NOT_IN_ORDER.has(name) || findings.length > 0 || messages.some(({ una }) => una && !/^:\+.\?.'$/.test(una)))
    return
  test('is clean, and written as it was sent', () => {
    const written = messages.map((message) => Buffer.from(writePnrgov(message)).toString()).join('')
    const lines = (text: string): string[] => text.replaceAll(/\r?\n/g, '').split(/(?<=(?<!\?)')/)
    expect(lines(written)).toEqual(lines(sent(name).toString()))
  })
})
