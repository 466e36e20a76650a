import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { installation } from './place.ts'

function launch(script: string, args: readonly string[] = ['--input-type=module', '--eval']): ChildProcess {
  return spawn(process.execPath, [join(installation, 'bin', 'run.mjs'), ...args, script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((done) => child.once('exit', done))
const told = (child: ChildProcess): Promise<string> =>
  new Promise((done) => child.stdout?.once('data', (line) => done(String(line).trim())))

test('gives the code that the script ends with', async () => {
  expect(await ended(launch('process.exit(7)'))).toBe(7)
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('hands %s on, and waits for a clean end', async (signal) => {
  const child = launch(
    `process.on('${signal}', () => setTimeout(() => process.exit(5), 50)); setInterval(() => {}, 1000); console.log('ready')`,
  )
  expect(await told(child)).toBe('ready')
  child.kill(signal)
  expect(await ended(child)).toBe(5)
})

test('says by its code that the script was killed', async () => {
  expect(await ended(launch(`process.kill(process.pid, 'SIGKILL')`))).toBe(137)
})

test.each([
  [['--help'], 0],
  [['bench'], 0],
  [['bench', 'no-such-figure'], 1],
  [['no-such-command'], 2],
  [['doctor', '--no-such-option'], 2],
])('preclear %s ends with code %i', async (args, code) => {
  const child = spawn(process.execPath, [join(installation, 'src', 'cli', 'main.ts'), ...args], { stdio: 'ignore' })
  expect(await ended(child)).toBe(code)
})
