/** Jobs that go through the archive beside everything else: begun, stopped and set going by people, done by any process. */
import { setTimeout as pause } from 'node:timers/promises'
import type { decode } from '#codecs/decode.ts'
import type { Officer } from '#domain/officer.ts'
import { bad, ok, type Result } from '#lib/result.ts'
import { asOfficer, type Db } from '#store/db.ts'
import { endJob, insertJob, type Job, keepJob, listJobs, moveJob, takeJob } from '#store/jobs.ts'
import { tell } from '#store/live.ts'
import { appendLog, type LogEntry } from '#store/log.ts'
import type { JobState, RedecodeQuestion } from '#store/tables.ts'
import type { Deps } from './deps.ts'
import type { Operator } from './manage-access.ts'
import { nameOf } from './park.ts'
import { redecodeStep } from './redecode.ts'
import { actorOf, entryBy, type SightDeps } from './sight.ts'

/** In the log: who, when, for which agency. */
export type By = Omit<LogEntry, 'action' | 'subjects' | 'detail'>

export const byOperator = ({ account, at }: Operator): By => ({ at, actor: `operator ${account}`, agency: 'site' })

export const byOfficer = (officer: Officer, { clock }: SightDeps): By => entryBy(officer, clock(), 'messages')

export function startRedecode(db: Db, question: RedecodeQuestion, by: By): Promise<Job> {
  return db.transaction().execute(async (tx) => {
    const job = await insertJob(tx, question, by.actor, by.at)
    await tell(tx, { kind: 'messages' })
    const { apply, ...span } = question
    await appendLog(tx, { ...by, action: 'start-job', subjects: [job.id], detail: { ...span, apply: String(apply) } })
    return job
  })
}

export type JobMove = 'pause' | 'resume' | 'cancel'

const MOVES: Readonly<Record<JobMove, { readonly from: readonly JobState[]; readonly to: JobState }>> = {
  pause: { from: ['waiting', 'running'], to: 'paused' },
  resume: { from: ['paused', 'failed'], to: 'waiting' },
  cancel: { from: ['waiting', 'running', 'paused'], to: 'cancelled' },
}

/** A step that is under way is still finished. */
export function changeJob(db: Db, id: string, move: JobMove, by: By): Promise<Result<undefined>> {
  return db.transaction().execute(async (tx): Promise<Result<undefined>> => {
    const { from, to } = MOVES[move]
    if (!(await moveJob(tx, id, from, to, by.at))) return bad({ code: 'job.not-so', detail: id })
    await tell(tx, { kind: 'messages' })
    await appendLog(tx, { ...by, action: `${move}-job`, subjects: [id] })
    return ok(undefined)
  })
}

const LISTED = 20

export const showJobs = (officer: Officer, { db }: SightDeps): Promise<readonly Job[]> =>
  asOfficer(db, actorOf(officer), (tx) => listJobs(tx, LISTED))

/** A process that says nothing for so long has lost its job to whoever asks. */
const SILENT_MS = 15_000
const LOOK_EVERY_MS = 2_000
/** Of the time a step takes, so often more is rested: messages that come go first. */
const REST = 3
/** A job goes on at least so often, however much waits to be settled. */
const LONGEST_WAIT_MS = 10_000
const TROUBLES = 3

export interface JobOptions {
  /** Another reader than today's, for tests. */
  readonly read?: typeof decode
  /** Ends when there is no job to take. */
  readonly once?: boolean
}

/** Does jobs, one at a time, until `signal` aborts. */
export async function runJobs(deps: Deps, owner: string, signal: AbortSignal, options: JobOptions = {}): Promise<void> {
  while (!signal.aborted) {
    const job = await takeJob(deps.db, owner, SILENT_MS, deps.clock()).catch(() => undefined)
    if (job !== undefined) await runJob(deps, job, owner, signal, options)
    else if (options.once) return
    else await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

async function runJob(
  deps: Deps,
  job: string,
  owner: string,
  signal: AbortSignal,
  { read, once = false }: JobOptions,
): Promise<void> {
  const rest = (milliseconds: number) => pause(milliseconds, undefined, { signal }).catch(() => undefined)
  let troubles = 0
  let lastStep = Date.now()
  while (!signal.aborted) {
    const began = Date.now()
    try {
      if (began - lastStep < LONGEST_WAIT_MS && (await deps.queue.depth()).waiting > 0) {
        if (!(await keepJob(deps.db, job, owner))) return
        await rest(250)
        continue
      }
      if ((await redecodeStep(deps, job, owner, read)) === 'over') return
      troubles = 0
      lastStep = Date.now()
      if (!once) await rest(REST * (lastStep - began))
    } catch (problem) {
      troubles += 1
      deps.note('error', 'a step of a job failed', { job, name: nameOf(problem) })
      if (troubles >= TROUBLES) {
        await endJob(deps.db, job, 'failed', deps.clock(), `failed.${codeOf(problem)}`).catch(() => undefined)
        return
      }
      await rest(500 * troubles)
    }
  }
}

const codeOf = (problem: unknown): string =>
  problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : nameOf(problem)
