/**
 * A watched folder, for trying out one's own files: whatever is laid into it is taken in as if a carrier had sent it,
 * then moved to `done/` or `failed/` with the reply and the findings beside it. A folder named after a carrier says
 * whose files they are.
 *
 *     inbox/push.edi       inbox/0X/push.edi       inbox/done/push.edi, push.edi.reply.edi, push.edi.findings.txt
 *
 * Nothing that was put aside is overwritten: a second `push.edi` becomes `push.2.edi`.
 */
import { constants } from 'node:fs'
import { access, lstat, mkdir, open, readdir, rename, writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'

export interface InboxFile {
  readonly name: string
  /** The folder it lay in, where that is not the inbox itself. */
  readonly carrier?: string
  readonly bytes: Uint8Array
}

export interface InboxAnswer {
  readonly ok: boolean
  readonly reply?: Uint8Array
  /** What was understood and noticed, in plain words. */
  readonly text: string
}

export interface InboxOptions {
  readonly folder: string
  readonly take: (file: InboxFile) => Promise<InboxAnswer>
  readonly note: (event: string, detail: Readonly<Record<string, string | number>>) => void
  readonly everyMs?: number
  readonly mostBytes?: number
}

const MOST_BYTES = 128 * 1024 * 1024
const LOOK_EVERY_MS = 1_000
/** A file that could not be taken in is tried again after so many looks. */
const REST_AFTER_FAILURE = 30
const ASIDE = new Set(['done', 'failed'])

/** Looks again and again; a file counts as complete when it did not grow between two looks. */
export async function watchInbox({
  folder,
  take,
  note,
  everyMs = LOOK_EVERY_MS,
  mostBytes = MOST_BYTES,
}: InboxOptions): Promise<{ close(): Promise<void> }> {
  for (const one of [folder, ...[...ASIDE].map((name) => join(folder, name))]) await mkdir(one, { recursive: true })
  const seen = new Map<string, { readonly state: string; readonly rest: number }>()
  let closed = false
  let looking: Promise<void> = Promise.resolve()

  const look = async (): Promise<void> => {
    const found = await filesIn(folder)
    for (const known of seen.keys()) if (!found.some((file) => file.path === known)) seen.delete(known)
    for (const file of found) {
      if (closed) return
      const before = seen.get(file.path)
      const rest = Math.max(0, (before?.rest ?? 0) - 1)
      seen.set(file.path, { state: file.state, rest })
      if (before?.state !== file.state || rest > 0) continue
      await takeOne(folder, file, take, mostBytes).catch((problem: unknown) => {
        seen.set(file.path, { state: file.state, rest: REST_AFTER_FAILURE })
        note('inbox file left', { reason: nameOf(problem) })
      })
    }
  }
  const timer = setInterval(() => {
    looking = looking.then(() =>
      closed ? undefined : look().catch((problem: unknown) => note('inbox unreadable', { reason: nameOf(problem) })),
    )
  }, everyMs)
  return {
    async close() {
      closed = true
      clearInterval(timer)
      await looking
    },
  }
}

interface Found {
  readonly path: string
  readonly name: string
  readonly carrier?: string
  /** Size and time of the last change: the same twice, the file is complete. */
  readonly state: string
}

async function filesIn(folder: string): Promise<readonly Found[]> {
  const files: Found[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !ASIDE.has(entry.name))
      files.push(...(await messagesIn(join(folder, entry.name), entry.name)))
  }
  files.push(...(await messagesIn(folder)))
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Links are not followed: they could name any file of the machine. */
async function messagesIn(folder: string, carrier?: string): Promise<readonly Found[]> {
  const files: Found[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    const { size, mtimeMs } = await lstat(path)
    files.push({ path, name: entry.name, state: `${size} ${mtimeMs}`, ...(carrier && { carrier }) })
  }
  return files
}

async function takeOne(folder: string, file: Found, take: InboxOptions['take'], mostBytes: number): Promise<void> {
  const bytes = await read(file.path, mostBytes)
  const answer = bytes
    ? await take({ name: file.name, bytes, ...(file.carrier && { carrier: file.carrier }) })
    : { ok: false, text: `${file.name}: larger than ${mostBytes} bytes, not taken in\n` }
  await putAside(folder, file, answer)
}

/** The bytes of a plain file; nothing of one that is too large. A link put in its place is an error. */
async function read(path: string, mostBytes: number): Promise<Uint8Array | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    return (await file.stat()).size > mostBytes ? undefined : await file.readFile()
  } finally {
    await file.close()
  }
}

/** Taken in again after a crash between the two, the same bytes change nothing. */
async function putAside(folder: string, file: Found, answer: InboxAnswer): Promise<void> {
  const to = await freeName(join(folder, answer.ok ? 'done' : 'failed'), file)
  await writeFile(`${to}.findings.txt`, answer.text)
  if (answer.reply) await writeFile(`${to}.reply.edi`, answer.reply)
  await rename(file.path, to)
}

async function freeName(folder: string, { name, carrier }: Found): Promise<string> {
  const { name: base, ext } = parse(carrier ? `${carrier}-${name}` : name)
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? `${base}${ext}` : `${base}.${n}${ext}`)
    if (!(await exists(path))) return path
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const nameOf = (problem: unknown): string =>
  problem instanceof Error && 'code' in problem ? String(problem.code) : 'unknown'
