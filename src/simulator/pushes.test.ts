import { describe, expect, test } from 'vitest'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import { epochMs, instant } from '#lib/time.ts'
import { DIRTY_HABITS, soil } from './dirt.ts'
import { type CarrierMessage, makeSimulation, messagesBetween, type SimulationOptions } from './pushes.ts'
import { pushesBetween } from './schedule.ts'

const at = (text: string): ReturnType<typeof instant> => instant(Date.parse(text))
const from = at('2026-06-11T06:00Z')
const to = at('2026-06-11T08:00Z')
const run = (options: Partial<SimulationOptions> = {}): CarrierMessage[] => [
  ...messagesBetween(from, to, { seed: 7, scale: 0.3, dirty: 0, ...options }),
]

test('the same seed gives the same bytes, another seed others', () => {
  const [one, two] = [run(), run()]
  expect(one.length).toBeGreaterThan(20)
  expect(two).toEqual(one)
  expect(run({ seed: 8 }).map(({ bytes }) => bytes.length)).not.toEqual(one.map(({ bytes }) => bytes.length))
})

test('messages come in time order and do not depend on where the window begins', () => {
  const whole = run()
  for (const [index, message] of whole.entries()) {
    const next = whole[index + 1]
    if (next) expect(message.at <= next.at).toBe(true)
  }
  const middle = at('2026-06-11T07:17Z')
  const later = [...messagesBetween(middle, to, { seed: 7, scale: 0.3, dirty: 0 })]
  expect(later).toEqual(whole.filter((message) => epochMs(message.at) >= epochMs(middle)))
})

describe('what a few hours hold', () => {
  const simulation = makeSimulation({ seed: 7, scale: 0.5, dirty: 0 })
  const pushes = [...pushesBetween(epochMs(from), epochMs(to), simulation.timetable, 0)]
  const messages = pushes.flatMap((push) => simulation.render(push).messages)
  const pnrs = messages.filter(isPnrgov).flatMap((message) => message.pnrs)
  const travellers = messages.filter(isPaxlst).flatMap((message) => message.travellers)

  test('every kind of push is there', () => {
    const kinds = new Set(pushes.map(({ kind }) => kind))
    for (const kind of ['pnr-48h', 'pnr-24h', 'pnr-2h', 'pnr-0h', 'crew', 'check-in', 'final', 'close-out'])
      expect(kinds).toContain(kind)
  })

  test('bookings are plausible: sizes, returns, connections, payments, agencies', () => {
    const living = pnrs.filter(({ cancelled }) => !cancelled)
    expect(living.length).toBeGreaterThan(500)
    const share = (holds: (pnr: (typeof living)[number]) => boolean): number =>
      living.filter(holds).length / living.length
    expect(share(({ travellers: people }) => people.length === 1)).toBeGreaterThan(0.35)
    expect(share(({ itinerary }) => itinerary.length > 1)).toBeGreaterThan(0.4)
    expect(share(({ agency }) => agency?.kind === 'travel-agency')).toBeGreaterThan(0.15)
    expect(share((pnr) => pnr.travellers.some(({ kind }) => kind === 'infant'))).toBeGreaterThan(0.01)
    expect(share((pnr) => pnr.ssrs.some(({ code }) => code.endsWith('ML')))).toBeGreaterThan(0.02)
    for (const pnr of living) {
      expect(pnr.travellers.length).toBeGreaterThan(0)
      expect(pnr.created && pnr.changed && pnr.created <= pnr.changed).toBe(true)
      for (const { value } of pnr.contacts.filter(({ kind }) => kind === 'email'))
        expect(value).toMatch(/@example\.(com|net|org)$/)
      for (const traveller of pnr.travellers) {
        for (const { cardMasked } of traveller.tickets.flatMap(({ payments }) => payments)) {
          if (cardMasked) expect(cardMasked).toMatch(/^\d{6}X{6}\d{4}$/)
        }
      }
    }
  })

  test('nobody has an impossible date, and each traveller has a document and a reference', () => {
    const known = travellers.filter(({ surname }) => surname !== undefined)
    expect(known.length).toBeGreaterThan(500)
    for (const traveller of known) {
      expect(traveller.documents.length).toBeGreaterThan(0)
      if (traveller.birthDate) expect(traveller.birthDate > '1930' && traveller.birthDate < '2026-06-11').toBe(true)
      for (const { expires } of traveller.documents) expect(expires && expires >= '2026-06-10').toBe(true)
    }
    expect(known.filter(({ role }) => role === 'crew').length).toBeGreaterThan(20)
    expect(known.filter(({ givenNames }) => givenNames === undefined).length).toBeLessThan(known.length * 0.05)
  })

  test('loads are plausible, and no seat is given twice', () => {
    for (const push of pushes.filter(({ kind }) => kind === 'final')) {
      const present = simulation
        .render(push)
        .messages.filter(isPaxlst)
        .flatMap((message) => message.travellers)
      const seats = present.flatMap(({ seat }) => (seat && seat !== 'INF' ? [seat] : []))
      expect(new Set(seats).size).toBe(seats.length)
      expect(present.length).toBeGreaterThan(15)
    }
  })

  test('planted travellers are told of, with what was done to them', () => {
    const planted = pushes.flatMap((push) => simulation.render(push).planted)
    expect(new Set(planted.map(({ id }) => id)).size).toBeGreaterThan(3)
    for (const line of planted) expect(Boolean(line.entry) !== Boolean(line.rule)).toBe(true)
  })
})

test.each(DIRTY_HABITS)('%s changes the bytes, and nothing else than the bytes', (habit) => {
  const sample = run().find(({ kind }) => kind === (habit === 'missing-abo' ? 'final' : 'pnr-2h'))
  if (!sample) throw new Error('no sample')
  const soiled = soil(sample.bytes, habit)
  if (habit === 'late') expect(soiled).toEqual([sample.bytes])
  else if (habit === 'duplicate') expect(soiled).toEqual([sample.bytes, sample.bytes])
  else expect(soiled).not.toEqual([sample.bytes])
})

test('the chosen share of pushes is dirty', () => {
  const simulation = makeSimulation({ seed: 7, dirty: 0.2 })
  const pushes = [...pushesBetween(epochMs(from), epochMs(to), simulation.timetable, 0.2)]
  const share = pushes.filter(({ habit }) => habit).length / pushes.length
  expect(share).toBeGreaterThan(0.1)
  expect(share).toBeLessThan(0.3)
})
