import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { appendFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { command as agency } from './agency.ts'
import { command as backup } from './backup.ts'
import { command as restore } from './restore.ts'

const place = mkdtempSync(join(tmpdir(), 'preclear-copies-'))
const backups = join(place, 'backups')
vi.stubEnv('DATABASE_URL', '')
vi.stubEnv('PRECLEAR_WAL_ARCHIVE', '')
vi.stubEnv('PRECLEAR_MASTER_KEY_FILE', join(place, 'elsewhere', 'master.key'))
vi.stubEnv('PRECLEAR_DATA', join(place, 'data'))
afterEach(() => void vi.restoreAllMocks())
afterAll(() => rm(place, { recursive: true, force: true }))

async function run(make: () => Command, ...args: readonly string[]): Promise<string> {
  let printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
  const all = make()
  for (const one of [all, ...all.commands]) one.exitOverride().configureOutput({ writeErr: () => undefined })
  await all.parseAsync([...args], { from: 'user' })
  vi.restoreAllMocks()
  return printed
}

test('a site is kept, verified, restored both ways and pruned from the command line', async () => {
  await run(agency, 'add', 'piu', '--name', 'Unit', '--kind', 'unit')
  expect(await run(backup, '--to', backups)).toMatch(
    /physical, PostgreSQL \d+, up to .*No log is archived.*master key is not in it/s,
  )
  expect(await run(backup, '--to', backups, '--logical')).toMatch(/logical, \d+ rows of \d+ tables/)

  const folders = readdirSync(backups).map((name) => join(backups, name))
  for (const [n, folder] of folders.entries()) {
    expect(await run(backup, 'verify', folder)).toContain('is whole')
    const data = join(place, `restored-${n}`)
    const told = await run(restore, folder, '--data', data)
    expect(told).toMatch(/last message +none\naccess log +whole, 1 entries\nmaster key +nothing is archived/)
    vi.stubEnv('PRECLEAR_DATA', data)
    expect(await run(agency, 'list')).toContain('piu')
  }

  const [physical = '', logical = ''] = folders
  await appendFile(join(physical, 'base.tar.zst'), 'x')
  await appendFile(join(logical, 'agency.copy.zst'), 'x')
  await expect(run(backup, 'verify', physical)).rejects.toThrow(/base\.tar\.zst has \d+ bytes and had/)
  await expect(run(backup, 'verify', logical)).rejects.toThrow(/agency\.copy\.zst has/)
  expect(await run(backup, 'prune', backups, '--keep', '1')).toBe('0 backups and 0 pieces of log removed\n')
}, 120_000)

test.each([
  ['nowhere to put it', () => run(backup), 'say where'],
  ['no number to keep', () => run(backup, 'prune', backups, '--keep', 'all'), 'a whole number from 1'],
  ['a time without its zone', () => run(restore, backups, '--to-time', '2026-06-11T06:30:00'), 'a time with its zone'],
  ['a day', () => run(restore, backups, '--to-time', '2026-06-11'), 'a time with its zone'],
  ['what is no backup', () => run(restore, place, '--data', join(place, 'new')), 'no whole backup'],
  ['a folder that is used', () => run(restore, place, '--data', backups), 'is not empty'],
])('%s is refused', async (_what, work, sentence) => {
  mkdirSync(backups, { recursive: true })
  await expect(work()).rejects.toThrow(sentence)
})
