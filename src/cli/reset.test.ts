import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbedded } from '#store/embedded/start.ts'
import { installation } from './place.ts'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'preclear-reset-'))
})

afterEach(() => rm(dataDir, { recursive: true, force: true }))

function reset(...args: string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [join(installation, 'src', 'cli', 'main.ts'), 'reset', ...args], {
    env: { ...process.env, PRECLEAR_DATA: dataDir, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (piece) => (said += piece))
  child.stderr.on('data', (piece) => (said += piece))
  return new Promise((done) => child.once('close', (code) => done({ code, said })))
}

test('empties the data folder after a stop', async () => {
  const server = await startEmbedded({ dataDir, log: () => undefined, durable: false })
  await server.stop()
  await mkdir(join(dataDir, 'inbox'))
  const { code, said } = await reset('--yes')
  expect(said).toContain('is empty')
  expect(code).toBe(0)
  expect(await readdir(dataDir)).toEqual([])
})

test('stops the program that runs on the folder first', async () => {
  const script = `
    import { startEmbedded } from ${JSON.stringify(new URL('../store/embedded/start.ts', import.meta.url).href)}
    const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => {}, durable: false })
    process.on('SIGTERM', () => server.stop().then(() => process.exit(0)))
    setInterval(() => {}, 1000)
    console.log('ready')`
  const program = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((done) => program.once('exit', done))
  await new Promise((ready) => program.stdout.once('data', ready))
  const { code, said } = await reset('--yes')
  expect(said).toContain(`process ${program.pid}`)
  expect(code).toBe(0)
  expect(await ended).toBe(0)
  expect(await readdir(dataDir)).toEqual([])
})

test('asks first, and does nothing where nobody can be asked', async () => {
  await mkdir(join(dataDir, 'inbox'))
  const { code, said } = await reset()
  expect(said).toContain('--yes')
  expect(code).toBe(1)
  expect(await readdir(dataDir)).toEqual(['inbox'])
})

test('leaves a folder alone that holds what is not ours', async () => {
  await writeFile(join(dataDir, 'thesis.txt'), 'precious')
  const { code, said } = await reset('--yes')
  expect(said).toContain('does not look like')
  expect(code).toBe(1)
  expect(await readdir(dataDir)).toEqual(['thesis.txt'])
})
