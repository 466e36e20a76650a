import { afterEach, expect, test, vi } from 'vitest'
import { carrierOfKey } from '#flows/carrier-of-key.ts'
import { logEnd, logSince } from '#flows/testing/scene.ts'
import { testDatabase } from '#store/testing/database.ts'
import { command as agency } from './agency.ts'
import { command as carrier } from './carrier.ts'
import { command as user } from './user.ts'

const { db, url } = await testDatabase()
vi.stubEnv('DATABASE_URL', url)
afterEach(() => void vi.restoreAllMocks())

async function run(make: typeof agency, ...args: readonly string[]): Promise<string> {
  let printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
  const all = make().exitOverride()
  for (const sub of all.commands) sub.exitOverride().configureOutput({ writeErr: () => undefined })
  await all.parseAsync([...args], { from: 'user' })
  vi.restoreAllMocks()
  return printed
}

test('an empty site is set up from the command line: unit, authority, carrier, its key; all of it is logged', async () => {
  const before = await logEnd(db)
  expect(await run(agency, 'list')).toBe('')
  expect(await run(agency, 'add', 'piu', '--name', 'Unit', '--kind', 'unit', '--reads-pnr')).toBe('piu added\n')
  expect(await run(agency, 'add', 'border', '--name', 'Border', '--name-az', 'Sərhəd')).toBe('border added\n')
  expect(await run(agency, 'list')).toMatch(/^border +authority +Border \/ Sərhəd\npiu +unit +PNR +Unit \/ Unit\n$/)
  expect(await run(carrier, 'add', 'zx', '--name', 'Fictional Air')).toBe('ZX added\n')
  const key = (await run(user, 'carrier-key', 'ZX')).trim()
  expect(await carrierOfKey(db, `Bearer ${key}`)).toBe('ZX')
  expect(await run(carrier, 'list')).toMatch(/^ZX +1 keys +Fictional Air\n$/)
  const rows = (await logSince(db, before)).filter((row) => row.actor.startsWith('operator '))
  expect(rows.map((row) => [row.action, row.subjects[0], row.detail.what])).toEqual([
    ['add-agency', 'piu', 'unit, reads PNR'],
    ['add-agency', 'border', 'authority'],
    ['add-carrier', 'ZX', undefined],
    ['issue-carrier-key', 'ZX', 'main'],
  ])
})

test.each([
  ['an agency that is there', () => run(agency, 'add', 'border', '--name', 'Border'), 'already an agency border'],
  ['an agency id of blanks', () => run(agency, 'add', 'Border Two', '--name', 'B'), 'small letters'],
  ['a carrier that is there', () => run(carrier, 'add', 'ZX', '--name', 'Z'), 'already a carrier ZX'],
  ['a carrier code of digits', () => run(carrier, 'add', '77', '--name', 'Z'), 'designator, not 77'],
  ['an unknown kind', () => run(agency, 'add', 'x1', '--name', 'X', '--kind', 'king'), 'kind'],
])('%s is refused', async (_, add, sentence) => {
  await expect(add()).rejects.toThrow(sentence)
})
