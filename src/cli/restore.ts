import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { type Restored, restore } from '#flows/restore.ts'
import { type Instant, instant } from '#lib/time.ts'
import { type Config, readConfig } from '../config.ts'
import { operator } from './operator.ts'
import { progressOf } from './progress.ts'

interface Options {
  readonly toTime?: Instant
  readonly data?: string
  readonly wal?: string
}

const STAGES = { verify: 'verifying', unpack: 'unpacking', load: 'loading' } as const

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Exit codes: 0 restored; 1 the backup is damaged, the place is not empty, or something in it is broken; 2 wrong usage. */
export function command(): Command {
  return new Command('restore')
    .argument('<folder>', 'the backup')
    .option('--data <folder>', 'an empty data folder (PRECLEAR_DATA)')
    .option('--to-time <time>', 'as it was at this time, such as 2026-06-11T06:30:00Z; needs the archived log', time)
    .option('--wal <folder>', 'the archive of the log (PRECLEAR_WAL_ARCHIVE)')
    .action(async (folder: string, { toTime, data, wal }: Options) => {
      const config = readConfig(process.env, data === undefined ? {} : { dataDir: data })
      const progress = progressOf()
      const began = Date.now()
      const restored = await restore({
        folder,
        into: config.databaseUrl && data === undefined ? { url: config.databaseUrl } : { dataDir: config.dataDir },
        walArchive: wal ?? config.walArchive,
        toTime,
        ...(config.keepMonths !== undefined && { keep: { now: instant(Date.now()), months: config.keepMonths } }),
        master: await masterKey(config),
        by: operator(),
        log: say,
        progress: (stage, done, of) => progress(STAGES[stage], done, of),
      }).finally(progress.end)
      tell(restored, (Date.now() - began) / 1_000)
      if (!restored.chain.ok || restored.key === 'does not fit' || restored.pieces?.gapAfter) process.exitCode = 1
    })
}

function tell({ migrations, dropped, chain, pieces, last, key }: Restored, seconds: number): void {
  say(`restored in ${seconds.toFixed(1)} s`)
  say(last ? `last message     ${last.id}, received ${last.at}` : 'last message     none')
  if (pieces) say(`archived log     ${pieces.count} pieces`)
  if (pieces?.gapAfter) say(`                 GAP after ${pieces.gapAfter}: what came behind it could not be read back`)
  if (dropped.length > 0) say(`past their time  ${dropped.join(', ')}: dropped again`)
  say(chain.ok ? `access log       whole, ${chain.upTo} entries` : `access log       BROKEN after entry ${chain.upTo}`)
  if (migrations.length > 0) say(`brought up by    ${migrations.join(', ')}`)
  say(`master key       ${KEY[key]}`)
  say('Carriers may have sent since: ask them to repeat what came after the last message. Then make a new backup.')
}

const KEY: Readonly<Record<Restored['key'], string>> = {
  fits: 'opens the archived messages',
  'does not fit': 'is NOT the one under which the messages were archived: put the right one in place before you start',
  missing: 'is not there: put it in place (keys/master.key, or PRECLEAR_MASTER_KEY_FILE) before you start',
  'not needed': 'nothing is archived under one yet',
}

/** The key as a start would find it. */
async function masterKey({ dataDir }: Config): Promise<Uint8Array | undefined> {
  const file = process.env.PRECLEAR_MASTER_KEY_FILE ?? join(dataDir, 'keys', 'master.key')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Buffer.from(text.trim(), 'base64')
}

function time(text: string): Instant {
  const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(milliseconds) || !/(?:Z|[+-]\d\d:?\d\d)$/.test(text)) {
    throw new InvalidArgumentError('a time with its zone, such as 2026-06-11T06:30:00Z')
  }
  return instant(milliseconds)
}
