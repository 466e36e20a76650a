import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Command } from 'commander'
import type { Deps } from '#flows/deps.ts'
import { ingestFile } from '#flows/ingest-file.ts'
import { instant } from '#lib/time.ts'
import { readConfig } from '../config.ts'
import { openQuietly } from '../main.ts'

interface Options {
  readonly carrier?: string
  readonly json: boolean
}

/** Exit codes: 0 all taken in; 1 some file was rejected or could not be read; 2 the command was used wrongly. */
export function command(): Command {
  return new Command('ingest')
    .description('take in message files as if a carrier had sent them')
    .argument('<paths...>', 'files, or folders of files')
    .option('--carrier <code>', 'whose they are (default: the sender that the message names)')
    .option('--json', 'one receipt a line', false)
    .action(async (paths: string[], options: Options) => {
      const opened = await openQuietly(readConfig(process.env), () => instant(Date.now()))
      try {
        process.exitCode = (await ingestAll(await filesOf(paths), options, opened.deps)) ? 0 : 1
      } finally {
        await opened.stop()
      }
    })
}

async function ingestAll(files: readonly string[], { carrier, json }: Options, deps: Deps): Promise<boolean> {
  let good = files.length > 0
  for (const [index, file] of files.entries()) {
    const done = await ingestFile(
      { name: basename(file), bytes: await readFile(file), ...(carrier && { carrier }) },
      deps,
    )
    good &&= done.ok
    if (json) process.stdout.write(`${JSON.stringify({ file, ...done.receipt })}\n`)
    else process.stdout.write(`${index + 1}/${files.length} ${done.text}`)
  }
  return good
}

async function filesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = []
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) files.push(path)
    else
      for (const entry of (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1)))
        if (entry.isFile()) files.push(join(path, entry.name))
  }
  return files
}
