import { expect, test } from 'vitest'
import { decode } from '#codecs/decode.ts'
import { isPaxlst, isPnrgov, type Message } from '#domain/message.ts'
import { epochMs, instant } from '#lib/time.ts'
import { DIRTY_HABITS, soil } from './dirt.ts'
import { makeSimulation } from './pushes.ts'
import { type MessageKind, type Push, pushesBetween } from './schedule.ts'

const from = epochMs(instant(Date.parse('2026-06-11T06:00Z')))
const simulation = makeSimulation({ seed: 7, scale: 0.4, dirty: 0 })
const pushes = [...pushesBetween(from, from + 2 * 3_600_000, simulation.timetable, 0)]

/** The content without where it stood, and without what is empty. */
function content(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(content)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, one]) => key !== 'span' && one !== undefined && (key !== 'at' || typeof one === 'string'))
      .map(([key, one]) => [key, content(one)]),
  )
}

/** What a carrier may honestly not know is a finding in clean messages too. */
const HONEST = ['paxlst.given-names', 'paxlst.birth-date-missing']

test('clean messages are read back as they were meant, without findings', () => {
  const findings = new Map<string, number>()
  let read = 0
  for (const push of pushes) {
    const meant = simulation.render(push).messages
    for (const [index, { bytes }] of simulation.messages(push).entries()) {
      const decoded = decode(bytes, { receivedAt: instant(push.at) })
      for (const { code } of decoded.findings)
        if (!HONEST.includes(code)) findings.set(code, (findings.get(code) ?? 0) + 1)
      // What was read says more of how it was sent
      expect(content(decoded.messages)).toMatchObject([content(meant[index])])
      read += 1
    }
  }
  expect([...findings]).toEqual([])
  expect(read).toBeGreaterThan(60)
})

const one = (...kinds: MessageKind[]): Push => {
  const found = pushes.find((push) => kinds.includes(push.kind) && simulation.manifest(push).bookings.length > 5)
  if (!found) throw new Error(`no push of ${kinds.join()}`)
  return found
}

const names = (messages: readonly Message[]): string[] =>
  messages
    .flatMap((message) => {
      if (isPnrgov(message)) return message.pnrs.flatMap((pnr) => pnr.travellers.map(({ surname }) => surname))
      return isPaxlst(message) ? message.travellers.map(({ surname }) => surname ?? '') : []
    })
    .filter((name) => name !== '')

test.each(DIRTY_HABITS)('%s costs no traveller', (habit) => {
  for (const push of habit === 'missing-abo'
    ? [one('final')]
    : habit === 'shifted-docs' || habit === 'garbage-pnr'
      ? [one('pnr-2h')]
      : [one('pnr-2h'), one('final')]) {
    const [message] = simulation.messages(push)
    if (!message) throw new Error('no message')
    const meant = names(simulation.render(push).messages.slice(0, 1))
    for (const bytes of soil(message.bytes, habit)) {
      const got = names(decode(bytes, { receivedAt: instant(push.at) }).messages)
      expect(meant.filter((name) => !got.includes(name))).toEqual([])
    }
  }
})
