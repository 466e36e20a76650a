import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type InboxAnswer, type InboxFile, watchInbox } from './inbox.ts'

let folder = ''
let watching: { close(): Promise<void> } | undefined
let taken: InboxFile[] = []
const noted: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preclear-inbox-'))
  taken = []
  noted.length = 0
})
afterEach(async () => {
  await watching?.close()
  await rm(folder, { recursive: true, force: true })
})

const text = (file: InboxFile): string => Buffer.from(file.bytes).toString()
const OK: InboxAnswer = { ok: true, text: 'accepted\n', reply: Buffer.from('ACKRES') }

const watch = async (answer: (file: InboxFile) => InboxAnswer = () => OK, everyMs = 20) => {
  watching = await watchInbox({
    folder,
    everyMs,
    mostBytes: 1_000,
    take: async (file) => {
      taken.push(file)
      return answer(file)
    },
    note: (event, { reason }) => void noted.push(`${event} ${reason}`),
  })
}

const names = async (part: string): Promise<string[]> => (await readdir(join(folder, part))).sort()

const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  for (let wait = 0; wait < 3_000 && !(await holds()); wait += 10) await pause(10)
  expect(await holds()).toBe(true)
}

test('a file is taken in and put aside with the answer and the findings beside it', async () => {
  await watch()
  await writeFile(join(folder, 'push.edi'), 'UNB')
  await until(async () => (await names('done')).length === 3)
  expect(await names('done')).toEqual(['push.edi', 'push.edi.findings.txt', 'push.edi.reply.edi'])
  expect(await readFile(join(folder, 'done', 'push.edi.reply.edi'), 'utf8')).toBe('ACKRES')
  expect(await readFile(join(folder, 'done', 'push.edi.findings.txt'), 'utf8')).toBe('accepted\n')
  expect(taken.map((file) => [file.name, file.carrier, text(file)])).toEqual([['push.edi', undefined, 'UNB']])
})

test('a folder names the carrier; what fails lies apart', async () => {
  await watch(() => ({ ok: false, text: 'rejected\n' }))
  await mkdir(join(folder, 'Q0'))
  await writeFile(join(folder, 'Q0', 'list.edi'), 'x')
  await until(async () => (await names('failed')).length === 2)
  expect(await names('failed')).toEqual(['Q0-list.edi', 'Q0-list.edi.findings.txt'])
  expect(taken[0]?.carrier).toBe('Q0')
})

test('a file that still grows waits until it is whole; one moved in under its name is whole', async () => {
  await watch(undefined, 200)
  const slow = join(folder, 'slow.edi')
  await writeFile(slow, '0')
  for (let n = 1; n <= 8; n++) {
    await appendFile(slow, String(n))
    await pause(12)
  }
  await writeFile(join(folder, '.hidden.edi'), 'moved')
  await rename(join(folder, '.hidden.edi'), join(folder, 'moved.edi'))
  await until(() => taken.length === 2)
  expect(taken.map(text).sort()).toEqual(['012345678', 'moved'])
})

test('what lay there before the start is taken in, each once, and nothing put aside is overwritten', async () => {
  await mkdir(join(folder, 'done'), { recursive: true })
  await writeFile(join(folder, 'done', 'push.edi'), 'earlier')
  await writeFile(join(folder, 'push.edi'), 'later')
  await watch()
  await until(async () => (await names('done')).includes('push.2.edi'))
  await pause(80)
  expect(taken).toHaveLength(1)
  expect(await readFile(join(folder, 'done', 'push.edi'), 'utf8')).toBe('earlier')
  expect(await readFile(join(folder, 'done', 'push.2.edi'), 'utf8')).toBe('later')
})

test('links are left alone, hidden files too', async () => {
  await symlink('/etc/hostname', join(folder, 'link.edi'))
  await symlink('/etc', join(folder, 'Q0'))
  await writeFile(join(folder, '.part'), 'x')
  await watch()
  await pause(120)
  expect(taken).toEqual([])
})

test('a huge file is refused unread', async () => {
  await writeFile(join(folder, 'huge.edi'), 'x'.repeat(1_001))
  await watch()
  await until(async () => (await names('failed')).length === 2)
  expect(taken).toEqual([])
  expect(await readFile(join(folder, 'failed', 'huge.edi.findings.txt'), 'utf8')).toContain('larger than 1000 bytes')
})

test('an outage leaves the file where it is, and others are taken in', async () => {
  await writeFile(join(folder, 'a.edi'), 'a')
  await writeFile(join(folder, 'b.edi'), 'b')
  await watch((file) => {
    if (file.name === 'a.edi') throw new Error('no database')
    return OK
  })
  await until(async () => (await names('done')).includes('b.edi'))
  await pause(100)
  expect(await readdir(folder)).toContain('a.edi')
  expect(taken.filter((file) => file.name === 'a.edi')).toHaveLength(1) // and not at every look
  expect(noted).toEqual(['inbox file left unknown'])
})

test('after closing nothing more is taken in', async () => {
  await watch()
  await watching?.close()
  await writeFile(join(folder, 'late.edi'), 'x')
  await pause(80)
  expect(taken).toEqual([])
})
