import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { decode } from '#codecs/decode.ts'
import { carrierOfKey } from '#flows/carrier-of-key.ts'
import { logEnd, logSince, NOW } from '#flows/testing/scene.ts'
import { testDatabase } from '#store/testing/database.ts'
import { command as agency } from './agency.ts'
import { command as carrier } from './carrier.ts'
import { command as govreq } from './govreq.ts'
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

const folder = mkdtempSync(join(tmpdir(), 'preclear-'))
const profile = (json: unknown): string => {
  const file = join(folder, 'profile.json')
  writeFileSync(file, JSON.stringify(json))
  return file
}
const FLIGHT = ['ZX', 'ZX812a', '--from', 'ist', '--to', 'GYD', '--departs', '2026-06-11T08:15']

test('what was agreed with a carrier is set from a file and logged; only then may he be asked for a push', async () => {
  await expect(run(govreq, ...FLIGHT)).rejects.toThrow('does not allow requests to ZX')
  const before = await logEnd(db)
  const agreed = { cusres: true, contrl: 'on-error', replies: { govreq: { allowed: true, locator: '99' } } }
  expect(JSON.parse(await run(carrier, 'profile', 'zx', profile(agreed)))).toEqual(agreed)
  expect(JSON.parse(await run(carrier, 'profile', 'ZX'))).toEqual(agreed)
  const asked = await run(govreq, ...FLIGHT, '--locator', 'QXAAAA')
  const { messages, findings } = decode(Buffer.from(asked), { receivedAt: NOW })
  expect(findings).toEqual([])
  expect(messages).toMatchObject([
    {
      type: 'GOVREQ',
      request: '99',
      leg: { carrier: 'ZX', number: '812', suffix: 'A', from: 'IST', to: 'GYD', departs: '2026-06-11T08:15' },
      locators: [{ company: 'ZX', locator: 'QXAAAA' }],
    },
  ])
  const rows = (await logSince(db, before)).filter((row) => row.actor.startsWith('operator '))
  expect(rows.map((row) => [row.action, row.subjects[0]])).toEqual([
    ['change-carrier-profile', 'ZX'],
    ['ask-for-push', 'ZX'],
  ])
  expect(JSON.stringify(rows)).not.toContain('QXAAAA')
})

test.each([
  ['no object', [1], 'profile is no object'],
  ['an unknown key', { answers: true }, 'profile.answers is not known'],
  ['a value of another kind', { cusres: 'yes' }, 'profile.cusres is not'],
  ['a word that is none', { contrl: 'sometimes' }, 'profile.contrl is not'],
  ['an unknown code of the table', { replies: { ackresErrors: { 'x y': 'x' } } }, 'replies.ackresErrors is not'],
  ['an otherwise that is not in it', { replies: { ackresErrors: { '1': 'date' } } }, 'ackresOtherwise is not among'],
  ['a code that would keep everybody from boarding', { replies: { board: '1Z' } }, '1Z lets nobody board'],
  ['a request of an odd version', { replies: { govreq: { version: '14' } } }, 'govreq.version is not'],
])('a profile with %s is refused', async (_, json, sentence) => {
  await expect(run(carrier, 'profile', 'ZX', profile(json))).rejects.toThrow(sentence)
})

test('whom nobody knows has no profile', async () => {
  await expect(run(carrier, 'profile', '7Y', profile({}))).rejects.toThrow('no carrier 7Y')
})
