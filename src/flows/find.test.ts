import { beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '#domain/officer.ts'
import { testDatabase } from '#store/testing/database.ts'
import { type FindQuestion, find } from './find.ts'
import { intakeOn, paxlst, person, pnrgov, pnrSegments, send } from './testing/intake.ts'
import { hitIn, logEnd, logSince, PEOPLE, siteIn } from './testing/scene.ts'

const { db } = await testDatabase()
const { unitA, border, customs } = PEOPLE
await siteIn(db)
const deps = await intakeOn(db)

beforeAll(async () => {
  await send(
    deps,
    paxlst([
      person('VALEDOVA', 'MIRAY', { document: 'C0I817Z63', born: '850412' }),
      person('MUSTAFAYEV', 'ELDAR JAFAR', { document: 'P7654321', born: '790101' }),
      person('ALIZADE', 'LEYLA', { born: '900203' }),
    ]),
  )
  const booked = pnrSegments({
    locator: 'QXAAAA',
    people: ['HASANLI+MIRAYMRS'],
    docs: ['SSR+DOCS:HK:1:Q0:::::/P/TUR/C0I817Z63/TUR/12APR85/F/01JAN30/VALEDOVA/MIRAY'],
    more: ['IFT+4:28::Q0+CTCM 994500000001', 'IFT+4:28::Q0+CTCE MIRAY//EXAMPLE.COM'],
  })
  const paid = pnrSegments({ locator: 'QXBBBB', people: ['OREN+DANIMR'] })
  paid.splice(
    paid.findIndex((one) => one.startsWith('TIF')) + 1,
    0,
    'TKT+9992412345678:T:1',
    'FOP+CC:3::VI:411111XXXXXX1234:0130',
  )
  await send(deps, pnrgov([...booked, ...paid]))
})

const asked = async (question: Omit<FindQuestion, 'kind'> & { kind?: FindQuestion['kind'] }, who: Officer = unitA) => {
  const found = await find({ kind: 'name', ...question }, who, deps)
  return found.ok ? found.value.rows.map((row) => row.surname) : found.problems.map(({ code }) => code)
}

describe('a name is found', () => {
  test.each([
    ['as it is', 'VALEDOVA MIRAY', ['VALEDOVA']],
    ['by one of its words', 'Eldar', ['MUSTAFAYEV']],
    ['in another order', 'eldar mustafayev', ['MUSTAFAYEV']],
    ['in other letters', 'Мустафаев', ['MUSTAFAYEV']],
    ['spelt otherwise', 'MOSTAFAEV', ['MUSTAFAYEV']],
    ['with a slip', 'MUSTAFAJEV', ['MUSTAFAYEV']],
    ['with two letters changed places', 'VALDEOVA', ['VALEDOVA']],
    ['parted where the carrier wrote one word', 'Əli-zadə Leyla', ['ALIZADE']],
    ['as it stands in the booking, where the document has another', 'HASANLI MIRAY', ['VALEDOVA']],
    ['not with a word that he does not have', 'VALEDOVA ELDAR', []],
    ['not where it is another', 'SOLHEIM', []],
  ])('%s', async (_how, text, expected) => expect(await asked({ text })).toEqual(expected))

  test.each([
    ['1985-04-12', ['VALEDOVA']],
    ['1985-12-04', ['VALEDOVA']],
    ['1985-04-13', ['VALEDOVA']],
    ['1985', ['VALEDOVA']],
    ['1961-01-01', []],
  ])('of somebody born %s', async (birthDate, expected) =>
    expect(await asked({ text: 'VALEDOVA', birthDate })).toEqual(expected),
  )

  test('and it is said how', async () => {
    const how = async (text: string) => {
      const found = await find({ kind: 'name', text }, unitA, deps)
      return found.ok ? found.value.rows[0]?.likeness : undefined
    }
    expect([await how('VALEDOVA'), await how('VALEDOVE'), await how('MUSTAFAJEV')]).toEqual([
      'same',
      'spelling',
      'slip',
    ])
  })
})

test.each<[FindQuestion['kind'], string, string]>([
  ['document', 'c0 i817 z63', 'VALEDOVA'],
  ['document', 'C01817263', 'VALEDOVA'],
  ['phone', '+994 50 000 00 01', 'VALEDOVA'],
  ['email', 'miray@example.com', 'VALEDOVA'],
  ['locator', 'qxaaaa', 'VALEDOVA'],
  ['ticket', '999-2412345678', 'OREN'],
  ['card', '4111 11XX XXXX 1234', 'OREN'],
])('%s %s is found', async (kind, text, surname) => expect(await asked({ kind, text })).toEqual([surname]))

test.each<[FindQuestion, string]>([
  [{ kind: 'phone', text: '12' }, 'find.unreadable'],
  [{ kind: 'name', text: '' }, 'find.unreadable'],
  [{ kind: 'name', text: 'A' }, 'find.unreadable'],
  [{ kind: 'name', text: 'VALEDOVA', birthDate: 'spring' }, 'find.unreadable'],
  [{ kind: 'name', text: 'VALEDOVA', from: '2026-06', to: '2026-05' }, 'find.months'],
  [{ kind: 'name', text: 'VALEDOVA', from: '1990-01' }, 'find.months'],
])('%o cannot be asked', async (question, code) => expect(await asked(question)).toEqual([code]))

test('only in the months that were asked for', async () => {
  expect(await asked({ text: 'VALEDOVA', from: '2026-06', to: '2026-06' })).toEqual(['VALEDOVA'])
  expect(await asked({ text: 'VALEDOVA', from: '2026-07', to: '2026-09' })).toEqual([])
})

test('an authority finds those on whom it has a hit; who reads no PNR finds nobody by what PNR alone says', async () => {
  const everybody = await db.selectFrom('traveller').select(['month', 'leg_id', 'id', 'surname']).execute()
  const valedova = everybody.find((row) => row.surname === 'VALEDOVA')
  if (!valedova) throw new Error('nobody was taken in')
  expect(await asked({ text: 'VALEDOVA' }, border)).toEqual([])
  for (const agency of ['border', 'customs'])
    await hitIn(db, { month: valedova.month, id: valedova.leg_id }, valedova.id, agency)
  expect(await asked({ text: 'VALEDOVA' }, border)).toEqual(['VALEDOVA'])
  expect(await asked({ text: 'MUSTAFAYEV' }, border)).toEqual([])
  expect(await asked({ text: 'HASANLI' }, border)).toEqual([])
  expect(await asked({ text: 'HASANLI' }, customs)).toEqual(['VALEDOVA'])
  expect(await asked({ kind: 'phone', text: '994500000001' }, border)).toEqual([])
  expect(await asked({ kind: 'phone', text: '994500000001' }, customs)).toEqual(['VALEDOVA'])
  const seen = await find({ kind: 'name', text: 'VALEDOVA' }, border, deps)
  expect(seen.ok && seen.value.rows[0]).toMatchObject({ sources: ['api'], document: 'C0I817Z63' })
  expect(seen.ok && seen.value.rows[0]).not.toHaveProperty('locator')
})

test('the log says what kind of question it was and who was shown, never what was typed', async () => {
  const before = await logEnd(db)
  await asked({ text: 'VALEDOVA', birthDate: '1985-04-12' })
  await asked({ text: 'NOBODYHERE' })
  const { purpose: _none, ...aimless } = unitA
  expect(await asked({ text: 'VALEDOVA' }, aimless)).toEqual(['purpose.missing'])
  const rows = await logSince(db, before)
  expect(rows.map((row) => [row.action, row.screen, row.subjects.length, row.detail])).toEqual([
    ['search', 'find', 2, { kind: 'name', rows: 1, from: '2025-06-01', to: '2026-09-01' }],
    ['search', 'find', 0, { kind: 'name', rows: 0, from: '2025-06-01', to: '2026-09-01' }],
    ['refused', 'find', 0, { code: 'purpose.missing' }],
  ])
})

test('many are shown page by page, each once', async () => {
  const people = Array.from({ length: 120 }, (_, n) =>
    person('SOLHEIM', `INGRID${String.fromCharCode(65 + (n % 26))}`, {
      reference: `R${n}`,
      document: `S${1000000 + n}`,
    }),
  )
  await send(deps, paxlst(people, { interchange: 'MANY', number: '814' }))
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await find({ kind: 'name', text: 'SOLHEIM', after }, unitA, deps)
    if (!page.ok) throw new Error('refused')
    expect(page.value.total).toBe(120)
    ids.push(...page.value.rows.map((row) => row.traveller))
    after = page.value.next
  } while (after)
  expect([ids.length, new Set(ids).size]).toEqual([120, 120])
})
