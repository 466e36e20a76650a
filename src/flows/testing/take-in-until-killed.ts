/** A program of its own, for tests to kill: takes in the burst, and prints each transmission as it is acknowledged. */
import { writeSync } from 'node:fs'
import { openDb } from '#store/db.ts'
import { takeIn } from '../take-in.ts'
import { burst, intakeOn } from './intake.ts'

const db = openDb(process.argv[2] ?? '', { max: 6, name: 'preclear to be killed' })
const deps = await intakeOn(db)
const flights = Map.groupBy(burst(), (message) => message.flight)
writeSync(1, 'ready\n')
await Promise.all(
  [...flights.values()].map(async (messages) => {
    for (const { carrier, bytes, at } of messages) {
      const reply = await takeIn({ carrier, channel: 'https', bytes, receivedAt: at }, deps)
      writeSync(1, `${reply.transmission}\n`)
    }
  }),
)
await db.destroy()
