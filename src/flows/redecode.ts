/**
 * Reads stored messages again with today's codecs, in the order in which they came, and, where told to, applies what is
 * now read otherwise: as a new version of the same push, by the sender's own time, without another answer to the carrier.
 * A step is one transaction that also moves the job on: whoever dies in between, the next goes on there.
 */
import type { decode } from '#codecs/decode.ts'
import type { Finding } from '#domain/finding.ts'
import {
  applyApi,
  applyPnrs,
  type Changes,
  headcount,
  type LegState,
  legState,
  noChanges,
  type Redecoded,
} from '#domain/leg-state.ts'
import type { Leg } from '#domain/movement.ts'
import type { ApiReport, LegReport, PnrReport } from '#domain/normalise.ts'
import { sameContent } from '#domain/same-content.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Tx } from '#store/db.ts'
import { type ArchivedOne, endJob, type Job, type JobChange, jobInHands, nextArchived, noteStep } from '#store/jobs.ts'
import { loadLegStates } from '#store/leg-states.ts'
import { ensureMonths, lockLegs, noteLegs } from '#store/legs.ts'
import { tell } from '#store/live.ts'
import { type ApiReading, apiReadings, holdLegs, type PnrReading, pnrReadings, saveFindings } from '#store/readings.ts'
import { saveChanges } from '#store/save-changes.ts'
import { keptOf } from '#store/transmissions.ts'
import { answerTo } from './answer.ts'
import type { Deps } from './deps.ts'
import { screenLegs } from './screen-legs.ts'
import { openSealedOnes } from './seal.ts'
import { searchKeysOf } from './search-keys.ts'
import { spansOf } from './source-ref.ts'
import { sentBy, understand } from './take-in.ts'

/** Little enough that whoever takes in messages of the same flights does not wait long. */
const AT_ONCE = 8

/** One transmission, read again. */
interface Reading {
  readonly one: ArchivedOne
  readonly reports: readonly LegReport[]
  readonly findings: readonly Finding[]
}

/** A leg as the readings of one step find it and change it. */
interface Opened {
  readonly leg: Leg
  readonly isNew: boolean
  readonly state: LegState
  readonly changes: Changes
  api?: readonly ApiReading[]
}

/** Does a step of a job that is in this process's hands. `over`: it is not any more, or there is nothing left. */
export async function redecodeStep(
  deps: Deps,
  job: string,
  owner: string,
  read?: typeof decode,
): Promise<'more' | 'over'> {
  const asked = await jobInHands(deps.db, job, owner)
  if (!asked) return 'over'
  const archived = await nextArchived(deps.db, asked, AT_ONCE)
  const last = archived.at(-1)
  if (!last) {
    await endJob(deps.db, job, 'done', deps.clock())
    return 'over'
  }
  const ids = archived.map(({ id }) => id)
  const bytes = await openSealedOnes(deps.db, deps.keys, ids)
  const readings = archived.flatMap((one): Reading[] => {
    const found = bytes.get(one.id)
    return found ? [readAgain(one, found, deps, read)] : []
  })
  await ensureMonths(
    deps.db,
    readings.flatMap(({ reports }) => reports.map(({ leg }) => leg.month)),
  )
  return deps.db.transaction().execute(async (tx) => {
    const mine = await jobInHands(tx, job, owner, 'locked')
    if (mine?.cursor !== asked.cursor) return mine ? 'more' : 'over'
    const changes = await applyAll(tx, mine, readings, deps)
    const before = readings.reduce((sum, { one }) => sum + one.finding_count, 0)
    const after = readings.reduce((sum, { findings }) => sum + findings.length, 0)
    const unreadable = archived.length - readings.length
    await noteStep(tx, job, { cursor: last.id, done: archived.length, unreadable, changes }, { before, after })
    return 'more'
  })
}

function readAgain(one: ArchivedOne, bytes: Uint8Array, deps: Deps, read?: typeof decode): Reading {
  const then = { ...deps, clock: () => one.received_at }
  const { understood, reports } = understand({ bytes }, then, read)
  const head = { month: one.month, id: one.id, carrier: one.carrier, receivedAt: one.received_at, profile: {} }
  return { one, reports, findings: answerTo(head, understood, reports, then).findings }
}

async function applyAll(tx: Tx, job: Job, readings: readonly Reading[], deps: Deps): Promise<readonly JobChange[]> {
  const legs = await openLegs(tx, readings)
  const changedBy = new Map<string, string>()
  const found: JobChange[] = []
  for (const reading of readings) {
    const { id, findings, finding_count: before } = reading.one
    const touched = await applyOne(tx, job.id, reading, legs)
    for (const traveller of touched.travellers) changedBy.set(traveller, id)
    const otherFindings = before !== reading.findings.length || !sameContent(keptOf(reading.findings), findings)
    if (touched.travellers.size === 0 && touched.pnrs === 0 && !otherFindings) continue
    found.push({
      transmission: id,
      travellers: touched.travellers.size,
      pnrs: touched.pnrs,
      findings_before: before,
      findings_after: reading.findings.length,
    })
    if (job.question.apply && otherFindings) await saveFindings(tx, id, reading.findings)
  }
  const changed = [...legs.values()].filter(
    ({ changes: { travellers, parts, pnrs, pnrVersions } }) =>
      travellers.size + parts.length + pnrs.size + pnrVersions.length > 0,
  )
  if (job.question.apply && changed.length > 0) await save(tx, changed, changedBy, deps)
  return found
}

async function openLegs(tx: Tx, readings: readonly Reading[]): Promise<Map<string, Opened>> {
  const spokenOf = new Map(readings.flatMap(({ reports }) => reports.map(({ leg }) => [leg.id, leg] as const)))
  const there = await holdLegs(tx, [...spokenOf.keys()])
  const states = await loadLegStates(
    tx,
    [...spokenOf.values()].filter(({ id }) => there.has(id)),
  )
  return new Map(
    [...spokenOf].map(([id, leg]) => [
      id,
      { leg, isNew: !there.has(id), state: states.get(id) ?? legState(id, [], []), changes: noChanges() },
    ]),
  )
}

/** Applies one reading. Gives whom it changed, and how many versions of PNRs it added. */
async function applyOne(
  tx: Tx,
  job: string,
  { one, reports }: Reading,
  legs: ReadonlyMap<string, Opened>,
): Promise<{ readonly travellers: ReadonlySet<string>; readonly pnrs: number }> {
  const travellers = new Set<string>()
  let pnrs = 0
  for (const report of reports) {
    const opened = legs.get(report.leg.id)
    if (!opened) continue
    const { changes, state } = opened
    const before = { parts: changes.parts.length, pnrs: changes.pnrVersions.length, all: new Set(changes.travellers) }
    const sent = sentBy({ id: one.id, receivedAt: one.received_at }, report)
    if (report.source === 'pnr') {
      const redecoded = await knownOfPnrs(tx, job, report, opened)
      applyPnrs(state, report.pnrs, { ...sent, redecoded }, changes)
    } else if (namesPersons(report)) {
      const redecoded = await knownOfPersons(tx, job, one.id, opened)
      applyApi(state, report.persons, { ...sent, redecoded }, changes)
    }
    for (const { travellerId } of changes.parts.slice(before.parts)) travellers.add(travellerId)
    for (const id of changes.travellers) if (!before.all.has(id)) travellers.add(id)
    pnrs += changes.pnrVersions.length - before.pnrs
  }
  return { travellers, pnrs }
}

/** Whom a reference-only list means depends on what was known when it came: it is not applied again. */
const namesPersons = ({ message }: ApiReport): boolean =>
  message.function === 'list' ||
  message.function === 'change' ||
  message.function === 'master-crew' ||
  message.function === 'gate-pass'

async function knownOfPnrs(tx: Tx, job: string, report: PnrReport, opened: Opened): Promise<Redecoded> {
  const { state, changes, leg } = opened
  const inForce = Map.groupBy(state.pnrs.values(), ({ locator }) => locator)
  const differing = report.pnrs.filter(
    (pnr) => !inForce.get(pnr.locator)?.some((known) => known.state === 'active' && sameContent(known.content, pnr)),
  )
  const locators = new Set(differing.map(({ locator }) => locator))
  const stored = Map.groupBy(await pnrReadings(tx, leg.id, [...locators]), ({ pnr_id }) => pnr_id)
  return {
    job,
    pnrVersions: (id): readonly Pick<PnrReading, 'version' | 'transmission' | 'content'>[] => [
      ...(stored.get(id) ?? []),
      ...changes.pnrVersions.filter(({ pnrId }) => pnrId === id),
    ],
    apiVersions: () => [],
    rowOf: () => undefined,
  }
}

async function knownOfPersons(tx: Tx, job: string, transmission: string, opened: Opened): Promise<Redecoded> {
  const { changes, leg } = opened
  opened.api ??= await apiReadings(tx, leg.id)
  const stored = Map.groupBy(opened.api, ({ traveller_id }) => traveller_id)
  const own = opened.api.filter((one) => one.transmission === transmission)
  const places = own.map(({ traveller_id: id, content }) => ({ id, content, place: placeOf(content) }))
  return {
    job,
    pnrVersions: () => [],
    apiVersions: (id) => [
      ...(stored.get(id) ?? []),
      ...changes.parts.flatMap(({ travellerId, source, version }) =>
        travellerId === id && source === 'api' ? [{ content: version.content as ApiTraveller }] : [],
      ),
    ],
    rowOf(person) {
      const [from, to] = placeOf(person)
      return places.find(({ place }) => place[0] < to && from < place[1])?.id
    },
  }
}

/** From the first to the last byte that speaks of a person. */
function placeOf(person: ApiTraveller): readonly [from: number, to: number] {
  const spans = spansOf(person)
  return spans.length === 0
    ? [-1, -1]
    : [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))]
}

async function save(
  tx: Tx,
  changed: readonly Opened[],
  changedBy: ReadonlyMap<string, string>,
  deps: Deps,
): Promise<void> {
  const at = deps.clock()
  await lockLegs(
    tx,
    changed.map(({ leg, isNew }) => (isNew ? leg : withoutTimes(leg))),
    at,
  )
  const toScreen = changed.map(({ leg, state, changes }) => ({ leg, state, travellers: changes.travellers }))
  const { epoch } = await screenLegs(tx, toScreen, deps, changedBy)
  await saveChanges(tx, changed, at, epoch, searchKeysOf(deps.keys).of)
  await noteLegs(
    tx,
    changed.map(({ leg, state }) => ({ leg, count: headcount(state), pushes: [] })),
  )
  await tell(tx, { kind: 'flights', legs: changed.map(({ leg }) => leg.id).slice(0, 50) })
}

/** An old message does not bring back the times of then. */
function withoutTimes({ departs: _d, arrives: _a, departsAt: _da, arrivesAt: _aa, ...leg }: Leg): Leg {
  return leg
}
