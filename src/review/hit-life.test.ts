import { expect, test } from 'vitest'
import { DISPOSITION_REASONS } from '#domain/disposition.ts'
import type { Instant } from '#lib/time.ts'
import {
  type HitLife,
  isClaimedBy,
  isClaimedByOther,
  mayDispose,
  mayRecordOutcome,
  mayUndo,
  referralState,
} from './hit-life.ts'
import { actionsFor } from './recipients.ts'

const at = (time: string): Instant => `2026-06-11T${time}:00.000Z` as Instant
const open: HitLife = { severity: 'high', disposed: false, nowFalse: false }
const codes = (result: ReturnType<typeof mayDispose>) => (result.ok ? [] : result.problems.map((one) => one.code))

test.each([
  [{ outcome: 'confirmed', reason: 'document-same', note: 'same photo' }, [open], []],
  [{ outcome: 'confirmed', reason: 'document-same' }, [open], ['disposition.note']],
  [{ outcome: 'confirmed', reason: 'document-same', note: '  ' }, [open], ['disposition.note']],
  [{ outcome: 'confirmed', reason: 'document-same' }, [{ ...open, severity: 'low' }], []],
  [{ outcome: 'confirmed', reason: 'sex-differs', note: 'x' }, [open], ['disposition.reason']],
  [{ outcome: 'not-the-person', reason: 'sex-differs' }, [open], []],
  [{ outcome: 'not-the-person', reason: 'sex-differs' }, [], ['disposition.no-hits']],
  [{ outcome: 'not-the-person', reason: 'sex-differs' }, [{ ...open, disposed: true }], ['disposition.not-open']],
  [{ outcome: 'not-the-person', reason: 'sex-differs' }, [open, { ...open, nowFalse: true }], ['disposition.not-open']],
] as const)('%j on %j is refused with %j', (decision, hits, refused) => {
  expect(codes(mayDispose(decision, hits))).toEqual(refused)
})

test('every outcome has reasons, and none refuses anybody', () => {
  for (const [outcome, reasons] of Object.entries(DISPOSITION_REASONS)) {
    expect(outcome).not.toMatch(/refuse|deny|block/)
    expect(reasons.length).toBeGreaterThan(0)
  }
})

test('a claim holds until its time, for its holder', () => {
  const claim = { by: 'a', until: at('10:05') }
  expect([isClaimedBy(claim, 'a', at('10:04')), isClaimedBy(claim, 'a', at('10:05'))]).toEqual([true, false])
  expect([isClaimedByOther(claim, 'b', at('10:04')), isClaimedByOther(claim, 'b', at('10:05'))]).toEqual([true, false])
  expect(isClaimedByOther({}, 'b', at('10:04'))).toBe(false)
})

test('one undoes one’s own, in time, before anything was referred', () => {
  const mine = { by: 'a', at: at('10:00'), undone: false, referred: false }
  expect(mayUndo(mine, 'a', at('10:09'))).toBe(true)
  expect(mayUndo(mine, 'a', at('10:10'))).toBe(false)
  expect(mayUndo(mine, 'b', at('10:09'))).toBe(false)
  expect(mayUndo({ ...mine, undone: true }, 'a', at('10:09'))).toBe(false)
  expect(mayUndo({ ...mine, referred: true }, 'a', at('10:09'))).toBe(false)
})

test('a referral is sent, seen, done or recalled', () => {
  const sent = { seen: false, outcomes: 0, recalled: false }
  expect(referralState(sent)).toBe('sent')
  expect(referralState({ ...sent, seen: true })).toBe('seen')
  expect(referralState({ ...sent, outcomes: 2 })).toBe('done')
  expect(referralState({ seen: true, outcomes: 1, recalled: true })).toBe('recalled')
  expect(mayRecordOutcome({ ...sent, outcomes: 1 })).toBe(true)
  expect(mayRecordOutcome({ ...sent, recalled: true })).toBe(false)
})

test('the unit refers to authorities, an authority also to its own officers, nobody asks the unit to act', () => {
  const unit = { id: 'unit', kind: 'unit' } as const
  const authority = { id: 'border', kind: 'authority' } as const
  expect(actionsFor(unit, authority)).toContain('check-document')
  expect(actionsFor(authority, authority)).toContain('interview')
  expect(actionsFor(authority, unit)).toEqual(['inform-owner', 'observe'])
  expect(actionsFor(unit, unit)).toEqual([])
})
