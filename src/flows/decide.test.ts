import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Instant } from '#lib/time.ts'
import { testDatabase } from '#store/testing/database.ts'
import { claim, release } from './claim.ts'
import { dispose } from './dispose.ts'
import { recordOutcome } from './record-outcome.ts'
import { recipients, refer } from './refer.ts'
import { showBoard } from './show-board.ts'
import { showQueue } from './show-queue.ts'
import { showReferral, showReferrals } from './show-referrals.ts'
import { showTraveller } from './show-traveller.ts'
import { takeNext } from './take-next.ts'
import {
  apiOf,
  flightIn,
  hitIn,
  logEnd,
  logSince,
  minutesOn,
  NOW,
  PEOPLE,
  type Place,
  pnrOf,
  siteIn,
  travellerIn,
} from './testing/scene.ts'
import { undoDisposition } from './undo-disposition.ts'

const { db } = await testDatabase()
const { unitA, unitB, border, customs } = PEOPLE
let now: Instant = NOW
const deps = { db, clock: () => now }

let leg: Place
let count = 0
let subject: { leg: string; traveller: string }
let hit: string

beforeAll(async () => {
  await siteIn(db)
  leg = await flightIn(db)
})

/** A new traveller with one high hit of the unit, at the start of the day. */
beforeEach(async () => {
  now = NOW
  count += 1
  const surname = `VALED${String.fromCharCode(64 + count)}`
  const traveller = await travellerIn(db, leg, {
    surname,
    api: apiOf(surname),
    pnr: pnrOf(surname),
    locator: `QX4T${count}`,
  })
  hit = await hitIn(db, leg, traveller, 'unit')
  subject = { leg: leg.id, traveller }
})

const confirmed = { outcome: 'confirmed', reason: 'document-same', note: 'same number and date' } as const
const code = (result: { ok: boolean; problems?: readonly { code: string }[] }) =>
  result.ok ? 'ok' : result.problems?.[0]?.code
const draft = (more: object = {}) => ({
  to: 'border',
  action: 'check-document' as const,
  reason: 'Passport on our list',
  hits: [hit],
  ...more,
})

const decideOn = async (decision: Parameters<typeof dispose>[1]) => {
  await claim(subject, unitA, deps)
  return dispose(subject, decision, unitA, deps)
}

test('one holds a claim for five minutes, renews it, and lets it go', async () => {
  const first = await claim(subject, unitA, deps)
  expect(first).toMatchObject({
    ok: true,
    value: { mine: true, open: true, claimedUntil: minutesOn(5), claimedBy: { name: 'Officer unit-a' } },
  })
  expect(code(await claim(subject, unitB, deps))).toBe('claim.taken')
  now = minutesOn(4)
  expect(await claim(subject, unitA, deps)).toMatchObject({ value: { claimedUntil: minutesOn(9) } })
  now = minutesOn(8)
  expect(code(await claim(subject, unitB, deps))).toBe('claim.taken')
  now = minutesOn(9)
  expect(await claim(subject, unitB, deps)).toMatchObject({ ok: true, value: { mine: true } })
  expect(await release(subject, unitA, deps)).toMatchObject({ value: { mine: false, claimedBy: { id: unitB.id } } })
  expect(await release(subject, unitB, deps)).toMatchObject({ value: { mine: false, open: true } })
})

test('a decision needs the claim, and one that is over is none', async () => {
  expect(code(await dispose(subject, { hits: [hit], ...confirmed }, unitA, deps))).toBe('claim.needed')
  await claim(subject, unitA, deps)
  expect(code(await dispose(subject, { hits: [hit], ...confirmed }, unitB, deps))).toBe('claim.needed')
  now = minutesOn(5)
  expect(code(await dispose(subject, { hits: [hit], ...confirmed }, unitA, deps))).toBe('claim.needed')
})

test('a decision closes the hit, names its author, and frees the claim', async () => {
  expect(await decideOn({ hits: [hit], ...confirmed })).toEqual({ ok: true, value: { mine: false, open: false } })
  const seen = await showTraveller(leg.id, subject.traveller, unitB, deps)
  expect(seen.ok && seen.value.hits[0]?.disposition).toMatchObject({
    outcome: 'confirmed',
    by: 'Officer unit-a',
    at: NOW,
  })
  expect(seen.ok && seen.value.hits[0]?.disposition).not.toHaveProperty('undoUntil')
  const own = await showTraveller(leg.id, subject.traveller, unitA, deps)
  expect(own.ok && own.value.hits[0]?.disposition?.undoUntil).toBe(minutesOn(10))
  expect(code(await claim(subject, unitB, deps))).toBe('claim.nothing-open')
  const queue = await showQueue({ view: 'decided' }, unitB, deps)
  expect(queue.ok && queue.value.rows.some((row) => row.traveller === subject.traveller)).toBe(true)
})

test('hits are decided one by one; the claim stays while one is open', async () => {
  const second = await hitIn(db, leg, subject.traveller, 'unit', 'low', 'entry-2')
  expect(await decideOn({ hits: [second], outcome: 'no-further-action', reason: 'outdated-entry' })).toMatchObject({
    value: { mine: true, open: true },
  })
  expect(code(await dispose(subject, { hits: [second], ...confirmed }, unitA, deps))).toBe('disposition.not-open')
})

test('what a decision lacks is told, and nothing is written', async () => {
  expect(code(await decideOn({ hits: [hit], outcome: 'confirmed', reason: 'document-same' }))).toBe('disposition.note')
  expect(code(await decideOn({ hits: [hit], outcome: 'confirmed', reason: 'sex-differs', note: 'x' }))).toBe(
    'disposition.reason',
  )
  expect(code(await decideOn({ hits: [], ...confirmed }))).toBe('disposition.no-hits')
  const rows = await db.selectFrom('disposition').select('id').where('hit_id', '=', hit).execute()
  expect(rows).toEqual([])
})

test('one takes back one’s own decision within ten minutes; it stays on record', async () => {
  await decideOn({ hits: [hit], ...confirmed })
  expect(code(await undoDisposition(subject, unitB, deps))).toBe('undo.nothing')
  now = minutesOn(9)
  expect(await undoDisposition(subject, unitA, deps)).toMatchObject({ ok: true, value: { open: true } })
  const rows = await db.selectFrom('disposition').select(['outcome', 'undone_at']).where('hit_id', '=', hit).execute()
  expect(rows).toEqual([{ outcome: 'confirmed', undone_at: minutesOn(9) }])
  await decideOn({ hits: [hit], outcome: 'not-the-person', reason: 'birth-date-differs' })
  now = minutesOn(19)
  expect(code(await undoDisposition(subject, unitA, deps))).toBe('undo.nothing')
})

test('nothing is referred on a hit that nobody confirmed, or that was taken back', async () => {
  expect(code(await refer(subject, draft(), unitA, deps))).toBe('referral.not-confirmed')
  await decideOn({ hits: [hit], outcome: 'not-the-person', reason: 'birth-date-differs' })
  expect(code(await refer(subject, draft(), unitA, deps))).toBe('referral.not-confirmed')
  await undoDisposition(subject, unitA, deps)
  await decideOn({ hits: [hit], ...confirmed })
  await undoDisposition(subject, unitA, deps)
  expect(code(await refer(subject, draft(), unitA, deps))).toBe('referral.not-confirmed')
  expect(await db.selectFrom('referral').select('id').where('traveller_id', '=', subject.traveller).execute()).toEqual(
    [],
  )
})

test('the database itself refuses a referral without a confirming disposition', async () => {
  await decideOn({ hits: [hit], outcome: 'not-the-person', reason: 'birth-date-differs' })
  const [made] = await db.selectFrom('disposition').select('id').where('hit_id', '=', hit).execute()
  const insert = (outcome: string) =>
    sql`insert into referral (month, leg_id, id, traveller_id, hits, disposition_id, disposition_outcome, to_agency, from_agency, action,
      severity, reasons, person, purpose, by_user, sent_at) values (${leg.month}, ${leg.id}, gen_random_uuid(), ${subject.traveller}, '{}',
      ${made?.id}, ${outcome}, 'border', 'unit', 'interview', 'high', '{}', '{}', 'p', ${unitA.id}, ${NOW})`.execute(db)
  await expect(insert('confirmed')).rejects.toThrow(/foreign key/)
  await expect(insert('not-the-person')).rejects.toThrow(/check/)
})

test('a referral tells its recipient what the action needs, no more, and is due at the next control point', async () => {
  await decideOn({ hits: [hit], ...confirmed })
  const before = await logEnd(db)
  const preview = await refer(subject, draft(), unitA, deps, true)
  expect(await showReferrals('open', border, deps)).toMatchObject({ ok: true, value: { rows: [] } })
  const sent = await refer(subject, draft(), unitA, deps)
  if (!sent.ok || !preview.ok) throw new Error('not sent')
  expect({ ...sent.value, id: '' }).toEqual({ ...preview.value, id: '' })
  expect(Object.keys(sent.value.person)).toEqual(['surname', 'givenNames', 'sex', 'nationality', 'document'])
  expect(sent.value).toMatchObject({ state: 'sent', dueAt: minutesOn(60), severity: 'high', from: { id: 'unit' } })
  const log = await logSince(db, before)
  expect(log.map((row) => [row.action, row.screen, row.agency])).toEqual([
    ['consult', 'referral-preview', 'unit'],
    ['consult', 'referrals', 'border'],
    ['disclose', 'referral', 'unit'],
  ])
  expect(log[2]?.detail).toEqual({
    to: 'border',
    action: 'check-document',
    fields: 'surname givenNames sex nationality document',
  })
  expect(log[2]?.subjects).toEqual([leg.id, subject.traveller, hit, sent.value.id])

  expect(code(await refer(subject, draft(), unitA, deps))).toBe('referral.sent-already')
  expect(code(await undoDisposition(subject, unitA, deps))).toBe('undo.referred')
  const [row] = (await showBoard({}, border, deps)).flights
  expect(row?.referrals).toBe(1)
})

test('what the policy does not allow is not sent', async () => {
  await decideOn({ hits: [hit], ...confirmed })
  expect(code(await refer(subject, draft({ to: 'unit' }), unitA, deps))).toBe('referral.recipient')
  expect(code(await refer(subject, draft({ to: 'nobody' }), unitA, deps))).toBe('referral.recipient')
  expect(code(await refer(subject, draft({ reason: ' ' }), unitA, deps))).toBe('referral.reason')
  expect(code(await refer(subject, draft({ reason: 'x'.repeat(501) }), unitA, deps))).toBe('referral.reason')
  expect(code(await refer(subject, draft({ hits: [] }), unitA, deps))).toBe('not.found')
  expect(code(await refer(subject, draft(), customs, deps))).toBe('not.found')
  const to = await recipients(unitA, deps)
  expect(to.agencies.map((agency) => agency.id)).toEqual(['border', 'customs'])
})

test('only the recipient’s opening marks a referral seen, and only sender and recipient find it', async () => {
  await decideOn({ hits: [hit], ...confirmed })
  const sent = await refer(subject, draft({ to: 'customs', action: 'search-baggage' }), unitA, deps)
  if (!sent.ok) throw new Error('not sent')
  expect(sent.value.person).toEqual({ surname: expect.any(String), givenNames: 'MIRAY', seat: '14C', bags: 2 })
  expect(await showReferral(sent.value.id, unitB, deps)).toMatchObject({ value: { state: 'sent' } })
  expect(code(await showReferral(sent.value.id, border, deps))).toBe('not.found')
  expect(await showReferral(sent.value.id, customs, deps)).toMatchObject({ value: { state: 'seen' } })
  expect(code(await showTraveller(leg.id, subject.traveller, customs, deps))).toBe('not.found')
})

test('an outcome sent twice counts once; another one stands beside it', async () => {
  await decideOn({ hits: [hit], ...confirmed })
  const sent = await refer(subject, draft(), unitA, deps)
  if (!sent.ok) throw new Error('not sent')
  const outcome = { key: 'tablet-1', code: 'found', count: 1, note: 'at desk 4' } as const
  expect(code(await recordOutcome(sent.value.id, outcome, unitA, deps))).toBe('not.found')
  const first = await recordOutcome(sent.value.id, outcome, border, deps)
  now = minutesOn(3)
  const again = await recordOutcome(sent.value.id, outcome, border, deps)
  expect(again).toEqual(first)
  expect(first).toMatchObject({ value: { state: 'done', outcome: { code: 'found', by: 'Officer border-a', at: NOW } } })
  expect(code(await recordOutcome(sent.value.id, { ...outcome, code: 'no-show' }, border, deps))).toBe(
    'outcome.key-used',
  )
  const other = await recordOutcome(sent.value.id, { key: 'tablet-2', code: 'no-show' }, border, deps)
  expect(other.ok && other.value.outcomes.map((one) => one.code)).toEqual(['found', 'no-show'])
  const done = await showReferrals('done', border, deps)
  expect(done.ok && done.value.rows.some((row) => row.id === sent.value.id)).toBe(true)
  const open = await showReferrals('open', border, deps)
  expect(open.ok && open.value.rows.some((row) => row.id === sent.value.id)).toBe(false)
})

test('the same outcome at the same time from two tablets is kept once', async () => {
  await decideOn({ hits: [hit], ...confirmed })
  const sent = await refer(subject, draft(), unitA, deps)
  if (!sent.ok) throw new Error('not sent')
  const { id } = sent.value
  await Promise.all(Array.from({ length: 8 }, () => recordOutcome(id, { key: 'k', code: 'found' }, border, deps)))
  expect(await db.selectFrom('referral_outcome').select('key').where('referral_id', '=', id).execute()).toHaveLength(1)
})

test('a hundred who ask for the next at once get a hundred different ones, most urgent first', async () => {
  const far = await flightIn(db, { number: '99', departsIn: 600 })
  const near = await flightIn(db, { number: '98', departsIn: 20 })
  await db.updateTable('hit').set({ now_false_since: NOW }).execute()
  const wanted = new Set<string>()
  for (let n = 0; n < 60; n++) {
    for (const place of [far, near]) {
      const traveller = await travellerIn(db, place, { surname: `QUEUE${n}`, api: apiOf(`QUEUE${n}`) })
      await hitIn(db, place, traveller, 'unit', n % 2 ? 'low' : 'medium')
      if (place === near) wanted.add(traveller)
    }
  }
  const taken = await Promise.all(Array.from({ length: 100 }, (_, n) => takeNext(n % 2 ? unitA : unitB, deps)))
  const ids = taken.map((one) => (one.ok ? one.value.traveller : 'none'))
  expect(new Set(ids).size).toBe(100)
  expect(ids.filter((id) => wanted.has(id))).toHaveLength(60)
  const rest = await Promise.all(Array.from({ length: 21 }, () => takeNext(unitA, deps)))
  expect(rest.filter((one) => one.ok)).toHaveLength(20)
  expect(rest.map(code)).toContain('queue.empty')
  const queue = await showQueue({ view: 'mine' }, unitA, deps)
  expect(queue.ok && queue.value.counts).toMatchObject({ open: 120, unclaimed: 0, mine: 70 })
  const next = queue.ok ? await showQueue({ view: 'mine', after: queue.value.next }, unitA, deps) : queue
  expect(queue.ok && queue.value.rows).toHaveLength(50)
  expect(next.ok && next.value.rows).toHaveLength(20)
  expect(next.ok && next.value.next).toBeUndefined()
})
