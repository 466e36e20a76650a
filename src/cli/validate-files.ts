import { lstatSync, readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'

/** What a folder of messages may hold besides messages is left alone. */
const MESSAGES = new Set(['', '.edi', '.edifact', '.pnr', '.api', '.txt', '.dat', '.xml'])

/** The files that were meant: each as named (`-` is standard input), and of a folder those that may be messages, in order; links are not followed. */
export function messageFiles(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => (path !== '-' && statSync(path).isDirectory() ? within(path) : [path]))
}

function within(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      const found = lstatSync(path)
      if (found.isDirectory()) return within(path)
      return found.isFile() && MESSAGES.has(extname(name).toLowerCase()) ? [path] : []
    })
}
