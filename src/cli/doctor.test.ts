import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { homeOf } from '#store/embedded/cluster.ts'
import { doctor } from './doctor.ts'

let place: string
let said: string

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'preclear-doctor-'))
  said = ''
  vi.stubEnv('PRECLEAR_DATA', place)
  vi.stubEnv('DATABASE_URL', '')
  vi.stubEnv('PRECLEAR_WAL_ARCHIVE', '')
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
})

afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await rm(place, { recursive: true, force: true })
})

test('finds nothing in the way of a sound installation', async () => {
  expect(await doctor({ port: 0 })).toBe(0)
  expect(said).toMatch(/^ok {4}pinned Node/m)
  expect(said).toMatch(/^ok {4}database .*PostgreSQL 18/m)
})

test('says what to do about a port that is taken', async () => {
  const taken = createServer()
  const port = await new Promise<number>((listening) =>
    taken.listen(0, () => {
      const address = taken.address()
      listening(typeof address === 'object' && address ? address.port : 0)
    }),
  )
  expect(await doctor({ port })).toBe(1)
  expect(said).toMatch(/^bad {3}port .*EADDRINUSE/m)
  expect(said).toContain('--port')
  await new Promise((closed) => taken.close(closed))
})

test('says that the named server does not answer', async () => {
  vi.stubEnv('DATABASE_URL', 'postgresql://somebody:quietword@127.0.0.1:9/none')
  expect(await doctor({ port: 0 })).toBe(1)
  expect(said).toMatch(/^bad {3}database .*does not answer/m)
  expect(said).not.toContain('quietword')
})

test('says that the log does not reach its archive', async () => {
  expect(await doctor({ port: 0 })).toBe(0)
  expect(said).toMatch(/^note {2}log archive .*none/m)
  vi.stubEnv('PRECLEAR_WAL_ARCHIVE', join(place, 'wal'))
  expect(await doctor({ port: 0 })).toBe(1)
  expect(said).toMatch(/^bad {3}log archive .*there is no folder/m)
  const marks = join(homeOf(place).cluster, 'pg_wal', 'archive_status')
  for (const folder of [join(place, 'wal'), marks]) await mkdir(folder, { recursive: true })
  for (let n = 0; n < 9; n++) await writeFile(join(marks, `${n}.ready`), '')
  expect(await doctor({ port: 0 })).toBe(1)
  expect(said).toMatch(/^bad {3}log archive .*9 pieces of log wait/m)
})
