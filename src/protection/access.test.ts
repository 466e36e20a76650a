import { expect, test } from 'vitest'
import type { RoleName } from '#domain/officer.ts'
import { isAllowed, PERMISSIONS, PURPOSES, permissionsOf, purposesFor } from './access.ts'

/** What each role may do, read from the role's side: a change of the table shows here. */
const BY_ROLE: Readonly<Record<RoleName, readonly string[]>> = {
  analyst: [
    'flights.read',
    'manifest.read',
    'traveller.read',
    'traveller.find',
    'queue.work',
    'referral.send',
    'referral.receive',
    'rule.read',
  ],
  'watchlist-officer': ['flights.read', 'watchlist.read', 'watchlist.propose', 'watchlist.approve'],
  'targeting-officer': ['flights.read', 'manifest.read', 'rule.read', 'rule.pause'],
  'frontline-officer': ['flights.read', 'referral.receive'],
  'carrier-liaison': ['flights.read', 'messages.read', 'messages.replay'],
  supervisor: [
    'flights.read',
    'manifest.read',
    'traveller.read',
    'traveller.find',
    'queue.work',
    'referral.send',
    'referral.receive',
    'watchlist.read',
    'watchlist.approve',
    'rule.read',
    'rule.pause',
    'messages.read',
    'messages.replay',
    'jobs.run',
  ],
  dpo: ['flights.read', 'watchlist.read', 'rule.read', 'log.read', 'users.read'],
  administrator: ['messages.read', 'messages.replay', 'jobs.run', 'users.read'],
}
const ROLES = Object.keys(BY_ROLE) as RoleName[]

test.each(ROLES)('%s may do exactly this', (role) => {
  expect(permissionsOf([role])).toEqual(BY_ROLE[role])
})

test('every permission is decided: somebody holds it, and somebody does not', () => {
  for (const permission of PERMISSIONS) {
    const holders = ROLES.filter((role) => isAllowed([role], permission))
    expect(holders.length, permission).toBeGreaterThan(0)
    expect(holders.length, permission).toBeLessThan(ROLES.length)
  }
})

test('without a role nothing is allowed; with two, what either of them allows', () => {
  expect(permissionsOf([])).toEqual([])
  expect(permissionsOf(['frontline-officer', 'carrier-liaison'])).toEqual([
    'flights.read',
    'referral.receive',
    'messages.read',
    'messages.replay',
  ])
})

test('who administers sees no person, and who oversees decides on none', () => {
  for (const permission of ['manifest.read', 'traveller.read', 'queue.work', 'watchlist.read', 'log.read'] as const)
    expect(isAllowed(['administrator'], permission)).toBe(false)
  for (const permission of ['queue.work', 'referral.send', 'watchlist.propose', 'watchlist.approve'] as const)
    expect(isAllowed(['dpo'], permission)).toBe(false)
})

test.each([
  ['unit', 'analyst', ['terrorism', 'serious-crime']],
  ['unit', 'dpo', ['oversight']],
  ['unit', 'administrator', []],
  ['unit', 'carrier-liaison', []],
  ['border', 'analyst', ['border-control']],
  ['border', 'frontline-officer', ['border-control']],
  ['migration', 'supervisor', ['border-control']],
  ['customs', 'frontline-officer', ['customs-control']],
  ['customs', 'analyst', ['serious-crime', 'customs-control']],
  ['evisa', 'frontline-officer', ['acting-on-referral']],
  ['nowhere', 'analyst', []],
] as const)('purposes of %s, %s', (agency, role, purposes) => {
  expect(purposesFor(agency, [role]).map((purpose) => purpose.id)).toEqual(purposes)
})

test('every purpose has a legal basis and its words in both languages, and is named once', () => {
  expect(new Set(PURPOSES.map((purpose) => purpose.id)).size).toBe(PURPOSES.length)
  for (const { legalBasis, label } of PURPOSES) expect([legalBasis, label.en, label.az]).not.toContain('')
})

test('PNR is not used for border control alone', () => {
  // CJEU C-817/19, 233 and 237: terrorist offences and serious crime only; border control rests on API.
  const border = PURPOSES.filter((purpose) => ['border', 'migration'].some((one) => purpose.agencies.includes(one)))
  expect(border.map((purpose) => purpose.id)).toEqual(['border-control', 'oversight'])
})
