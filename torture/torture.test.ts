/** A short run of what `npm run torture` does for as long as one likes; and what the auditor says of a record that is not true. */
import { expect, test } from 'vitest'
import { instant } from '#lib/time.ts'
import { FAULTS } from './faults.ts'
import { reportOf } from './report.ts'
import { torture } from './run.ts'

test('a burst under faults leaves what a calm day leaves', async () => {
  const outcome = await torture({
    seconds: 40,
    messages: 120,
    seed: 7,
    until: instant(Date.parse('2026-06-11')),
    layout: 'one',
    faults: Object.keys(FAULTS),
    gap: [300, 1_500],
    patient: true, // a slow machine sees fewer faults, and is not kept from working by them
    atOnce: 8,
    rate: 10,
    keep: false,
    say: (line) => void process.stdout.write(`${line}\n`),
  })
  process.stdout.write(`\n${reportOf(outcome)}`)
  expect(outcome.verdict.problems).toEqual([])
  expect(outcome.survived.length).toBeGreaterThan(0)
  expect(outcome.record.acknowledged.length).toBeGreaterThan(0)
})
