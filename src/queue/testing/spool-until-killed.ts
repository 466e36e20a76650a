/** Keeps records in the spool of a folder until it is killed; the ledger has the number of each that was kept. */
import { appendFileSync } from 'node:fs'
import { openSpool } from '../spool.ts'

const [dir = '', ledger = ''] = process.argv.slice(2)
const spool = await openSpool({ dir, most: 1e9, quarantined: () => undefined })
let count = 0
const keepOn = async (): Promise<never> => {
  for (;;) {
    const number = count++
    await spool.keep(Buffer.from(`${number} ${'x'.repeat(2_000)}`))
    appendFileSync(ledger, `${number}\n`)
  }
}
await Promise.all(Array.from({ length: 20 }, keepOn))
