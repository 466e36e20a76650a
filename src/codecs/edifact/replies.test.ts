import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AckresMessage, ContrlMessage, CusresMessage, Decoded, GovreqMessage, Message } from '#domain/message.ts'
import { USUAL_REPLIES } from '#domain/reply-profile.ts'
import { instant } from '#lib/time.ts'
import { decode } from '../decode.ts'
import { writeAckres } from './ackres.ts'
import { CONTRL_ERRORS, contrlFor, writeContrl } from './contrl.ts'
import { writeCusres } from './cusres.ts'
import { govreqEnvelope, writeGovreq } from './govreq.ts'
import { REPLY_FINDINGS } from './reply-catalogue.ts'

const FIXTURES = new URL('../../../fixtures/', import.meta.url)
const receivedAt = instant(Date.parse('2026-06-12T07:00:00.000Z'))
const FOLDERS = ['cusres', 'ackres', 'govreq', 'contrl']
const CASES = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, FIXTURES))
    .filter((file) => file.endsWith('.edi'))
    .map((file) => `${folder}/${file.slice(0, -4)}`),
)
const sent = (name: string): Buffer => readFileSync(new URL(`${name}.edi`, FIXTURES))
const read = (bytes: Uint8Array): Decoded => decode(bytes, { receivedAt })

test.each(CASES)('%s is read as its golden file says', (name) => {
  const text = `${JSON.stringify(read(sent(name)), undefined, 2)}\n`
  const golden = new URL(`${name}.json`, FIXTURES)
  if (process.env.PRECLEAR_GOLDEN === 'write') writeFileSync(golden, text)
  expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
})

/** What a writer makes of a message that was read, from the envelope that it answered. */
function written(message: Message): Uint8Array | undefined {
  const { envelope } = message
  const { sender, recipient, senderQualifier, recipientQualifier } = envelope
  const request = {
    ...envelope,
    sender: recipient,
    recipient: sender,
    ...(recipientQualifier && { senderQualifier: recipientQualifier }),
    ...(senderQualifier && { recipientQualifier: senderQualifier }),
  }
  const { prepared } = envelope
  const options = prepared ? { prepared } : {}
  if ('unreadable' in message) return undefined
  switch (message.type) {
    case 'CUSRES':
      return writeCusres(request, message, options)
    case 'ACKRES':
      return writeAckres(
        { request, version: message.version, accepted: message.accepted, errors: message.errors },
        options,
      )
    case 'GOVREQ':
      return writeGovreq(message, { ...USUAL_REPLIES.govreq, allowed: true })
    case 'CONTRL':
      return writeContrl(request, message, options)
    default:
      return undefined
  }
}

const CLEAN = CASES.filter((name) => read(sent(name)).findings.length === 0 && !/v4|ackres\/dirty/.test(name))

test('most of the fixtures are clean', () => expect(CLEAN.length).toBeGreaterThan(12))

test.each(CLEAN)('%s is written as it was sent', (name) => {
  const [message] = read(sent(name)).messages
  if (!message) throw new Error('not read')
  expect(Buffer.from(written(message) ?? []).toString()).toBe(sent(name).toString().replace(/\r?\n/g, ''))
})

test('every finding has a fixture, or comes from a flow', () => {
  const seen = new Set(CASES.flatMap((name) => read(sent(name)).findings.map(({ code }) => code)))
  expect(Object.keys(REPLY_FINDINGS).filter((code) => !seen.has(code))).toEqual(['message.not-for-us'])
})

const code = fc.stringMatching(/^[A-Z0-9]{1,8}$/)
const errors = fc.constantFrom(...Object.keys(CONTRL_ERRORS))
const place = fc.record({ element: fc.integer({ min: 1, max: 99 }), component: fc.integer({ min: 1, max: 9 }) })
const request = {
  sender: 'LARKAIR',
  recipient: 'STATEAPI',
  interchange: 'LK1',
  prepared: receivedAt,
  test: false,
  syntax: 'UNOA',
  syntaxVersion: '4',
  grouped: false,
  reference: '1',
}

describe('what is written is read again', () => {
  test('CONTRL', () => {
    const report = fc.record({
      reference: code,
      message: fc.constant(['PAXLST', 'D', '12B', 'UN']),
      action: fc.constantFrom('rejected' as const, 'acknowledged' as const),
      segments: fc.array(
        fc.record({
          position: fc.integer({ min: 1, max: 9_999 }),
          error: errors,
          elements: fc.array(
            fc.record({ error: errors }).chain((error) => place.map((at) => ({ ...error, ...at }))),
            {
              maxLength: 3,
            },
          ),
        }),
        { maxLength: 4 },
      ),
    })
    fc.assert(
      fc.property(fc.array(report, { maxLength: 4 }), code, (reports, reference) => {
        const subject = { reference, sender: 'LARKAIR', recipient: 'STATEAPI', action: 'acknowledged' as const }
        const { messages, findings } = read(writeContrl(request, { subject, reports }, { prepared: receivedAt }))
        expect(findings).toEqual([])
        expect((messages[0] as ContrlMessage).subject).toEqual(subject)
        expect((messages[0] as ContrlMessage).reports).toEqual(reports)
      }),
    )
  })

  test('CUSRES, whatever its texts hold', () => {
    const text = fc
      .string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(..."AZ09 '+:?-/") })
      .filter((one) => one.trim() === one)
    const status = fc.record({ code, text: fc.array(text, { maxLength: 5 }) })
    fc.assert(
      fc.property(fc.array(status, { minLength: 1, maxLength: 3 }), (header) => {
        const bytes = writeCusres(request, { kind: 'response', version: 'D:05B', legs: [], header, decisions: [] })
        expect((read(bytes).messages[0] as CusresMessage).header).toEqual(header)
      }),
    )
  })

  test('GOVREQ, and none where the profile forbids it', () => {
    const leg = {
      carrier: '0X',
      number: '412',
      flightAsSent: '0X0412',
      from: 'GYD',
      to: 'TBS',
      place: 'border' as const,
      overflight: false,
    }
    const envelope = govreqEnvelope({ sender: 'AZPRECLEAR', recipient: '0X' }, 'AZREQ1', receivedAt)
    const govreq = { envelope, originator: 'AZ', leg, locators: [{ company: '0X', locator: '7TRX5B' }] }
    expect(writeGovreq(govreq, USUAL_REPLIES.govreq)).toBeUndefined()
    const { messages } = read(
      writeGovreq(govreq, { ...USUAL_REPLIES.govreq, allowed: true, locator: '99' }) ?? new Uint8Array(),
    )
    const message = messages[0] as GovreqMessage
    expect(message).toMatchObject({ request: '99', originator: 'AZ', locators: govreq.locators })
    expect(message.leg).toMatchObject(leg)
  })
})

describe('the syntax report on what a carrier sent', () => {
  const broken =
    "UNB+UNOA:4+LARKAIR+STATEAPI+260612:0740+LK9'UNH+1+PAXLST:D:12B:UN:IATA'BGM+745'TDT+20+0L214'LOC+125+VIE'DTM+189:2606120905:201'LOC+87+GYD'NAD+FL+++GEHEIM:ADA'UNT+99+1'UNZ+1+LK9'"

  test('names the segments, counted from UNH, and nobody in them', () => {
    const bytes = Buffer.from(broken)
    const [made] = contrlFor(bytes, read(bytes))
    expect(made?.rejects).toBe(false)
    expect(made?.report.subject).toMatchObject({ reference: 'LK9', sender: 'LARKAIR', action: 'acknowledged' })
    const [report] = made?.report.reports ?? []
    expect(report?.segments.find(({ position }) => position === 8)?.error).toBe('29')
    expect(report?.segments.every(({ position }) => position >= 1 && position <= 8)).toBe(true)
    if (!made) throw new Error('no report')
    const text = Buffer.from(writeContrl(made.request, made.report, { prepared: receivedAt })).toString()
    expect(text).not.toMatch(/GEHEIM|ADA/)
    expect(read(Buffer.from(text)).findings).toEqual([])
  })

  test('rejects a message of which nothing can be used', () => {
    const bytes = Buffer.from(
      "UNB+UNOA:4+LARKAIR+STATEAPI+260612:0740+LK9'UNH+1+IFTMIN:D:12B:UN'BGM+1'UNT+3+1'UNZ+1+LK9'",
    )
    const [made] = contrlFor(bytes, read(bytes))
    expect(made?.rejects).toBe(true)
    expect(made?.report.reports[0]).toMatchObject({ reference: '1', action: 'rejected' })
  })

  test('is never made on a report', () => {
    const bytes = sent('contrl/rejected')
    expect(contrlFor(bytes, read(bytes))).toEqual([])
  })
})

test('an ACKRES is accepted only if it says so', () => {
  const accepted = CASES.filter((name) => name.startsWith('ackres/')).map(
    (name) => [name, (read(sent(name)).messages[0] as AckresMessage).accepted] as const,
  )
  expect(accepted.filter(([, yes]) => yes).map(([name]) => name)).toEqual(['ackres/accepted-14'])
})
