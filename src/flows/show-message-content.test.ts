import { beforeAll, expect, test } from 'vitest'
import type { Officer } from '#domain/officer.ts'
import { testDatabase } from '#store/testing/database.ts'
import { showMessageContent } from './show-message-content.ts'
import { intakeOn, paxlst, person, pnrgov, pnrSegments, send } from './testing/intake.ts'
import { hitIn, logEnd, logSince, PEOPLE, siteIn } from './testing/scene.ts'

const { db } = await testDatabase()
await siteIn(db)
const deps = await intakeOn(db)
const { unitA, border } = PEOPLE

let list = ''
let push = ''
let legs: readonly { leg_id: string; id: string; surname: string | null }[] = []

beforeAll(async () => {
  list = (await send(deps, paxlst([person('VALEDOVA', 'MIRAY'), person('OREN', 'LIV'), person('TIKHO', 'SOL')])))
    .transmission
  push = (
    await send(
      deps,
      pnrgov(
        Array.from({ length: 120 }, (_, at) =>
          pnrSegments({ locator: `QX${String(at).padStart(4, '0')}`, people: [`BUCHER+NO${String(at)}`] }),
        ).flat(),
        { number: '0813', interchange: 'LONG' },
      ),
    )
  ).transmission
  legs = await db.selectFrom('traveller').select(['leg_id', 'id', 'surname']).execute()
})

const show = (id: string, more: { at?: number; from?: number; find?: string } = {}, by: Officer = unitA) =>
  showMessageContent({ id, ...more }, by, deps)

async function shown(...asked: Parameters<typeof show>) {
  const view = await show(...asked)
  if (!view.ok) throw new Error('not shown')
  return view.value
}

test('the unit sees the whole message, each value named, and its sight is logged', async () => {
  const before = await logEnd(db)
  const view = await shown(list)
  expect(view).toMatchObject({ whole: true, format: 'edifact', from: 0 })
  const nad = view.lines.find(({ pieces }) => pieces.some(({ text }) => text === 'VALEDOVA'))
  expect(nad).toMatchObject({ tag: 'NAD', depth: 1 })
  expect(nad?.pieces.find(({ text }) => text === 'VALEDOVA')).toMatchObject({ name: { en: 'surname', az: 'soyad' } })
  expect(view.travellers.map(({ name }) => name).sort()).toEqual(['OREN, LIV', 'TIKHO, SOL', 'VALEDOVA, MIRAY'])
  expect(view.travellers.find(({ name }) => name.startsWith('VALEDOVA'))?.rows[0]).toBe(nad?.number)
  const [entry] = await logSince(db, before)
  expect(entry).toMatchObject({ action: 'consult', screen: 'message', actor: unitA.id })
  expect(entry?.subjects).toEqual(expect.arrayContaining([list, ...view.travellers.map(({ id }) => id)]))
})

test('what came again is shown as it came first', async () => {
  const again = (await send(deps, paxlst([person('VALEDOVA', 'MIRAY'), person('OREN', 'LIV'), person('TIKHO', 'SOL')])))
    .transmission
  expect(again).not.toBe(list)
  expect((await shown(again)).id).toBe(list)
})

test('findings stand on their rows', async () => {
  const view = await shown(list)
  expect(view.findings.length).toBeGreaterThan(0)
  for (const { row, segment } of view.findings) expect(row).toBe(segment)
})

test('a long message is shown page by page, from a byte, or from what is looked for', async () => {
  const first = await shown(push)
  expect(first.rows).toBeGreaterThan(first.pageSize)
  expect(first.lines.length).toBe(first.pageSize)
  const next = await shown(push, { from: first.pageSize })
  expect(next.lines[0]?.number).toBe(first.pageSize + 1)
  expect(next.travellers.map(({ name }) => name)).not.toContain('BUCHER, NO0')
  const found = await shown(push, { find: 'qx0100' })
  expect(found.lines.find(({ number }) => number === found.found)?.pieces.map(({ text }) => text)).toContain('QX0100')
  const line = found.lines.find(({ number }) => number === found.found)
  const at = await shown(push, { at: line?.byte ?? 0 })
  expect(at.found).toBe(found.found)
  expect((await shown(push, { find: 'NOBODYATALL' })).found).toBeUndefined()
})

test('another agency sees the rows that speak of its own travellers, and nothing of the others', async () => {
  expect(await show(list, {}, border)).toMatchObject({ ok: false, problems: [{ code: 'not.found' }] })
  const mine = legs.find(({ surname }) => surname === 'OREN')
  if (!mine) throw new Error('nobody')
  await hitIn(
    db,
    { id: mine.leg_id, month: `${mine.leg_id.slice(0, 4)}-${mine.leg_id.slice(4, 6)}-01` } as never,
    mine.id,
    'border',
  )
  const view = await shown(list, {}, border)
  const text = JSON.stringify(view)
  expect(view.whole).toBe(false)
  expect(text).toContain('OREN')
  expect(text).not.toMatch(/VALEDOVA|TIKHO/)
  expect(view.travellers.map(({ name }) => name)).toEqual(['OREN, LIV'])
})

test('without a purpose nothing is shown, and what does not exist is not there', async () => {
  const { purpose: _, ...aimless } = unitA
  expect(await show(list, {}, aimless)).toMatchObject({ ok: false, problems: [{ code: 'purpose.missing' }] })
  expect(await show('202606-0190ffff')).toMatchObject({ ok: false, problems: [{ code: 'not.found' }] })
})
