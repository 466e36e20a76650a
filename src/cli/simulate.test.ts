import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { command as scoreCommand } from './score.ts'
import { command } from './simulate.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulate-'))
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
  process.exitCode = 0
})

const simulate = async (...args: string[]): Promise<unknown> => {
  await command().parseAsync(
    ['--seed', '7', '--from', '2026-06-11T06:00Z', '--days', '0.05', '--scale', '0.2', ...args],
    { from: 'user' },
  )
  return process.exitCode
}

test('writes one file per message, in the order of sending, and what was planted', async () => {
  const truth = join(folder, 'truth.jsonl')
  expect(await simulate('--to-folder', join(folder, 'out'), '--truth', truth, '--dirty', '0')).toBe(0)
  const files = readdirSync(join(folder, 'out'))
  expect(files.length).toBeGreaterThan(10)
  expect(files.toSorted()).toEqual(files)
  expect(readFileSync(join(folder, 'out', files[0] ?? ''), 'latin1')).toMatch(/UNB\+/)
})

test('sends to the door as each carrier, waits when asked to, and resumes where it stopped', async () => {
  const seen: { path: string; carrier: string; type: string; bytes: number }[] = []
  const server = createServer((request, answer) => {
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    request.on('end', () => {
      const { authorization = '', 'content-type': type = '' } = request.headers
      const first = seen.length === 0
      seen.push({ path: request.url ?? '', carrier: authorization, type, bytes })
      answer.writeHead(first ? 503 : 202, first ? { 'retry-after': '0' } : {}).end('{}')
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const keys = join(folder, 'keys.json')
  writeFileSync(keys, JSON.stringify({ '0X': 'key-of-0X', '0H': 'key-of-0H' }))
  const to = ['--to', `http://127.0.0.1:${port}`, '--key-file', keys, '--progress', join(folder, 'progress.json')]
  expect(await simulate(...to)).toBe(0)
  const count = seen.length
  expect(count).toBeGreaterThan(10)
  expect(
    seen.every(
      ({ path, type, bytes }) => path === '/carriers/messages' && type === 'application/edifact' && bytes > 100,
    ),
  ).toBe(true)
  expect(seen.some(({ carrier }) => carrier === 'Bearer key-of-0X')).toBe(true)
  expect(await simulate(...to)).toBe(0)
  expect(seen.length).toBe(count)
  server.close()
})

test('says what is wrong with the command, and when nobody answers', async () => {
  expect(await simulate()).toBe(2)
  expect(await simulate('--to', 'http://127.0.0.1:9')).toBe(2)
  writeFileSync(join(folder, 'keys.json'), '{}')
  expect(await simulate('--to', 'http://127.0.0.1:9', '--key-file', join(folder, 'keys.json'))).toBe(1)
})

test('scores hits against a truth file', async () => {
  const leg = { carrier: '0X', number: '101', date: '2026-06-11', from: 'GYD', to: 'IST', locator: 'AAAAAA' }
  const truth = join(folder, 'truth.jsonl')
  const hits = join(folder, 'hits.jsonl')
  writeFileSync(truth, `${JSON.stringify({ ...leg, id: '1', entry: 'ban-0001', corruption: 'typo' })}\n`)
  writeFileSync(hits, `${JSON.stringify({ ...leg, entry: 'ban-0001' })}\n`)
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await scoreCommand().parseAsync(['--truth', truth, '--hits', hits, '--json'], { from: 'user' })
  expect(process.exitCode).toBe(0)
  expect(String(printed.mock.calls[0]?.[0])).toContain('"recall":1')
  writeFileSync(hits, '')
  await scoreCommand().parseAsync(['--truth', truth, '--hits', hits, '--at-least', '0.9'], { from: 'user' })
  expect(process.exitCode).toBe(1)
})
