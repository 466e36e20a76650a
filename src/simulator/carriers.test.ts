import { expect, test } from 'vitest'
import { instant } from '#lib/time.ts'
import { backlog, type RunOptions, runCarriers } from './carriers.ts'
import { makeTimetable } from './timetable.ts'

const START = Date.parse('2026-06-11T06:00Z')

/** A clock that only moves when somebody waits. */
function world(change: Partial<RunOptions> = {}): { options: RunOptions; sent: string[]; stop: AbortController } {
  let now = START
  const stop = new AbortController()
  const sent: string[] = []
  const options: RunOptions = {
    seed: 7,
    scale: 0.1,
    dirty: 0,
    backlogHours: 3,
    speed: 60,
    clock: () => instant(now),
    wait: async (milliseconds) => {
      now += milliseconds
    },
    signal: stop.signal,
    send: async () => ({ status: 202 }),
    onSent: (message) => {
      sent.push(`${message.kind} ${message.flight}`)
      if (sent.length >= 60) stop.abort()
    },
    ...change,
  }
  return { options, sent, stop }
}

test('the backlog is about the nearest flights first, and only of the past', () => {
  const pushes = backlog(makeTimetable(7, 0.5), START, 6, 0)
  expect(pushes.length).toBeGreaterThan(10)
  const distance = pushes.map(({ flight, legIndex }) => Math.abs((flight.legs[legIndex]?.departsAt ?? 0) - START))
  expect(distance).toEqual(distance.toSorted((one, two) => one - two))
  for (const push of pushes) expect(push.at).toBeLessThan(START)
})

test('carriers go on in simulated time after the backlog, until they are told to stop', async () => {
  const { options, sent } = world()
  await runCarriers(options)
  expect(sent.length).toBeGreaterThanOrEqual(60)
})

test('a busy receiver is asked again after the time that it names', async () => {
  const waits: number[] = []
  let tries = 0
  const { options, sent } = world()
  await runCarriers({
    ...options,
    wait: async (milliseconds, signal) => {
      waits.push(milliseconds)
      await options.wait(milliseconds, signal)
    },
    send: async () => (tries++ === 0 ? { status: 429, retryAfter: 7 } : { status: 202 }),
  })
  expect(waits[0]).toBe(7000)
  expect(tries).toBe(sent.length + 1)
})
