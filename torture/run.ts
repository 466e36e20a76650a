/**
 * The program under load and faults, then an audit: nothing that was acknowledged is lost, nothing is applied twice, and
 * what people see afterwards is what a calm day would have left.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instant } from '#lib/time.ts'
import type { Simulation } from '#simulator/pushes.ts'
import { randomOf } from '#simulator/random.ts'
import { audit, type Verdict } from './audit.ts'
import { FAULTS, inflictFaults, type Survived } from './faults.ts'
import { type Lane, newLoad, sendAgain, simulationOf } from './load.ts'
import { openSenders, type Record } from './senders.ts'
import { type Layout, newMasterKey, openSite, type Site } from './site.ts'

export interface TortureOptions {
  readonly seconds: number
  /** Carriers stop earlier when so many were sent. */
  readonly messages?: number
  readonly seed: number
  /** The day that is played begins now; flights of the day before are told of first, then of the day before that. */
  readonly until: Instant
  readonly layout: Layout
  readonly faults: readonly string[]
  /** Milliseconds between two faults. */
  readonly gap: readonly [number, number]
  /** Each fault waits until the one before is overcome. */
  readonly patient: boolean
  /** Flights that are told of at the same time, and messages a second. */
  readonly atOnce: number
  readonly rate: number
  /** The folder is left for a look. */
  readonly keep: boolean
  readonly say: (line: string) => void
}

export interface Outcome {
  readonly verdict: Verdict
  readonly record: Record
  readonly survived: readonly Survived[]
  /** What could not be done here, and why. */
  readonly left: readonly string[]
  /** Processes that ended though nobody killed them, and how. */
  readonly endedByThemselves: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly folder: string
  readonly drainedAfterMs: number
}

/** When all is mended, whoever has no final answer by then has lost his message. */
const DRAIN_WITHIN_MS = 180_000
/** Nothing is done to the calm day; it still ends where the program does not work at all. */
const CALM_WITHIN_MS = 180_000
/** Share of messages that are sent again though they were answered. */
const REPEATED = 0.03

export async function torture(options: TortureOptions): Promise<Outcome> {
  const { seed, layout, keep } = options
  const folder = mkdtempSync(join(tmpdir(), 'preclear-torture-'))
  const masterKey = newMasterKey()
  const began = performance.now()
  const say = (line: string): void =>
    options.say(`${((performance.now() - began) / 1_000).toFixed(1).padStart(7)} s  ${line}`)
  say(`seed ${seed}, flights before ${options.until}, layout ${layout}; ${folder}`)
  const simulation = simulationOf(seed)
  try {
    const site = await openSite({
      folder: join(folder, 'tortured'),
      layout,
      masterKey,
      tortured: true,
      now: options.until,
      keep,
    })
    try {
      const suffered = await suffer(site, simulation, { ...options, say })
      say('the same on a calm day')
      const calm = await openSite({
        folder: join(folder, 'calm'),
        layout: 'one',
        masterKey,
        tortured: false,
        now: options.until,
        keep,
      })
      try {
        const verdict = await compare(site, calm, simulation, suffered, { ...options, say })
        const endedByThemselves = new Map(site.services.map((one) => [one.name, one.endedByItself]))
        return { ...suffered, verdict, endedByThemselves, folder }
      } finally {
        await calm.stop()
      }
    } finally {
      await site.stop()
    }
  } finally {
    if (!keep) rmSync(folder, { recursive: true, force: true })
  }
}

type Suffered = Pick<Outcome, 'record' | 'survived' | 'left' | 'drainedAfterMs'> & { readonly lanes: readonly Lane[] }

/** Load and faults for so long; then everything is mended, and whoever waits for an answer gets it. */
async function suffer(site: Site, simulation: Simulation, options: TortureOptions): Promise<Suffered> {
  const { seconds, seed, faults, gap, patient, say } = options
  const left = faults.flatMap((name) => {
    const why = FAULTS[name]?.missing?.(site)
    return why ? [`${name}: ${why}`] : []
  })
  for (const line of left) say(`left out: ${line}`)
  const kinds = faults.filter((name) => !FAULTS[name]?.missing?.(site))
  const chance = randomOf(seed)
  const giveUp = new AbortController()
  const senders = openSenders({
    ...site,
    chance: chance.split('senders'),
    repeated: REPEATED,
    giveUp: giveUp.signal,
  })
  const load = newLoad({ ...options, simulation, deliver: senders.deliver })
  const enough = new AbortController()
  const over = AbortSignal.any([AbortSignal.timeout(seconds * 1_000), enough.signal])
  say('carriers send')
  const sending = load.run(over).finally(() => enough.abort())
  const acknowledged = (): number => senders.record.acknowledged.length
  const settings = { kinds, chance: chance.split('faults'), gap, say, ...(patient && { acknowledged }) }
  const survived = await inflictFaults(site, settings, over)
  const mendedAt = performance.now()
  say(`all is mended; ${senders.record.lines.size} messages were sent, the last answers are waited for`)
  const timer = setTimeout(() => giveUp.abort(), DRAIN_WITHIN_MS)
  await sending
  clearTimeout(timer)
  return { record: senders.record, survived, left, lanes: load.lanes, drainedAfterMs: performance.now() - mendedAt }
}

async function compare(
  site: Site,
  calm: Site,
  simulation: Simulation,
  { record, lanes }: Suffered,
  { seconds, seed, atOnce, say }: TortureOptions,
): Promise<Verdict> {
  const giveUp = AbortSignal.timeout(CALM_WITHIN_MS + 5_000 * seconds)
  const senders = openSenders({ ...calm, chance: randomOf(seed).split('calm'), repeated: 0, giveUp })
  await sendAgain(lanes, { simulation, atOnce, deliver: senders.deliver })
  say('the audit')
  const { problems, looked } = await site.withDatabase((url) =>
    calm.withDatabase((calmUrl) => audit(url, calmUrl, record, site.masterKey)),
  )
  return { looked, problems: [...problems, ...senders.record.wrong.map((line) => `on the calm day: ${line}`)] }
}
