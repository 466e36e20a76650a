/**
 * A watched folder, for trying out one's own files: whatever is laid into it is taken in as if a carrier had sent it,
 * then moved to `done/` or `failed/` with the reply and the findings beside it. A folder named after a carrier says
 * whose files they are.
 *
 *     inbox/push.edi            inbox/0X/push.edi            inbox/done/push.edi, push.edi.reply, push.edi.findings.txt
 */
import { lstat, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

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
}

const MOST_BYTES = 128 * 1024 * 1024
const LOOK_EVERY_MS = 1_000
const ASIDE = new Set(['done', 'failed'])

/** Looks again and again; a file counts as complete when it did not grow between two looks. */
export async function watchInbox({
  folder,
  take,
  note,
  everyMs = LOOK_EVERY_MS,
}: InboxOptions): Promise<{ close(): Promise<void> }> {
  for (const one of [folder, ...[...ASIDE].map((name) => join(folder, name))]) await mkdir(one, { recursive: true })
  const sizes = new Map<string, number>()
  let closed = false
  let looking: Promise<void> = Promise.resolve()

  const look = async (): Promise<void> => {
    const found = await filesIn(folder)
    for (const known of sizes.keys()) if (!found.some((file) => file.path === known)) sizes.delete(known)
    for (const file of found) {
      if (closed) return
      const before = sizes.get(file.path)
      sizes.set(file.path, file.size)
      if (before === file.size)
        await takeOne(folder, file, take).catch((problem: unknown) =>
          note('inbox file left', { reason: nameOf(problem) }),
        )
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
  readonly size: number
}

async function filesIn(folder: string): Promise<readonly Found[]> {
  const files: Found[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !ASIDE.has(entry.name)) {
      for (const inner of await readdir(path, { withFileTypes: true })) {
        if (isMessage(inner))
          files.push({
            path: join(path, inner.name),
            name: inner.name,
            carrier: entry.name,
            size: await sizeOf(join(path, inner.name)),
          })
      }
    } else if (isMessage(entry)) files.push({ path, name: entry.name, size: await sizeOf(path) })
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Links are not followed: they could name any file of the machine. */
const isMessage = (entry: { readonly name: string; isFile(): boolean }): boolean =>
  entry.isFile() && !entry.name.startsWith('.')

const sizeOf = async (path: string): Promise<number> => (await lstat(path)).size

async function takeOne(folder: string, file: Found, take: InboxOptions['take']): Promise<void> {
  if (file.size > MOST_BYTES) {
    await putAside(folder, file, { ok: false, text: `larger than ${MOST_BYTES} bytes\n` })
    return
  }
  const bytes = await readFile(file.path)
  const answer = await take({ name: file.name, bytes, ...(file.carrier && { carrier: file.carrier }) })
  await putAside(folder, file, answer)
}

/** Taken in again after a crash between the two, the same bytes change nothing. */
async function putAside(folder: string, file: Found, answer: InboxAnswer): Promise<void> {
  const to = join(folder, answer.ok ? 'done' : 'failed', file.carrier ? `${file.carrier}-${file.name}` : file.name)
  await writeFile(`${to}.findings.txt`, answer.text)
  if (answer.reply) await writeFile(`${to}.reply`, answer.reply)
  await rename(file.path, to)
}

const nameOf = (problem: unknown): string =>
  problem instanceof Error && 'code' in problem ? String(problem.code) : 'unknown'
