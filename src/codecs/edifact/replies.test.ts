import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AckresMessage, CusresMessage, Decoded, GovreqMessage, Message } from '#domain/message.ts'
import { USUAL_REPLIES } from '#domain/reply-profile.ts'
import { instant } from '#lib/time.ts'
import { decode } from '../decode.ts'
import { writeAckres } from './ackres.ts'
import { CONTRL_ERRORS, writeContrl } from './contrl.ts'
import { contrlFor } from './contrl-for.ts'
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
      return writeAckres({ ...message, request }, options)
    case 'GOVREQ':
      return writeGovreq(message, { ...USUAL_REPLIES.govreq, allowed: true })
    case 'CONTRL':
      return writeContrl(request, message, options)
    default:
      return undefined
  }
}

const CLEAN = CASES.filter((name) => read(sent(name)).findings.length === 0 && !name.includes('dirty'))

test('most of the fixtures are clean', () => expect(CLEAN.length).toBeGreaterThan(15))

test.each(CLEAN)('%s is written as it was sent', (name) => {
  const [message] = read(sent(name)).messages
  if (!message) throw new Error('not read')
  expect(Buffer.from(written(message) ?? []).toString()).toBe(sent(name).toString().replace(/\r?\n/g, ''))
})

/** A message without its places, and without what its envelope got wrong. */
function said(message: Message | undefined): unknown {
  const { envelope, span, ...rest } = message ?? {}
  return JSON.parse(JSON.stringify(rest, (key, value: unknown) => (key === 'at' || key === 'span' ? undefined : value)))
}

test.each(CASES)('%s says the same when it is written and read again', (name) => {
  const [message] = read(sent(name)).messages
  if (!message) throw new Error('not read')
  const [again] = read(written(message) ?? new Uint8Array()).messages
  expect(said(again)).toEqual(said(message))
})

test('every finding has a fixture, or comes from a flow', () => {
  const seen = new Set(CASES.flatMap((name) => read(sent(name)).findings.map(({ code }) => code)))
  expect(Object.keys(REPLY_FINDINGS).filter((code) => !seen.has(code))).toEqual([
    'message.kept-too-many',
    'message.not-for-us',
  ])
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

const optional = <T>(key: string, one: fc.Arbitrary<T>) =>
  fc.option(one, { nil: undefined }).map((value) => (value === undefined ? {} : { [key]: value }))
/** Several records made one. */
const joined = (...parts: readonly fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as never)

const text = fc
  .string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(..."AZ09 '+:?-/") })
  .filter((one) => one.trim() === one)
const texts = fc.array(text, { minLength: 1, maxLength: 5 })
const time = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((one) => one.toISOString().slice(0, 16))
const airport = fc.constantFrom('GYD', 'TBS', 'VIE', 'OSL')

describe('what is written is read again', () => {
  test('CONTRL', () => {
    const action = fc.constantFrom('rejected' as const, 'acknowledged' as const, 'received' as const)
    const fault = joined(fc.record({ error: errors }), place)
    const report = fc.record({
      reference: code,
      message: fc.constant(['PAXLST', 'D', '12B', 'UN']),
      action,
      segments: fc.array(
        joined(
          fc.record({ position: fc.integer({ min: 1, max: 9_999 }), elements: fc.array(fault, { maxLength: 3 }) }),
          optional('error', errors),
        ),
        { maxLength: 4 },
      ),
    })
    const reports = fc.array(report, { maxLength: 3 })
    const subject = joined(
      fc.record({ reference: code, sender: code, recipient: code, action }),
      optional('senderQualifier', code),
      fc.oneof(fc.constant({}), fc.record({ error: errors, tag: fc.constant('UNZ'), element: fc.constant(2) })),
    )
    const group = joined(subject, fc.record({ reports }))
    const message = fc.record({
      version: fc.constantFrom('D:3', '4:1'),
      subject,
      reports,
      groups: fc.array(group, { maxLength: 2 }),
    })
    fc.assert(
      fc.property(message, (contrl) => {
        const { messages, findings } = read(writeContrl(request, contrl, { prepared: receivedAt }))
        expect(findings).toEqual([])
        expect(said(messages[0])).toEqual({ type: 'CONTRL', ...contrl })
      }),
    )
  })

  test('CUSRES, whatever its texts hold', () => {
    const status = joined(
      fc.record({ code, text: fc.oneof(fc.constant([]), texts) }),
      optional('detail', texts),
      optional('via', fc.constantFrom('GIS', 'GEI')),
    )
    const decision = fc.tuple(status, fc.nat(), optional('locator', code)).map(([one, reference, locator]) => ({
      ...(one as object),
      ...locator,
      passengerReference: `R${reference}`,
    }))
    const leg = fc
      .record({ flight: fc.integer({ min: 1, max: 9_999 }), from: airport, to: airport, departs: time, arrives: time })
      .map(({ flight, ...rest }) => ({
        carrier: '0X',
        number: String(flight),
        flightAsSent: `0X${flight}`,
        place: 'border' as const,
        overflight: false,
        ...rest,
      }))
    const message = fc.record({
      kind: fc.constantFrom('response' as const, 'unsolicited' as const, 'acknowledgement' as const),
      version: fc.constantFrom('D:02B', 'D:05B', 'D:12B'),
      transaction: code,
      legs: fc.array(leg, { maxLength: 1 }),
      header: fc.array(status, { maxLength: 3 }),
      decisions: fc.array(decision, { maxLength: 4 }),
    })
    fc.assert(
      fc.property(message, (cusres) => {
        const { messages, findings } = read(writeCusres(request, cusres as never))
        expect(findings).toEqual([])
        expect(said(messages[0])).toEqual({ type: 'CUSRES', ...cusres })
      }),
    )
  })

  test('ACKRES', () => {
    const versions = fc.constantFrom('11:1', '14:1', '21:1')
    fc.assert(
      fc.property(versions, fc.array(code, { maxLength: 4 }), fc.boolean(), (version, found, refused) => {
        const accepted = found.length === 0 && !refused
        const { messages, findings } = read(
          writeAckres({ request, version, accepted, errors: found }, { prepared: receivedAt }),
        )
        expect(findings).toEqual([])
        expect(said(messages[0])).toEqual({ type: 'ACKRES', version, accepted, errors: found })
      }),
    )
  })

  test('GOVREQ, and none where the profile forbids it', () => {
    const leg = {
      carrier: '0X',
      number: '412',
      flightAsSent: '0X412',
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
    expect(report?.segments.find(({ position }) => position === 8)?.elements).toEqual([{ error: '29', element: 2 }])
    expect(report?.message).toEqual(['PAXLST', 'D', '12B', 'UN', 'IATA'])
    expect(report?.segments.every(({ position }) => position >= 1 && position <= 8)).toBe(true)
    if (!made) throw new Error('no report')
    const text = Buffer.from(writeContrl(made.request, made.report, { prepared: receivedAt })).toString()
    expect(text).not.toMatch(/GEHEIM|ADA/)
    expect(read(Buffer.from(text)).findings).toEqual([])
  })

  test('tells the element, and what is wrong with the envelope', () => {
    const bytes = Buffer.from(broken.replace('LOC+87+GYD', 'LOC+87+QQX').replace('UNZ+1+LK9', 'UNZ+4+LK9'))
    const [made] = contrlFor(bytes, read(bytes))
    expect(made?.report).toMatchObject({ version: '4:1', subject: { error: '29', tag: 'UNZ', element: 2 } })
    const [report] = made?.report.reports ?? []
    expect(report?.segments.find(({ position }) => position === 6)).toEqual({
      position: 6,
      elements: [{ error: '12', element: 3 }],
    })
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

test('so many segments that nobody understands are kept, and no more', () => {
  const odd = "ZZZ+1'".repeat(300)
  const { messages, findings } = read(
    Buffer.from(`UNB+UNOA:4+A+B+260612:0740+1'UNH+1+CUSRES:D:05B:UN'BGM+312'${odd}UNT+303+1'UNZ+1+1'`),
  )
  expect((messages[0] as CusresMessage).kept).toHaveLength(250)
  expect(findings.map(({ code: one }) => one)).toEqual(['message.kept-too-many'])
})
