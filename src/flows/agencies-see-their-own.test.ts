import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Officer } from '#domain/officer.ts'
import { asOfficer } from '#store/db.ts'
import { verifyLog } from '#store/log.ts'
import { testDatabase } from '#store/testing/database.ts'
import { claim } from './claim.ts'
import { dispose } from './dispose.ts'
import { refer } from './refer.ts'
import { showBoard } from './show-board.ts'
import { showManifest } from './show-manifest.ts'
import { showQueue } from './show-queue.ts'
import { showReferral, showReferrals } from './show-referrals.ts'
import { showTraveller } from './show-traveller.ts'
import { actorOf } from './sight.ts'
import { takeNext } from './take-next.ts'
import {
  apiOf,
  flightIn,
  hitIn,
  logEnd,
  logSince,
  NOW,
  PEOPLE,
  type Place,
  pnrOf,
  siteIn,
  travellerIn,
} from './testing/scene.ts'

const { db } = await testDatabase()
const deps = { db, clock: () => NOW }
const { unitA, border, customs } = PEOPLE
const aimless = ({ purpose: _none, ...officer }: Officer): Officer => officer

let leg: Place
let both: string
let customsOnly: string
let pnrOnly: string
let nobodys: string
let customsHit: string

beforeAll(async () => {
  await siteIn(db)
  leg = await flightIn(db)
  both = await travellerIn(db, leg, {
    surname: 'VALEDOVA',
    api: apiOf('VALEDOVA'),
    pnr: pnrOf('VALEDOVA'),
    locator: 'QX4TRZ',
  })
  customsOnly = await travellerIn(db, leg, {
    surname: 'OREN',
    api: apiOf('OREN'),
    pnr: pnrOf('OREN', { reference: '2' }),
    locator: 'QX4TRZ',
  })
  pnrOnly = await travellerIn(db, leg, { surname: 'SOLMAZ', pnr: pnrOf('SOLMAZ'), locator: 'ZZ9PLU' })
  nobodys = await travellerIn(db, leg, { surname: 'TIKHO', api: apiOf('TIKHO') })
  await hitIn(db, leg, both, 'border')
  customsHit = await hitIn(db, leg, customsOnly, 'customs', 'low')
  await hitIn(db, leg, pnrOnly, 'border', 'medium', 'entry-2')
  await hitIn(db, leg, both, 'unit', 'medium')
})

const namesOn = async (who: Officer) => {
  const manifest = await showManifest(leg.id, who, deps)
  return manifest.ok ? manifest.value.travellers.map((row) => row.surname) : manifest.problems
}

test('the unit sees everybody; an authority those on whom it has a hit', async () => {
  expect(await namesOn(unitA)).toEqual(['OREN', 'SOLMAZ', 'TIKHO', 'VALEDOVA'])
  expect(await namesOn(customs)).toEqual(['OREN'])
  expect(await namesOn(border)).toEqual(['VALEDOVA'])
})

test('the board counts hits of the acting agency only', async () => {
  const hits = async (who: Officer) => (await showBoard({}, who, deps)).flights[0]?.hits
  expect(await hits(unitA)).toEqual({ open: 1, decided: 0, highest: 'medium' })
  expect(await hits(customs)).toEqual({ open: 1, decided: 0, highest: 'low' })
  expect(await hits(border)).toEqual({ open: 1, decided: 0, highest: 'high' })
  expect(await hits(aimless(unitA))).toEqual({ open: 0, decided: 0 })
})

test('the queue holds the acting agency’s own, with its counts', async () => {
  const queue = await showQueue({ view: 'open' }, border, deps)
  expect(queue.ok && queue.value.rows.map((row) => [row.surname, row.severity, row.hits.length])).toEqual([
    ['VALEDOVA', 'high', 1],
  ])
  expect(queue.ok && queue.value.counts).toEqual({ dueWithinHour: 1, unclaimed: 1, mine: 0, open: 1 })
})

test('what one may not see answers like what does not exist, and the attempt is logged', async () => {
  const before = await logEnd(db)
  const other = await showTraveller(leg.id, customsOnly, border, deps)
  const none = await showTraveller(leg.id, '00000000-0000-4000-8000-000000000000', border, deps)
  expect(other).toEqual(none)
  expect(other).toMatchObject({ ok: false, problems: [{ code: 'not.found' }] })
  expect(await claim({ leg: leg.id, traveller: customsOnly }, border, deps)).toMatchObject({ ok: false })
  const rows = await logSince(db, before)
  expect(rows.map((row) => [row.action, row.detail.code])).toEqual([
    ['refused', 'not.found'],
    ['refused', 'not.found'],
    ['refused', 'not.found'],
  ])
})

test('a dossier shows only the acting agency’s hits, and who of it looked', async () => {
  await showTraveller(leg.id, both, border, deps)
  const seen = await showTraveller(leg.id, both, unitA, deps)
  if (!seen.ok) throw new Error('not shown')
  expect(seen.value.hits.map((hit) => hit.owner.id)).toEqual(['unit'])
  expect(new Set(seen.value.seenBy.map((row) => row.agency))).toEqual(new Set(['unit']))
  expect(seen.value.booking).toBeUndefined() // no PNR was stored in this scene
  expect(seen.value.contacts).toHaveLength(1)
})

test('an agency that may not read PNR is shown none of it, and no traveller of whom only PNR is known', async () => {
  const seen = await showTraveller(leg.id, both, border, deps)
  if (!seen.ok) throw new Error('not shown')
  expect(JSON.stringify(seen.value)).not.toMatch(/QX4TRZ|14C|9940000|MIRAYMRS/)
  expect(seen.value.compare.every((row) => row.pnr.value === undefined)).toBe(true)
  expect(seen.value.hits[0]?.why.lines).toHaveLength(1)
  expect(await showTraveller(leg.id, pnrOnly, border, deps)).toMatchObject({ ok: false })
  const manifest = await showManifest(leg.id, border, deps)
  expect(manifest.ok && manifest.value.travellers[0]?.sources).toEqual(['api'])
  expect(JSON.stringify(manifest)).not.toMatch(/QX4TRZ|14C/)
})

test.each([
  ['hit', 'owner'],
  ['review', 'owner'],
] as const)('direct SQL as the officer shows none of another agency’s rows of %s', async (table, column) => {
  const owners = await asOfficer(db, actorOf(customs), (tx) => tx.selectFrom(table).select(column).execute())
  expect(owners.map((row) => row.owner)).toEqual(['customs'])
})

test('direct SQL as the officer shows travellers, parts and referrals by the same rule, and nothing without a purpose', async () => {
  const count = async (who: Officer, table: string) => {
    const { rows } = await asOfficer(db, actorOf(who), (tx) =>
      sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(tx),
    )
    return rows[0]?.count
  }
  expect(await count(border, 'traveller')).toBe(1)
  expect(await count(border, 'traveller_part')).toBe(1) // its API part
  expect(await count(customs, 'traveller_part')).toBe(2)
  for (const table of [
    'traveller',
    'traveller_part',
    'document',
    'pnr',
    'pnr_version',
    'hit',
    'review',
    'disposition',
    'referral',
  ]) {
    expect(await count(aimless(unitA), table)).toBe(0)
  }
  await expect(count(unitA, 'log')).rejects.toThrow(/permission denied/)
  await expect(count(unitA, 'app_user')).rejects.toThrow(/permission denied/)
  await expect(asOfficer(db, actorOf(unitA), (tx) => sql`select sealed from transmission`.execute(tx))).rejects.toThrow(
    /permission denied/,
  )
  await expect(asOfficer(db, actorOf(unitA), (tx) => sql`delete from hit`.execute(tx))).rejects.toThrow(/permission/)
})

test('without a purpose nothing is shown or done, and the attempt is logged', async () => {
  const before = await logEnd(db)
  const subject = { leg: leg.id, traveller: both }
  const nobody = aimless(unitA)
  const draft = { to: 'border', action: 'interview', reason: 'x', hits: [] } as const
  const answers = [
    await showManifest(leg.id, nobody, deps),
    await showTraveller(leg.id, both, nobody, deps),
    await showQueue({ view: 'open' }, nobody, deps),
    await showReferrals('open', nobody, deps),
    await showReferral('00000000-0000-4000-8000-000000000000', nobody, deps),
    await takeNext(nobody, deps),
    await claim(subject, nobody, deps),
    await dispose(subject, { hits: [], outcome: 'confirmed', reason: 'document-same' }, nobody, deps),
    await refer(subject, draft, nobody, deps),
  ]
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, problems: [{ code: 'purpose.missing' }] })
  const rows = await logSince(db, before)
  expect(rows).toHaveLength(answers.length)
  for (const row of rows)
    expect(row).toMatchObject({ action: 'refused', purpose: null, detail: { code: 'purpose.missing' } })
})

test('every sight leaves exactly one line, with purpose, screen and whom it was of', async () => {
  const seen = async (look: () => Promise<unknown>) => {
    const before = await logEnd(db)
    await look()
    return (await logSince(db, before)).map(({ action, screen, purpose, subjects }) => [
      action,
      screen,
      purpose,
      subjects,
    ])
  }
  expect(await seen(() => showTraveller(leg.id, nobodys, unitA, deps))).toEqual([
    ['consult', 'dossier', 'serious-crime', [leg.id, nobodys]],
  ])
  expect(await seen(() => showTraveller(leg.id, customsOnly, customs, deps))).toEqual([
    ['consult', 'dossier', 'serious-crime', [leg.id, customsOnly]],
  ])
  expect(await seen(() => showManifest(leg.id, unitA, deps))).toEqual([
    ['consult', 'manifest', 'serious-crime', [leg.id, customsOnly, pnrOnly, nobodys, both]],
  ])
  expect(await seen(() => showQueue({ view: 'open' }, customs, deps))).toEqual([
    ['consult', 'queue', 'serious-crime', [leg.id, customsOnly]],
  ])
  expect(await seen(() => showQueue({ view: 'decided' }, customs, deps))).toEqual([
    ['consult', 'queue', 'serious-crime', []],
  ])
  expect(await seen(() => showReferrals('open', customs, deps))).toEqual([
    ['consult', 'referrals', 'serious-crime', []],
  ])
})

test('a hit of another agency cannot be decided on, and one’s own only on its traveller', async () => {
  await claim({ leg: leg.id, traveller: both }, unitA, deps)
  const decision = { hits: [customsHit], outcome: 'not-the-person', reason: 'sex-differs' } as const
  expect(await dispose({ leg: leg.id, traveller: both }, decision, unitA, deps)).toMatchObject({
    ok: false,
    problems: [{ code: 'not.found' }],
  })
})

test('the chain of the log holds after all this', async () => {
  expect(await verifyLog(db)).toMatchObject({ ok: true })
})
