/** A second process that settles: works until it is told to end, then says what it cost. */
import { FROM, openSite } from './site.ts'

const ending = new AbortController()
process.on('message', () => ending.abort())
const [, , url = '', ...nats] = process.argv
const { work, close } = await openSite(url, () => FROM, nats)
const before = process.cpuUsage()
process.send?.('ready')
await work(ending.signal)
const { user, system } = process.cpuUsage(before)
process.send?.({ cpu: user + system, memory: process.memoryUsage().rss })
await close()
process.disconnect?.()
