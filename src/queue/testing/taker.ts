/**
 * A process that takes from a queue until it is killed: `taker.ts hold|settle LEDGER ENGINE SETTINGS`. The ledger is a
 * folder: a file for each time something was taken, and one for each that was settled, which can be made only once.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { jetStreamQueue } from '../jetstream.ts'
import type { Queue } from '../queue.ts'
import { postgresProcess } from './postgres-process.ts'

const [mode, ledger = '', engine, settings = '{}'] = process.argv.slice(2)

const ENGINES: Readonly<Record<string, (given: string) => Promise<Queue>>> = {
  postgres: postgresProcess,
  jetstream: (given) => jetStreamQueue({ ...JSON.parse(given), note: () => undefined }),
}

const open = ENGINES[engine ?? '']
if (!open) throw new Error(`no engine is called ${engine}`)
const queue = await open(settings)
const never = new AbortController().signal
let count = 0
for (;;) {
  const taken = await queue.take({ most: 20, heaviest: 1e7, alone: true }, never)
  for (const { id } of taken) writeFileSync(join(ledger, `took ${id} ${process.pid} ${count++}`), '')
  if (mode === 'hold') continue
  await pause(Math.random() * 20)
  for (const { id } of taken) {
    try {
      writeFileSync(join(ledger, `settled ${id}`), `${process.pid}`, { flag: 'wx' })
    } catch {
      // settled by one that was killed before it could say so
    }
  }
  await queue.done(taken)
}
