import type { ServerResponse } from 'node:http'
import type { Officer } from '#domain/officer.ts'
import type { Deps } from '#flows/deps.ts'
import { isAllowed } from '#flows/permissions.ts'
import { type SessionLimits, stillOpen } from '#flows/sign-in.ts'
import { instant } from '#lib/time.ts'
import type { Notice } from '#store/live.ts'
import type { LiveEvent } from './contract.ts'

const HEARTBEAT_MS = 20_000
const CLOCK_MS = 10_000
const MOST_STREAMS = 500
/** Pages of one session that listen at once; the oldest gives way. */
const MOST_OF_ONE = 8
/** A console that reads no more is let go before it fills our memory. */
const MOST_UNREAD_BYTES = 256 * 1024

interface Listener {
  readonly officer: Officer
  readonly token: string
}

export interface EventStreams {
  /** Takes a connection on; false where there are too many, where it is gone already, and once we close. */
  add(listener: Listener, out: ServerResponse): boolean
  hear(notice: Notice): void
  /** The session is over. */
  end(token: string): void
  /** Ends those whose session is over by now, however it came about; tells the others that the line stands. */
  sweep(): Promise<void>
  close(): void
}

export interface StreamOptions {
  /** Simulated seconds in a real one; absent on a real site. */
  readonly speed?: number
  readonly sessions?: SessionLimits
}

/** Consoles that listen. Each hears only what concerns its agency and what its roles may see; never personal data. */
export function eventStreams(
  { clock, db, note }: Pick<Deps, 'clock' | 'db' | 'note'>,
  { speed, sessions }: StreamOptions = {},
): EventStreams {
  const streams = new Map<ServerResponse, Listener>()
  let closed = false
  const write = (out: ServerResponse, text: string): void => {
    if (out.writableLength > MOST_UNREAD_BYTES) out.destroy()
    else out.write(text)
  }
  const tell = (out: ServerResponse, event: LiveEvent): void => write(out, `data: ${JSON.stringify(event)}\n\n`)
  const clockEvent = (): LiveEvent => ({ kind: 'clock', now: clock(), speed: speed ?? 1 })
  const drop = (out: ServerResponse): void => {
    streams.delete(out)
    out.end()
  }
  const of = (token: string) => [...streams].filter(([, listener]) => listener.token === token).map(([out]) => out)

  const sweep = async (): Promise<void> => {
    const tokens = [...new Set([...streams.values()].map((listener) => listener.token))]
    const open = await stillOpen(db, tokens, instant(Date.now()), sessions)
    for (const [out, { token }] of streams) {
      if (open.has(token)) write(out, ': still here\n\n')
      else drop(out)
    }
  }
  const heartbeat = setInterval(() => {
    sweep().catch(() => note('warn', 'sessions of event streams could not be checked'))
  }, HEARTBEAT_MS)
  const ticking = setInterval(() => {
    if (speed !== undefined) for (const out of streams.keys()) tell(out, clockEvent())
  }, CLOCK_MS)
  return {
    add(listener, out) {
      if (closed || out.destroyed || streams.size >= MOST_STREAMS) return false
      for (const oldest of of(listener.token).slice(0, 1 - MOST_OF_ONE)) drop(oldest)
      streams.set(out, listener)
      out.on('close', () => streams.delete(out))
      tell(out, clockEvent())
      return true
    },
    hear(notice) {
      for (const [out, { officer }] of streams) {
        const event = eventFor(notice, officer)
        if (event) tell(out, event)
      }
    },
    end(token) {
      for (const out of of(token)) drop(out)
    },
    sweep,
    close() {
      closed = true
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
    case 'work':
    case 'settled':
      return undefined
  }
}
