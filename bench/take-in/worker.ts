/** A second process that settles: works until it is told to end, then says what it cost. */
import { work } from '#flows/work.ts'
import { FROM, openSite } from './site.ts'

const ending = new AbortController()
process.on('message', () => ending.abort())
const { deps, close } = await openSite(process.argv[2] ?? '', () => FROM)
const before = process.cpuUsage()
process.send?.('ready')
await work(deps, ending.signal)
const { user, system } = process.cpuUsage(before)
process.send?.({ cpu: user + system, memory: process.memoryUsage().rss })
await close()
process.disconnect?.()
