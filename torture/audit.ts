/** Holds what the senders were told against the database, and the database against one that had a calm day. */
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { keysOf, openSealed } from '#flows/seal.ts'
import { type Db, openDb } from '#store/db.ts'
import { verifyLog } from '#store/log.ts'
import { columnsOf, type Digest, digestsOf, EFFECTS } from './effects.ts'
import type { Line, Record } from './senders.ts'

export interface Verdict {
  /** In words, without personal data; none when all is well. */
  readonly problems: readonly string[]
  /** What was looked at: name → how many. */
  readonly looked: ReadonlyMap<string, number>
}

interface Row {
  readonly id: string
  readonly carrier: string
  readonly digest: string
  readonly content: string
  readonly state: string
  readonly first: string | null
}

/** Of these there may be none. */
const RARE = new Set(['documents', 'parts of pushes'])
const NAMED = 5
const EMPTY_WITHIN_MS = 60_000

export async function audit(url: string, calmUrl: string, record: Record, masterKey: Uint8Array): Promise<Verdict> {
  const db = openDb(url, { max: 4, name: 'preclear auditor' })
  const calm = openDb(calmUrl, { max: 4, name: 'preclear auditor' })
  const problems: string[] = [...record.wrong]
  const looked = new Map<string, number>()
  try {
    await untilEmpty(db)
    const rows = await transmissionsOf(db)
    looked.set('transmissions', rows.length)
    problems.push(...againstRecord(rows, record), ...(await unfinished(db, rows)))
    problems.push(...againstCalm(rows, await transmissionsOf(calm)))
    const opened = await archiveProblems(db, calm, rows, masterKey)
    looked.set('sealed messages', opened.count)
    problems.push(...opened.problems)
    for (const name of Object.keys(EFFECTS)) {
      const [mine, wanted] = [await digestsOf(db, name), await digestsOf(calm, name)]
      looked.set(name, sum(mine))
      if (sum(mine) === 0 && !RARE.has(name)) problems.push(`there are no ${name}: nothing was proved of them`)
      problems.push(...(await differences(name, { db, digests: mine }, { db: calm, digests: wanted })))
    }
    const chain = await verifyLog(db)
    looked.set('entries of the log', chain.upTo)
    if (!chain.ok) problems.push(`the log's chain is broken behind entry ${chain.upTo}`)
    return { problems, looked }
  } finally {
    await Promise.all([db.destroy(), calm.destroy()])
  }
}

/** Whoever got no answer may have work waiting that nobody asks for any more. */
async function untilEmpty(db: Db): Promise<void> {
  for (let waited = 0; waited < EMPTY_WITHIN_MS; waited += 200) {
    const { rows } = await sql`select from work limit 1`.execute(db)
    if (rows.length === 0) return
    await pause(200)
  }
}

async function transmissionsOf(db: Db): Promise<readonly Row[]> {
  const { rows } =
    await sql<Row>`select id, carrier, encode(digest, 'hex') as digest, encode(content_digest, 'hex') as content,
    state, duplicate_of as first from transmission order by id`.execute(db)
  return rows
}

/** Every acknowledged transmission is there, in the state that was told, and stands for what was sent; once. */
function againstRecord(rows: readonly Row[], { lines }: Record): readonly string[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const lost: string[] = []
  const strange: string[] = []
  const otherState: string[] = []
  const unanswered: string[] = []
  for (const line of lines.values()) {
    if (!line.final) unanswered.push(line.carrier)
    for (const [id, state] of line.told) {
      const row = byId.get(id)
      if (!row) lost.push(id)
      else if (row.carrier !== line.carrier || row.digest !== line.digest) strange.push(id)
      else if (state !== 'received' && byId.get(row.first ?? id)?.state !== state) otherState.push(id)
    }
  }
  const sent = new Set([...lines.values()].map(({ carrier, digest }) => `${carrier} ${digest}`))
  const unknown = rows.filter(({ carrier, digest }) => !sent.has(`${carrier} ${digest}`)).map(({ id }) => id)
  const firsts = rows.filter(({ first }) => first === null)
  const doubled = [...Map.groupBy(firsts, ({ carrier, content }) => `${carrier} ${content}`).values()]
    .filter((same) => same.length > 1)
    .map((same) => same.map(({ id }) => id).join('='))
  return [
    ...named('acknowledged and not there (lost)', lost),
    ...named('there and of other bytes than were sent', strange),
    ...named('in another state than the sender was told', otherState),
    ...named('stored twice as if new (doubled)', doubled),
    ...named('there, and sent by nobody', unknown),
    ...named('without a final answer, of carriers', unanswered),
    ...counts(rows, [...lines.values()]),
  ]
}

/** Of each carrier the states add up to what came, and what was new is what he sent. */
function counts(rows: readonly Row[], lines: readonly Line[]): readonly string[] {
  const sent = Map.groupBy(lines, ({ carrier }) => carrier)
  const kept = Map.groupBy(rows, ({ carrier }) => carrier)
  return [...sent].flatMap(([carrier, own]) => {
    const all = kept.get(carrier) ?? []
    const contents = new Set(all.map(({ content }) => content)).size
    const firsts = all.filter(({ first }) => first === null).length
    const told = own.reduce((total, { told: ids }) => total + ids.size, 0)
    if (firsts === contents && all.length >= told) return []
    return [
      `${carrier}: ${all.length} transmissions, ${firsts} of them new, ${contents} contents; ${told} were acknowledged`,
    ]
  })
}

async function unfinished(db: Db, rows: readonly Row[]): Promise<readonly string[]> {
  const { rows: work } = await sql<{ id: string }>`select id from work order by id`.execute(db)
  return [
    ...named(
      'not settled',
      rows.filter(({ state }) => state === 'received').map(({ id }) => id),
    ),
    ...named(
      'parked, though nothing is wrong with them',
      rows.filter(({ state }) => state === 'parked').map(({ id }) => id),
    ),
    ...named(
      'still in the queue',
      work.map(({ id }) => id),
    ),
  ]
}

const contentOf = ({ carrier, content }: Row): string => `${carrier} ${content}`

/** The same messages ended alike on the calm day. */
function againstCalm(rows: readonly Row[], calm: readonly Row[]): readonly string[] {
  const firsts = rows.filter(({ first }) => first === null)
  const wanted = new Map(calm.filter(({ first }) => first === null).map((row) => [contentOf(row), row]))
  const found = new Set(firsts.map(contentOf))
  const other = firsts.filter((row) => wanted.get(contentOf(row))?.state !== row.state).map(({ id }) => id)
  const missing = [...wanted].filter(([content]) => !found.has(content)).map(([, { id }]) => id)
  return [
    ...named('ended otherwise than on the calm day', other),
    ...named('there on the calm day alone (its numbers)', missing),
  ]
}

/** What is sealed opens, and is what the same message is on the calm day. */
async function archiveProblems(db: Db, calm: Db, rows: readonly Row[], masterKey: Uint8Array) {
  const digests = async (from: Db, list: readonly Row[]): Promise<ReadonlyMap<string, string>> => {
    const keys = keysOf(masterKey)
    const found = new Map<string, string>()
    for (const row of list) {
      const bytes = await openSealed(from, keys, row.id).catch(() => undefined)
      if (bytes) found.set(contentOf(row), createHash('sha256').update(bytes).digest('hex'))
    }
    return found
  }
  const firsts = rows.filter(({ first }) => first === null)
  const mine = await digests(db, firsts)
  const wanted = await digests(
    calm,
    (await transmissionsOf(calm)).filter(({ first }) => first === null),
  )
  const closed = firsts.filter((row) => !mine.has(contentOf(row))).map(({ id }) => id)
  const other = firsts.filter((row) => mine.get(contentOf(row)) !== wanted.get(contentOf(row))).map(({ id }) => id)
  return {
    count: firsts.length,
    problems: [
      ...named('sealed so that they do not open', closed),
      ...named('of other bytes than on the calm day', other),
    ],
  }
}

interface Side {
  readonly db: Db
  readonly digests: ReadonlyMap<string, Digest>
}

async function differences(name: string, mine: Side, wanted: Side): Promise<readonly string[]> {
  const legs = [...new Set([...mine.digests.keys(), ...wanted.digests.keys()])].sort()
  const differing = legs.filter((leg) => mine.digests.get(leg)?.digest !== wanted.digests.get(leg)?.digest)
  const told: string[] = []
  for (const leg of differing.slice(0, NAMED)) {
    const [found, calm] = [await columnsOf(mine.db, name, leg), await columnsOf(wanted.db, name, leg)]
    const columns = [...found].filter(([column, values]) => values.join() !== calm.get(column)?.join())
    const where = columns.length > 0 ? columns.map(([column]) => column).join(', ') : 'which values go together'
    const [have, want] = [mine.digests.get(leg)?.rows ?? 0, wanted.digests.get(leg)?.rows ?? 0]
    told.push(`${name} of ${leg}: ${have}, on the calm day ${want}; they differ in ${where}`)
  }
  return differing.length > NAMED ? [...told, `${name}: ${differing.length} legs differ in all`] : told
}

function named(what: string, ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return []
  const more = ids.length > NAMED ? ' …' : ''
  return [`${ids.length} ${what}: ${ids.slice(0, NAMED).join(' ')}${more}`]
}

const sum = (digests: ReadonlyMap<string, Digest>): number =>
  [...digests.values()].reduce((total, { rows }) => total + rows, 0)
