/**
 * Takes arrivals out of the stream. What was handed out to us stays ours for as long as we say so in time; what is heavier
 * than was asked for, or ended a process before, waits here for its turn.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Msg, Subscription } from '@nats-io/transport-node'
import type { Arrival } from '#store/transmissions.ts'
import type { Worker } from '#store/workers.ts'
import { arrivalOf } from './arrival-bytes.ts'
import type { Line, Reached } from './jetstream-line.ts'
import { answer, DONE, deliveryOf, LET_GO, notNow, type Puller, puller, STILL_AT_IT } from './jetstream-pull.ts'
import {
  bellOf,
  consumerOf,
  ensureConsumer,
  type Lane,
  laneOf,
  noteSubject,
  notesOf,
  servesFirst,
} from './jetstream-stream.ts'
import type { Queue, TakeLimits, Taken } from './queue.ts'

export interface TakeSettings {
  readonly stream: string
  readonly line: Line
  readonly place: Worker['place']
  /** How long who took something may be silent before others get it. */
  readonly handsMs: number
  /** Something lies in the stream that nobody can read. */
  readonly unreadable: (what: 'newer' | 'damaged') => void
  /** The stream does not give what it was asked for. */
  readonly troubled: (problem: unknown) => void
}

type Taker = Pick<Queue, 'take' | 'done' | 'later' | 'close'>

/** One that was handed out to this process. */
interface Hold {
  readonly ticket: number
  readonly arrival: Arrival
  readonly message: Msg
  readonly lane: Lane
  /** Place in the stream. */
  readonly sequence: number
  /** How often it was handed out, to anybody. */
  readonly times: number
  readonly given: Given
  readonly since: number
  /** `here`: waits for its turn; `out`: in the caller's hands; `done`: settled, and the stream has not heard of it. */
  state: 'here' | 'out' | 'done'
}

/** How often one was given back on purpose: put off, or let go by a process that stopped. */
interface Given {
  readonly putOff: number
  readonly letGo: number
}

/** So often is looked for what nobody told of. */
const LOOK_EVERY_MS = 500
/** Somebody else's lanes are helped with when they have waited for so long. */
const HELP_AFTER_MS = 150
/** What cannot be read is looked at again after so long: a newer version of the program may be there. */
const UNREADABLE_AGAIN_MS = 60_000
/** So many may be settled without the stream having heard of it: after a kill they are handed out once more. */
const MOST_UNTOLD = 256
/** What a lane is asked for at least, in bytes. */
const LEAST_BYTES = 65_536
/** A lane without a leader does not keep the others waiting; if it stays so, its consumer may be gone. */
const LEFT_OUT_FOR_MS = 1_000
const MADE_AGAIN_AFTER_MS = 30_000
/** A lane is asked for so many at least, where there is room for them. */
const WORTH_ASKING = 8
/** So often lanes that had more are asked again, and those for which there was no room. */
const PASSES = 4

export function taker({ stream, line, place, handsMs, unreadable, troubled }: TakeSettings): Taker {
  const holds = new Map<number, Hold>()
  const consumers = new Map<string, { readonly silentAt: number; readonly silentSince: number }>()
  const waitingSince = new Map<string, number>()
  let fetching: Promise<void> | undefined
  let tickets = 0
  let turn = 0
  let rings = 0
  let bell = ring()
  let on: { readonly reached: Reached; readonly puller: Puller; readonly bells: Subscription } | undefined

  /** What is asked on a connection, made when it is first needed. */
  const open = (): typeof on => {
    const reached = line.reached()
    if (!reached || on?.reached === reached) return reached && on
    const bells = reached.nc.subscribe(bellOf(stream), {
      callback: () => {
        rings += 1
        bell.ring()
        bell = ring()
      },
    })
    on = { reached, bells, puller: puller(reached.nc, stream, (message) => void receive(reached, message)) }
    return on
  }

  const givenOf = async ({ jsm }: Reached, id: string): Promise<Given> => {
    const kept = await jsm.streams.getMessage(notesOf(stream), { last_by_subj: noteSubject(stream, id) })
    const [putOff = 0, letGo = 0] = kept ? kept.string().split(' ').map(Number) : []
    return { putOff, letGo }
  }

  const receive = async (reached: Reached, message: Msg): Promise<void> => {
    const since = Date.now()
    const arrival = arrivalOf(message.data)
    if (typeof arrival === 'string') {
      unreadable(arrival)
      return answer(reached.nc, message, notNow(UNREADABLE_AGAIN_MS)).catch(() => undefined)
    }
    const { times, sequence } = deliveryOf(message)
    const given = times > 1 ? await givenOf(reached, arrival.id).catch(() => NEVER) : NEVER
    tickets += 1
    const lane = laneOf(message.subject)
    holds.set(tickets, { ticket: tickets, arrival, message, lane, sequence, times, given, since, state: 'here' })
  }

  /** Lanes in which something waits that we may take now: by urgency, ours before others'. */
  const waitingLanes = async ({ jsm }: Reached): Promise<readonly Lane[]> => {
    const { state } = await jsm.streams.info(stream, { subjects_filter: `${stream}.in.>` })
    const now = Date.now()
    const counts = new Map(Object.entries(state.subjects ?? {}))
    for (const { lane } of holds.values()) counts.set(lane.subject, (counts.get(lane.subject) ?? 0) - 1)
    for (const subject of waitingSince.keys()) if ((counts.get(subject) ?? 0) <= 0) waitingSince.delete(subject)
    const at = place()
    return [...counts].flatMap(([subject, count]) => {
      if (count <= 0) return []
      const lane = laneOf(subject)
      const { silentAt = 0, silentSince = 0 } = consumers.get(subject) ?? {}
      if (silentAt > 0 && now - silentSince > MADE_AGAIN_AFTER_MS) consumers.delete(subject)
      else if (now - silentAt < LEFT_OUT_FOR_MS) return []
      const since = waitingSince.get(subject) ?? now
      waitingSince.set(subject, since)
      return servesFirst(lane, at) || now - since >= HELP_AFTER_MS ? [lane] : []
    })
  }

  const pullLane = async (
    { reached, puller }: NonNullable<typeof on>,
    { subject }: Lane,
    limits: { readonly batch: number; readonly maxBytes?: number },
  ): Promise<{ readonly count: number; readonly tooHeavy: boolean }> => {
    const consumer = consumerOf(subject)
    const known = consumers.get(subject)
    try {
      if (known === undefined) await ensureConsumer(reached.jsm, { stream, subject, handsMs })
    } catch (problem) {
      troubled(problem)
      return { count: 0, tooHeavy: false }
    }
    const { messages, tooHeavy, silent } = await puller.pull(consumer, limits)
    consumers.set(subject, {
      silentAt: silent ? Date.now() : 0,
      silentSince: silent ? known?.silentSince || Date.now() : 0,
    })
    await Promise.all(messages.map((message) => receive(reached, message)))
    return { count: messages.length, tooHeavy: tooHeavy && messages.length === 0 }
  }

  /** Urgent ones first; of each urgency, carriers share what there is room for, and each one's flights share his part. */
  const fetchSome = async (opened: NonNullable<typeof on>, { most, heaviest }: TakeLimits): Promise<void> => {
    const lanes = await waitingLanes(opened.reached)
    let room = most
    turn += 1
    for (const urgency of [0, 1, 2]) {
      let asking = lanes.filter((lane) => lane.urgency === urgency)
      for (let pass = 0; pass < PASSES && room > 0 && asking.length > 0; pass++) {
        const parts = sharesOf(asking, room, turn)
        const given = await Promise.all(
          parts.map(async ({ lane, share }) => {
            const maxBytes = Math.min(heaviest, Math.max(LEAST_BYTES, Math.floor((heaviest * share) / most)))
            return { lane, share, ...(await pullLane(opened, lane, { batch: share, maxBytes })) }
          }),
        )
        const heavy = given.find(({ tooHeavy }) => tooHeavy)
        room -= given.reduce((sum, { count }) => sum + count, 0)
        // One that is too heavy for a share has its turn when its lane comes first, or when there is nothing else.
        if (heavy && (heavy === given[0] || room === most))
          room -= (await pullLane(opened, heavy.lane, { batch: 1 })).count
        const asked = new Set(parts.map(({ lane }) => lane))
        const more = given.flatMap(({ lane, share, count }) => (count === share ? [lane] : []))
        asking = [...asking.filter((lane) => !asked.has(lane)), ...more]
      }
    }
  }

  const pick = ({ most, heaviest, alone }: TakeLimits): readonly Hold[] => {
    const here = [...holds.values()].filter(({ state }) => state === 'here')
    const dangerous = alone && here.find((hold) => deathsOf(hold) > 0)
    if (dangerous) return [dangerous]
    const picked: Hold[] = []
    let weight = 0
    for (const hold of here.filter((one) => deathsOf(one) === 0).sort(inOrder)) {
      weight += hold.message.data.length
      if (picked.length > 0 && (picked.length >= most || weight > heaviest)) break
      picked.push(hold)
    }
    return picked
  }

  const settle = async (hold: Hold): Promise<void> => {
    hold.state = 'done'
    const nc = line.reached()?.nc
    if (!nc) return
    const heard = await answer(nc, hold.message, DONE).then(
      () => true,
      () => false,
    )
    if (heard) holds.delete(hold.ticket)
  }
  const giveBack = async (hold: Hold, given: Given, what: string): Promise<void> => {
    holds.delete(hold.ticket)
    const reached = line.reached()
    if (!reached) return
    await reached.js.publish(noteSubject(stream, hold.arrival.id), `${given.putOff} ${given.letGo}`)
    await answer(reached.nc, hold.message, what)
  }

  /** What we hold stays ours; of what is settled, the stream is told again. */
  const keepHold = (): void => {
    const nc = line.reached()?.nc
    if (!nc) return
    for (const hold of holds.values()) {
      if (Date.now() - hold.since < handsMs / 4) continue
      if (hold.state === 'done') void settle(hold)
      else nc.publish(hold.message.reply ?? '', STILL_AT_IT)
    }
  }
  const timer = setInterval(keepHold, handsMs / 3)

  return {
    async take(limits, signal) {
      const opened = open()
      const before = rings
      let picked = pick(limits)
      if (picked.length === 0 && opened) {
        fetching ??= fetchSome(opened, limits)
          .catch(troubled)
          .finally(() => {
            fetching = undefined
          })
        // Whoever ends does not wait for a stream that is silent; what comes meanwhile is let go by `close`.
        await (signal.aborted ? fetching : firstOf(fetching, signal, Number.POSITIVE_INFINITY))
        picked = pick(limits)
      }
      if (picked.length === 0 && before === rings && !signal.aborted) await firstOf(bell.rung, signal, LOOK_EVERY_MS)
      for (const hold of picked) hold.state = 'out'
      return picked.map(takenOf)
    },
    async done(taken) {
      const settling = taken.map(({ ticket }) => holds.get(Number(ticket))).map((hold) => hold && settle(hold))
      // The stream is told on the way; who works is held up only when it does not keep pace.
      const told = Promise.all(settling)
      if ([...holds.values()].filter(({ state }) => state === 'done').length > MOST_UNTOLD) await told
    },
    async later({ ticket }, afterMs) {
      const hold = holds.get(Number(ticket))
      if (hold) await giveBack(hold, { ...hold.given, putOff: hold.given.putOff + 1 }, notNow(afterMs))
    },
    async close() {
      clearInterval(timer)
      const left = [...holds.values()].map((hold) =>
        hold.state === 'done'
          ? settle(hold)
          : giveBack(hold, { ...hold.given, letGo: hold.given.letGo + 1 }, LET_GO).catch(() => undefined),
      )
      await Promise.all(left)
      on?.puller.close()
      on?.bells.unsubscribe()
    },
  }
}

const NEVER: Given = { putOff: 0, letGo: 0 }

const deathsOf = ({ times, given }: Hold): number => Math.max(0, times - 1 - given.putOff - given.letGo)

const takenOf = (hold: Hold): Taken => ({
  id: hold.arrival.id,
  arrival: hold.arrival,
  spread: hold.arrival.spread,
  tries: Math.max(1, hold.times - hold.given.letGo),
  deaths: deathsOf(hold),
  ticket: hold.ticket,
})

const inOrder = (one: Hold, other: Hold): number =>
  one.lane.urgency - other.lane.urgency || one.sequence - other.sequence

interface Share {
  readonly lane: Lane
  readonly share: number
}

/**
 * Parts of a room: carriers' lanes get about the same, beginning with another one each turn; of each, some flights' lanes
 * get enough to be worth asking, and the others have their turn.
 */
function sharesOf(lanes: readonly Lane[], room: number, turn: number): readonly Share[] {
  const carriers = turned([...Map.groupBy(lanes, (lane) => lane.carriers).values()], turn)
  return carriers
    .flatMap((flights, n) => {
      const part = partOf(room, carriers.length, n)
      const some = turned(flights, turn).slice(0, Math.ceil(part / WORTH_ASKING))
      return some.map((lane, k) => ({ lane, share: partOf(part, some.length, k) }))
    })
    .filter(({ share }) => share > 0)
}

const partOf = (whole: number, parts: number, n: number): number =>
  Math.floor(whole / parts) + (n < whole % parts ? 1 : 0)

function turned<T>(list: readonly T[], turn: number): readonly T[] {
  const first = list.length === 0 ? 0 : turn % list.length
  return [...list.slice(first), ...list.slice(0, first)]
}

/** Until it happens, or time is over, or `signal` aborts. */
async function firstOf(event: Promise<void>, signal: AbortSignal, ms: number): Promise<void> {
  const over = new AbortController()
  const both = AbortSignal.any([signal, over.signal])
  await Promise.race([event, pause(Math.min(ms, 2 ** 31 - 1), undefined, { signal: both }).catch(() => undefined)])
  over.abort()
}

function ring() {
  const { promise: rung, resolve } = Promise.withResolvers<void>()
  return { rung, ring: resolve }
}
