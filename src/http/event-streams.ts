import type { ServerResponse } from 'node:http'
import type { Officer } from '#domain/officer.ts'
import type { Deps } from '#flows/deps.ts'
import { isAllowed } from '#flows/permissions.ts'
import type { Notice } from '#store/live.ts'
import type { LiveEvent } from './contract.ts'

const HEARTBEAT_MS = 20_000
const CLOCK_MS = 10_000
const MOST_STREAMS = 500

export interface EventStreams {
  /** Takes a connection on; false where there are too many. */
  add(officer: Officer, out: ServerResponse): boolean
  hear(notice: Notice): void
  close(): void
}

/** Consoles that listen. Each hears only what concerns its agency and what its roles may see; never personal data. */
export function eventStreams({ clock }: Pick<Deps, 'clock'>, speed: number | undefined): EventStreams {
  const streams = new Map<ServerResponse, Officer>()
  const write = (out: ServerResponse, event: LiveEvent): void => void out.write(`data: ${JSON.stringify(event)}\n\n`)
  const clockEvent = (): LiveEvent => ({ kind: 'clock', now: clock(), speed: speed ?? 1 })
  const heartbeat = setInterval(() => {
    for (const out of streams.keys()) out.write(': still here\n\n')
  }, HEARTBEAT_MS)
  const ticking = setInterval(() => {
    if (speed !== undefined) for (const out of streams.keys()) write(out, clockEvent())
  }, CLOCK_MS)
  return {
    add(officer, out) {
      if (streams.size >= MOST_STREAMS) return false
      streams.set(out, officer)
      out.on('close', () => streams.delete(out))
      write(out, clockEvent())
      return true
    },
    hear(notice) {
      for (const [out, officer] of streams) {
        const event = eventFor(notice, officer)
        if (event) write(out, event)
      }
    },
    close() {
      clearInterval(heartbeat)
      clearInterval(ticking)
      for (const out of streams.keys()) out.end()
      streams.clear()
    },
  }
}

/** What of a notice an officer is told; nothing where it is not his. */
export function eventFor(notice: Notice, officer: Officer): LiveEvent | undefined {
  switch (notice.kind) {
    case 'flights':
      return isAllowed(officer.roles, 'flights.read') ? { kind: 'flights', legs: notice.legs } : undefined
    case 'queue':
      return notice.owner === officer.agency && isAllowed(officer.roles, 'queue.work')
        ? { kind: 'queue', urgent: notice.urgent }
        : undefined
    case 'referrals':
      return (notice.to === officer.agency || notice.from === officer.agency) &&
        isAllowed(officer.roles, 'referral.receive')
        ? { kind: 'referrals' }
        : undefined
    case 'messages':
      return isAllowed(officer.roles, 'messages.read') ? { kind: 'messages' } : undefined
    case 'rescreen':
      return isAllowed(officer.roles, 'watchlist.read') || isAllowed(officer.roles, 'rule.read') ? notice : undefined
    case 'epoch':
      return undefined
  }
}
