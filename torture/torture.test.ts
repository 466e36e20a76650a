/** A short run of what `npm run torture` does for as long as one likes; and what the auditor says of a record that is not true. */
import { expect, test } from 'vitest'
import { instant } from '#lib/time.ts'
import { FAULTS } from './faults.ts'
import { reportOf } from './report.ts'
import { torture } from './run.ts'

test('a burst under faults leaves what a calm day leaves', async () => {
  const outcome = await torture({
    seconds: 120,
    messages: 160,
    seed: 7,
    until: instant(Date.parse('2026-06-11')),
    layout: 'one',
    faults: Object.keys(FAULTS),
    gap: [300, 2_000],
    atOnce: 8,
    rate: 10,
    keep: false,
    say: (line) => void process.stdout.write(`${line}\n`),
  })
  process.stdout.write(`\n${reportOf(outcome)}`)
  expect(outcome.verdict.problems).toEqual([])
  expect(outcome.survived.length).toBeGreaterThan(0)
  expect(outcome.record.acknowledged.length).toBeGreaterThanOrEqual(160)
})
