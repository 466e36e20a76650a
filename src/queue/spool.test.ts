import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Busy } from '#lib/busy.ts'
import { openSpool, type Spool } from './spool.ts'

let dir: string
let aside: string[]

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'preclear-spool-'))
  aside = []
})
afterEach(() => rm(dir, { recursive: true }))

const open = (most = 1e9): Promise<Spool> => openSpool({ dir, most, quarantined: (file) => aside.push(file) })
const record = (n: number, size = 10): Buffer => Buffer.from(`${n} `.padEnd(size, 'x'))
const numberOf = (bytes: Uint8Array): number => Number.parseInt(Buffer.from(bytes).toString(), 10)
const files = async (): Promise<string[]> => (await readdir(dir)).filter((name) => name.endsWith('.spool')).sort()

async function drained(spool: Spool): Promise<number[]> {
  const numbers: number[] = []
  await spool.drain(async (bytes) => {
    numbers.push(numberOf(bytes))
    return true
  })
  return numbers
}

test('what is kept is given away in order, once', async () => {
  const spool = await open()
  for (let n = 0; n < 5; n++) await spool.keep(record(n))
  await Promise.all(Array.from({ length: 300 }, (_, n) => spool.keep(record(5 + n))))
  expect(spool.held()).toMatchObject({ arrivals: 305 })
  expect(await drained(spool)).toEqual(Array.from({ length: 305 }, (_, n) => n))
  expect(await drained(spool)).toEqual([])
  expect(spool.held()).toEqual({ arrivals: 0, bytes: 0 })
  expect(await files()).toEqual([])
})

test('what comes at the same time shares a file', async () => {
  const spool = await open()
  await Promise.all(Array.from({ length: 200 }, (_, n) => spool.keep(record(n))))
  expect((await files()).length).toBeLessThan(5)
})

test('the next process finds what the last one kept', async () => {
  const one = await open()
  await one.keep(record(1))
  await one.keep(record(2))
  const next = await open()
  expect(next.held().arrivals).toBe(2)
  expect(Date.parse(next.held().oldest ?? '')).toBeGreaterThan(Date.now() - 60_000)
  expect(await drained(next)).toEqual([1, 2])
  expect(await drained(one)).toEqual([])
  expect(one.held().arrivals).toBe(0)
})

test('what cannot be given away stays; what is under way beside it goes', async () => {
  const spool = await open()
  for (let n = 0; n < 4; n++) await spool.keep(record(n))
  const given: number[] = []
  const half = spool.drain(async (bytes) => {
    if (numberOf(bytes) === 2) throw new Error('away')
    given.push(numberOf(bytes))
    return true
  })
  await expect(half).rejects.toThrow('away')
  expect(given).toEqual([0, 1, 3])
  expect(await drained(spool)).toEqual([2])
})

test('where there is nobody to give to, one is tried', async () => {
  const spool = await open()
  for (let n = 0; n < 4; n++) await spool.keep(record(n))
  let tried = 0
  const drain = spool.drain(async () => {
    tried += 1
    throw new Error('away')
  })
  await expect(drain).rejects.toThrow('away')
  expect(tried).toBe(1)
  expect(await drained(spool)).toEqual([0, 1, 2, 3])
})

test('beyond its bound it takes nothing, and takes again when there is room', async () => {
  const spool = await open(1_000)
  await spool.keep(record(1, 900))
  await expect(spool.keep(record(2, 900))).rejects.toBeInstanceOf(Busy)
  expect(await drained(spool)).toEqual([1])
  await spool.keep(record(3, 900))
  expect(await drained(spool)).toEqual([3])
})

test('a folder that cannot be written takes nothing', async () => {
  const spool = await open()
  await rm(dir, { recursive: true })
  await expect(spool.keep(record(1))).rejects.toBeInstanceOf(Busy)
  await writeFile(dir, '')
})

test.each([
  ['cut short', (file: string) => truncate(file, 25), [0]],
  ['with other bytes behind', (file: string) => appendFile(file, 'more'), [0, 1, 2]],
  ['empty', (file: string) => truncate(file, 0), []],
  [
    'with a byte changed',
    async (file: string) => {
      const bytes = await readFile(file)
      await writeFile(file, bytes.with(30, 0))
    },
    [0],
  ],
])('a file that is torn (%s) is put aside; what can be read of it is given away', async (_, tear, readable) => {
  const before = await open()
  await Promise.all([before.keep(record(9)), before.keep(record(0)), before.keep(record(1)), before.keep(record(2))])
  const [first = '', second = ''] = await files()
  await rm(join(dir, first))
  await tear(join(dir, second))
  const spool = await open()
  await spool.keep(record(7))
  expect(await drained(spool)).toEqual([...readable, 7])
  expect(aside).toEqual([second])
  expect(await readdir(join(dir, 'quarantine'))).toEqual([second])
  expect(await drained(spool)).toEqual([])
})

test('what cannot be read by who takes it is put aside', async () => {
  const spool = await open()
  await spool.keep(record(1))
  await spool.drain(async () => false)
  expect(aside).toHaveLength(1)
  expect(await readdir(join(dir, 'quarantine'))).toEqual(aside)
})

test('a process that is killed while it writes has kept all that it said it had', async () => {
  const ledger = join(dir, 'ledger')
  const script = fileURLToPath(new URL('./testing/spool-until-killed.ts', import.meta.url))
  const folder = join(dir, 'spool')
  for (const lines of [300, 900]) {
    await rm(ledger, { force: true })
    await writeFile(ledger, '')
    const child = spawn(process.execPath, [script, folder, ledger], { stdio: ['ignore', 'ignore', 'inherit'] })
    const ended = once(child, 'exit')
    const count = async () => (await readFile(ledger, 'utf8')).split('\n').length
    await expect.poll(count, { timeout: 10_000 }).toBeGreaterThan(lines)
    child.kill('SIGKILL')
    await ended
    const spool = await openSpool({ dir: folder, most: 1e9, quarantined: (file) => aside.push(file) })
    const found = new Set(await drained(spool))
    const said = (await readFile(ledger, 'utf8')).trim().split('\n').map(Number)
    expect(said.filter((number) => !found.has(number))).toEqual([])
    expect(aside).toEqual([])
  }
})
