import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prune } from './prune.ts'

let place: string
let backups: string
let archive: string

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'preclear-prune-'))
  backups = join(place, 'backups')
  archive = join(place, 'wal')
  for (const folder of [backups, archive]) await mkdir(folder)
})

afterEach(() => rm(place, { recursive: true, force: true }))

async function backup(name: string, kind: 'physical' | 'logical', firstSegment = '', walFolder = ''): Promise<void> {
  await mkdir(join(backups, name))
  const manifest = { form: 1, kind, startedAt: name, files: [], firstSegment, ...(walFolder && { walFolder }) }
  await writeFile(join(backups, name, 'backup.json'), JSON.stringify(manifest))
}

async function segments(folder: string, ...names: readonly string[]): Promise<void> {
  await mkdir(join(archive, folder))
  for (const name of names) await writeFile(join(archive, folder, name), '')
}

const segment = (n: number, timeline = 1): string =>
  `${String(timeline).padStart(8, '0')}00000000${n.toString(16).toUpperCase().padStart(8, '0')}`

test('keeps the newest of each kind, and the log from the oldest of these on', async () => {
  for (const n of [1, 2, 3]) await backup(`2026-06-0${n}`, 'physical', segment(n * 10), 'wal-a')
  for (const n of [1, 2]) await backup(`2026-05-0${n}`, 'logical')
  await mkdir(join(backups, 'notes'))
  await segments(
    'wal-a',
    segment(9),
    segment(19),
    `${segment(10)}.00000028.backup`,
    segment(20),
    segment(31),
    segment(8, 2),
    '00000002.history',
  )
  const pruned = await prune(backups, 2, archive)
  expect(pruned).toEqual({ backups: [join(backups, '2026-06-01')], segments: 4 })
  expect((await readdir(backups)).sort()).toEqual(['2026-05-01', '2026-05-02', '2026-06-02', '2026-06-03', 'notes'])
  expect((await readdir(join(archive, 'wal-a'))).sort()).toEqual([segment(20), segment(31), '00000002.history'].sort())
})

test('leaves the log of other clusters alone, and takes all of one that has no backup any more', async () => {
  await backup('2026-06-01', 'physical', segment(5), 'wal-old')
  await backup('2026-06-02', 'physical', segment(5), 'wal-new')
  await segments('wal-old', segment(4), segment(5), segment(6))
  await segments('wal-new', segment(5))
  await segments('wal-stranger', segment(1))
  expect(await prune(backups, 1, archive)).toMatchObject({ segments: 3 })
  expect(await readdir(join(archive, 'wal-old'))).toEqual([])
  expect(await readdir(join(archive, 'wal-new'))).toEqual([segment(5)])
  expect(await readdir(join(archive, 'wal-stranger'))).toEqual([segment(1)])
})

test('without an archive only backups go', async () => {
  for (const n of [1, 2]) await backup(`2026-06-0${n}`, 'physical', segment(n), 'wal-a')
  await segments('wal-a', segment(1))
  expect(await prune(backups, 1, undefined)).toMatchObject({ segments: 0 })
  expect(await readdir(join(archive, 'wal-a'))).toEqual([segment(1)])
})
