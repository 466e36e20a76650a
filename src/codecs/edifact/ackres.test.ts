import { expect, test } from 'vitest'
import type { Envelope } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { readAckres, writeAckres } from './ackres.ts'
import { readInterchanges } from './interchange.ts'
import { readTape } from './tape.ts'

const REQUEST: Envelope = {
  sender: '0X',
  recipient: 'AZPRECLEAR',
  interchange: 'REF1',
  prepared: '2026-06-11T08:58:00.000Z' as Instant,
  test: false,
  syntax: 'IATA',
  syntaxVersion: '1',
  grouped: false,
  reference: '1',
  access: '0X0100/110626/0900',
  part: { number: 1, first: true, final: false },
}
const PREPARED = { prepared: '2026-06-11T08:59:00.000Z' as Instant }
const SILENT = { add: () => {} }

function answered(accepted: boolean, errors: Parameters<typeof writeAckres>[0]['errors']) {
  const bytes = writeAckres({ request: REQUEST, version: '14:1', accepted, errors }, PREPARED)
  const tape = readTape(bytes, SILENT)
  const [range] = readInterchanges(tape, SILENT)
  if (!range) throw new Error('no message')
  return { text: new TextDecoder().decode(bytes), range, read: readAckres(tape, range, SILENT) }
}

test('accepts a push, back to its sender, under its access reference', () => {
  const { text, read } = answered(true, [])
  expect(text).toBe(
    "UNA:+.? 'UNB+IATA:1+AZPRECLEAR+0X+260611:0859+REF1'UNH+1+ACKRES:14:1:IA+0X0100/110626/0900'MSG+:23+3'UNT+3+1'UNZ+1+REF1'",
  )
  expect(read).toMatchObject({ envelope: { access: '0X0100/110626/0900' }, accepted: true, errors: [] })
})

test('a refusal gives its reasons', () => {
  expect(answered(false, ['114', '102']).read).toMatchObject({ accepted: false, errors: ['114', '102'] })
  expect(answered(false, []).read).toMatchObject({ accepted: false, errors: [] })
})
