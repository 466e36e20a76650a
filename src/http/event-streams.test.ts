import { describe, expect, test } from 'vitest'
import type { Officer, RoleName } from '#domain/officer.ts'
import type { Notice } from '#store/live.ts'
import { eventFor } from './event-streams.ts'

const ROLES: readonly RoleName[] = ['analyst', 'supervisor', 'watchlist-officer', 'dpo', 'carrier-liaison']

describe('events', () => {
  const officer = (agency: string, ...roles: RoleName[]): Officer => ({ id: 'x', login: 'x', name: 'x', agency, roles })
  test.each<[string, Notice, Officer, object | undefined]>([
    [
      'one’s own queue',
      { kind: 'queue', owner: 'unit', urgent: 2 },
      officer('unit', 'analyst'),
      { kind: 'queue', urgent: 2 },
    ],
    ['another’s queue', { kind: 'queue', owner: 'customs', urgent: 2 }, officer('unit', 'analyst'), undefined],
    [
      'one’s own queue, without the role',
      { kind: 'queue', owner: 'unit', urgent: 2 },
      officer('unit', 'carrier-liaison'),
      undefined,
    ],
    [
      'a referral to one',
      { kind: 'referrals', to: 'border', from: 'unit' },
      officer('border', 'frontline-officer'),
      { kind: 'referrals' },
    ],
    [
      'a referral from one',
      { kind: 'referrals', to: 'border', from: 'unit' },
      officer('unit', 'analyst'),
      { kind: 'referrals' },
    ],
    [
      'a referral between others',
      { kind: 'referrals', to: 'border', from: 'unit' },
      officer('customs', 'analyst'),
      undefined,
    ],
    ['messages', { kind: 'messages' }, officer('unit', 'carrier-liaison'), { kind: 'messages' }],
    ['messages, for an analyst', { kind: 'messages' }, officer('unit', 'analyst'), undefined],
    [
      'flights',
      { kind: 'flights', legs: ['l'] },
      officer('border', 'frontline-officer'),
      { kind: 'flights', legs: ['l'] },
    ],
    ['flights, without a role', { kind: 'flights', legs: ['l'] }, officer('border'), undefined],
    ['the epoch is between programs', { kind: 'epoch' }, officer('unit', ...ROLES), undefined],
  ])('%s', (_what, notice, who, wanted) => {
    expect(eventFor(notice, who)).toEqual(wanted)
  })
})
