import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { homeOf } from './cluster.ts'
import { holder, isHeld, release } from './owner.ts'
import { livingPostmaster, stopServer } from './postmaster.ts'

/** The number of the living process of ours that runs the embedded server of this data folder. */
export const runningOwner = async (dataDir: string): Promise<number | undefined> => holder(homeOf(dataDir).owner)

/** Ends whatever runs on this data folder: the program that owns the server first, then a server without owner. */
export async function stopEverything(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return
  const home = homeOf(await realpath(dataDir))
  const owner = await holder(home.owner)
  if (owner !== undefined) {
    process.kill(owner, 'SIGTERM')
    for (let waited = 0; waited < 60_000 && (await isHeld(home.owner)); waited += 100) await pause(100)
    if (await isHeld(home.owner)) throw new Error(`process ${owner} does not end; stop it first`)
  }
  const server = await livingPostmaster(home.cluster)
  if (server) await stopServer(server.pid, home.cluster)
  await release(home.owner)
}
