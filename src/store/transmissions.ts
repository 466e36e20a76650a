import { sql } from 'kysely'
import type { Finding } from '#domain/finding.ts'
import { monthOf } from '#domain/normalise.ts'
import { newId } from '#lib/ids.ts'
import type { Instant } from '#lib/time.ts'
import { epochMs } from '#lib/time.ts'
import type { Db, Tx } from './db.ts'
import { recordset } from './recordset.ts'
import type { CarrierProfile, TransmissionStateColumn } from './tables.ts'
import { endWork, type Urgency } from './work.ts'

/** What of a transmission decides its way; its bytes stay sealed. */
export interface TransmissionHead {
  readonly month: string
  readonly id: string
  readonly carrier: string
  readonly receivedAt: Instant
  /** How this carrier is answered; one that is not registered (a file laid in the inbox) gets receipts. */
  readonly profile: CarrierProfile
}

/** `202611-…`: the month of receipt, and a part that sorts by time. */
export const newTransmissionId = (at: Instant): string => `${at.slice(0, 4)}${at.slice(5, 7)}-${newId(epochMs(at))}`

export interface Arrival {
  readonly id: string
  readonly month: string
  readonly carrier: string
  readonly channel: string
  readonly receivedAt: Instant
  readonly size: number
  readonly digest: Uint8Array
  readonly contentDigest: Uint8Array
  readonly sealed: Uint8Array
  readonly keyDay: string
  readonly redactions: Readonly<Record<string, number>>
  readonly urgency: Urgency
  /** The same for messages about one flight, so that one worker has them. */
  readonly spread: number
}

/** What stands of a message that came before. */
interface First {
  readonly id: string
  readonly state: TransmissionStateColumn
  readonly type: string | null
  readonly flight: string | null
  readonly cause: string | null
}

/** How an arrival was written down. */
export interface Written {
  /** The same carrier sent the same before, or before it among these: that transmission. */
  readonly first?: string
  /** It waits now; false for a repetition, and for one that had been written down already and stays as it is. */
  readonly waits: boolean
}

/** Writes arrivals down; repetitions are noted. Takers at the same time are put in order by locks on the digests. */
export async function archiveArrivals(tx: Tx, arrivals: readonly Arrival[]): Promise<readonly Written[]> {
  const known = await firstOnes(tx, arrivals)
  const repeats: (string | undefined)[] = []
  const rows = arrivals.map((arrival) => {
    const common = {
      month: arrival.month,
      id: arrival.id,
      carrier: arrival.carrier,
      channel: arrival.channel,
      received_at: arrival.receivedAt,
      size: arrival.size,
      digest: arrival.digest,
      content_digest: arrival.contentDigest,
    }
    const first = known.get(contentOf(arrival))
    repeats.push(first?.id === arrival.id ? undefined : first?.id)
    if (!first || first.id === arrival.id) {
      known.set(contentOf(arrival), { id: arrival.id, state: 'received', type: null, flight: null, cause: null })
      return {
        ...common,
        sealed: arrival.sealed,
        key_day: arrival.keyDay,
        redactions: JSON.stringify(arrival.redactions),
      }
    }
    // A repetition ends as the first did; where that is still under way, it is only counted as accepted with it.
    const state = first.state === 'received' ? ('accepted' as const) : first.state
    const { type, flight, cause } = first
    return { ...common, state, decided_at: arrival.receivedAt, duplicate_of: first.id, type, flight, cause }
  })
  const written = await tx
    .insertInto('transmission')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  const fresh = new Set(written.map(({ id }) => id))
  return arrivals.map(({ id }, at) => {
    const first = repeats[at]
    return first === undefined ? { waits: fresh.delete(id) } : { first, waits: false }
  })
}

const contentOf = ({ carrier, contentDigest }: Arrival): string =>
  `${carrier} ${Buffer.from(contentDigest).toString('hex')}`

async function firstOnes(tx: Tx, arrivals: readonly Arrival[]): Promise<Map<string, First>> {
  const rows = arrivals.map(({ carrier, contentDigest }) => {
    const digest = Buffer.from(contentDigest)
    return { carrier, digest: digest.toString('hex'), lock: digest.readInt32BE(0) }
  })
  const asked = recordset(rows, 'carrier text, digest text, lock int')
  await sql`select pg_advisory_xact_lock(one, other)
    from (select distinct hashtext(carrier) as one, lock as other from ${asked} order by 1, 2) locks`.execute(tx)
  const found = await sql<First & { content: string }>`
    select distinct on (t.carrier, t.content_digest) given.carrier || ' ' || given.digest as content, t.id, t.state, t.type, t.flight, t.cause
    from ${asked} join transmission t on t.carrier = given.carrier and t.content_digest = decode(given.digest, 'hex')
    where t.duplicate_of is null order by t.carrier, t.content_digest, t.received_at`.execute(tx)
  return new Map(found.rows.map(({ content, ...first }) => [content, first]))
}

/**
 * Takes the right to settle transmissions until the transaction ends, in the order in which they came; those that are
 * settled or in other hands are left out.
 */
export async function claimTransmissions(tx: Tx, ids: readonly string[]): Promise<readonly TransmissionHead[]> {
  const { rows } = await sql<{
    month: string
    id: string
    carrier: string
    received_at: Instant
    profile: CarrierProfile | null
  }>`
    select t.month, t.id, t.carrier, t.received_at, c.profile
    from transmission t left join carrier c on c.code = t.carrier
    where t.month = any(${[...new Set(ids.map(monthOf))]}::date[]) and t.id = any(${[...ids]}) and t.state = 'received'
    order by t.received_at, t.id for update of t skip locked`.execute(tx)
  return rows.map(({ received_at: receivedAt, profile, ...row }) => ({ ...row, receivedAt, profile: profile ?? {} }))
}

export interface Settlement {
  readonly state: Exclude<TransmissionStateColumn, 'received'>
  readonly at: Instant
  readonly type?: string | undefined
  readonly flight?: string | undefined
  readonly legs: readonly string[]
  readonly travellers: number
  readonly findings: readonly Finding[]
  readonly reply?: Uint8Array | undefined
  readonly replyType?: string | undefined
  readonly cause?: string | undefined
}

/** Findings beyond these are counted, not kept: a broken sender must not fill the archive. */
const FINDINGS_KEPT = 200

export const keptOf = (findings: readonly Finding[]): readonly Finding[] => findings.slice(0, FINDINGS_KEPT)

/** Gives transmissions their final state; one that has it keeps it. */
export async function settleTransmissions(
  tx: Tx | Db,
  list: readonly { readonly month: string; readonly id: string; readonly settlement: Settlement }[],
): Promise<void> {
  const rows = list.map(({ month, id, settlement: one }) => ({
    month,
    id,
    state: one.state,
    decided_at: one.at,
    type: one.type,
    flight: one.flight,
    legs: one.legs,
    travellers: one.travellers,
    findings: keptOf(one.findings),
    finding_count: one.findings.length,
    reply: one.reply && Buffer.from(one.reply).toString('base64'),
    reply_type: one.replyType,
    cause: one.cause,
  }))
  const settled = await sql<{
    id: string
    replays: number
  }>`update transmission set state = given.state, decided_at = given.decided_at, type = given.type,
      flight = given.flight, legs = given.legs, travellers = given.travellers, findings = given.findings,
      finding_count = given.finding_count, reply = decode(given.reply, 'base64'), reply_type = given.reply_type, cause = given.cause
    from ${recordset(rows, SETTLED_COLUMNS)}
    where transmission.month = given.month and transmission.id = given.id and transmission.state = 'received'
    returning transmission.id, transmission.replays`.execute(tx)
  const parked = new Set(list.filter(({ settlement }) => settlement.state === 'parked').map(({ id }) => id))
  const known = settled.rows.filter(({ id, replays }) => replays > 0 || parked.has(id))
  if (known.length > 0)
    await settleRepetitions(
      tx,
      known.map(({ id }) => id),
    )
  await endWork(
    tx,
    list.map(({ id }) => id),
  )
}

/** Repetitions of these stand as they do; they were counted as accepted, or are parked, since before it was known. */
async function settleRepetitions(tx: Tx | Db, firsts: readonly string[]): Promise<void> {
  await sql`update transmission again set state = first.state, type = first.type, flight = first.flight, cause = first.cause
    from transmission first where first.month = any(${[...new Set(firsts.map(monthOf))]}::date[])
      and first.id = any(${[...firsts]}) and again.duplicate_of = first.id`.execute(tx)
}

const SETTLED_COLUMNS = `month date, id text, state text, decided_at timestamptz, type text, flight text, legs text[],
  travellers int, findings jsonb, finding_count int, reply text, reply_type text, cause text`

export async function countAttempt(db: Db, month: string, id: string): Promise<number> {
  const row = await db
    .updateTable('transmission')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('month', '=', month)
    .where('id', '=', id)
    .returning('attempts')
    .executeTakeFirst()
  return row?.attempts ?? 0
}

/** The sealed bytes of several, as far as they are there. */
export async function sealedOf(db: Db, ids: readonly string[]) {
  return db
    .selectFrom('transmission')
    .select(['id', 'sealed', 'key_day'])
    .where('month', 'in', [...new Set(ids.map(monthOf))])
    .where('id', 'in', ids)
    .execute()
}

/** How a transmission ended, as its sender may be told again. */
export function transmissionAnswer(db: Db, month: string, id: string) {
  return db
    .selectFrom('transmission')
    .select([
      'id',
      'carrier',
      'state',
      'travellers',
      'findings',
      'finding_count',
      'reply',
      'reply_type',
      'cause',
      'duplicate_of',
    ])
    .where('month', '=', month)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function sealedBytes(db: Db, month: string, id: string) {
  return db
    .selectFrom('transmission')
    .select(['id', 'sealed', 'key_day', 'carrier', 'received_at', 'type'])
    .where('month', '=', month)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function transmissionOwner(db: Db, month: string, id: string) {
  return db
    .selectFrom('transmission')
    .select(['carrier', 'duplicate_of'])
    .where('month', '=', month)
    .where('id', '=', id)
    .executeTakeFirst()
}

export interface TransmissionQuestion {
  readonly carrier?: string
  readonly state?: TransmissionStateColumn
  readonly cause?: string
  /** These, as far as they are there. */
  readonly ids?: readonly string[]
  /** Received before this one: the next page. */
  readonly before?: { readonly at: string; readonly id: string }
  readonly limit: number
}

/** Transmissions, newest first; no personal data. */
export function listTransmissions(db: Db | Tx, question: TransmissionQuestion) {
  let query = db
    .selectFrom('transmission')
    .select([
      'id',
      'carrier',
      'received_at',
      'channel',
      'type',
      'state',
      'size',
      'flight',
      'travellers',
      'finding_count',
      'redactions',
      'duplicate_of',
      'cause',
      'replays',
    ])
  if (question.carrier) query = query.where('carrier', '=', question.carrier)
  if (question.state) query = query.where('state', '=', question.state)
  if (question.cause) query = query.where('cause', '=', question.cause)
  if (question.ids)
    query = query.where('month', 'in', [...new Set(question.ids.map(monthOf))]).where('id', 'in', question.ids)
  const { before } = question
  if (before) {
    query = query.where((eb) =>
      eb.or([eb('received_at', '<', before.at), eb.and([eb('received_at', '=', before.at), eb('id', '<', before.id)])]),
    )
  }
  return query.orderBy('received_at', 'desc').orderBy('id', 'desc').limit(question.limit).execute()
}

export function countTransmissions(db: Db | Tx, since: string) {
  return db
    .selectFrom('transmission')
    .select((eb) => ['carrier', 'state', eb.fn.countAll<number>().as('count')])
    .where('received_at', '>=', since)
    .groupBy(['carrier', 'state'])
    .orderBy('carrier')
    .orderBy('state')
    .execute()
}

export function transmissionDetail(db: Db | Tx, month: string, id: string) {
  return db
    .selectFrom('transmission')
    .select([
      'id',
      'carrier',
      'received_at',
      'channel',
      'type',
      'state',
      'size',
      'flight',
      'travellers',
      'finding_count',
      'redactions',
      'duplicate_of',
      'cause',
      'replays',
      'findings',
      'reply',
    ])
    .where('month', '=', month)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What was received last, whatever became of it. */
export async function lastTransmission(db: Db): Promise<{ readonly id: string; readonly at: string } | undefined> {
  return db
    .selectFrom('transmission')
    .select(['id', 'received_at as at'])
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
