/** A program of its own, for tests to kill: does whatever job waits. */
import { writeSync } from 'node:fs'
import { newId } from '#lib/ids.ts'
import { openDb } from '#store/db.ts'
import { runJobs } from '../jobs.ts'
import { betterReader } from './better-reader.ts'
import { intakeOn } from './intake.ts'

const db = openDb(process.argv[2] ?? '', { max: 4, name: 'preclear to be killed' })
const deps = await intakeOn(db)
writeSync(1, 'ready\n')
await runJobs(deps, newId(), new AbortController().signal, { once: true, read: betterReader })
await db.destroy()
