/** What Prometheus can ask this process for; docs/monitoring.md has the same table in words. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Measure } from '#flows/measure.ts'
import type { Standing } from '#store/observe.ts'

/** What is read when somebody asks: of this process, and of the database, where it answers. */
export interface Observed {
  readonly pool: () => { readonly total: number; readonly idle: number; readonly waiting: number }
  readonly reference: () => { readonly epoch: number; readonly names: number; readonly rules: number } | undefined
  readonly database: () => Promise<Standing | undefined>
  /** Bytes of the disk that the data folder is on. */
  readonly disk: () => Promise<{ readonly free: number; readonly size: number } | undefined>
  /** The stream between intakes and workers, where there is one, and what this process keeps meanwhile. */
  readonly stream: () =>
    | { readonly away: boolean; readonly spooled: { readonly arrivals: number; readonly bytes: number } }
    | undefined
}

export interface Metrics {
  readonly measure: Measure
  /** A request of the web edge was answered. */
  http(route: string, method: string, status: number, milliseconds: number): void
  /** In the text format of Prometheus. */
  text(): Promise<string>
  readonly contentType: string
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
const STAGE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export function openMetrics(about: { readonly version: string; readonly role: string }, observed: Observed): Metrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry, prefix: 'preclear_' })
  const counter = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name: `preclear_${name}`, help, labelNames: [...labelNames], registers })
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name: `preclear_${name}`, help, labelNames: [...labelNames], registers })
  const histogram = (name: string, help: string, labelNames: readonly string[], buckets: readonly number[]) =>
    new Histogram({ name: `preclear_${name}`, help, labelNames: [...labelNames], buckets: [...buckets], registers })

  const received = counter('messages_received_total', 'Transmissions on disk', ['carrier'])
  const bytes = counter('bytes_received_total', 'Their bytes', ['carrier'])
  const redactions = counter('redactions_total', 'Values taken out before anything was kept', ['category'])
  const settled = counter('messages_settled_total', 'Transmissions by their final state', ['carrier', 'state'])
  const travellers = counter('travellers_settled_total', 'Travellers in them')
  const findings = counter('findings_total', 'What was noticed in messages', ['code', 'severity'])
  const hits = counter('hits_raised_total', 'Hits that were not there before')
  const latency = histogram('receipt_to_settled_seconds', 'From receipt to final state, hits included', [], SECONDS)
  const stages = histogram('stage_seconds', 'Steps of a batch of messages', ['stage'], STAGE_SECONDS)
  const requests = histogram('http_request_seconds', 'Requests answered', ['route', 'method', 'status'], SECONDS)
  const turnedAway = counter('turned_away_total', 'Messages not taken now: too many, or too much is waiting', [
    'status',
  ])

  const pool = gauge('database_connections', 'Of this process', ['state'])
  const epoch = gauge('reference_epoch', 'Of the lists and rules that this process screens by')
  const names = gauge('list_names', 'Names in its index')
  const rules = gauge('live_rules', 'Rules it screens by')
  const up = gauge('database_up', 'Whether the database answers this process')
  const waiting = gauge('work_waiting', 'Transmissions that are archived and not settled')
  const oldest = gauge('work_oldest_seconds', 'Age of the oldest of them')
  const parked = gauge('messages_parked', 'Transmissions put aside through our fault, to be replayed')
  const workers = gauge('workers', 'Processes that settle')
  const newest = gauge('database_epoch', 'Of the lists and rules that are published')
  const skew = gauge('clock_ahead_seconds', 'Of this process before the clock of the database')
  const archive = gauge('log_archive_failing', 'Whether the log of the database cannot be archived')
  const diskFree = gauge('disk_free_bytes', 'Where the data folder is')
  const diskSize = gauge('disk_size_bytes', 'Where the data folder is')
  const away = gauge('stream_away', 'Whether the stream between intakes and workers is not reached')
  const spooled = gauge('spool_arrivals', 'Arrivals that this process keeps until the stream is back')
  const spoolBytes = gauge('spool_bytes', 'Their bytes')
  const stale = gauge('rescreen_travellers_left', 'Travellers still to be screened by a change')
  gauge('build_info', 'Version and role of this process', ['version', 'role']).set({ ...about }, 1)

  const look = async (): Promise<void> => {
    const { total, idle, waiting: asking } = observed.pool()
    pool.set({ state: 'idle' }, idle)
    pool.set({ state: 'busy' }, total - idle)
    pool.set({ state: 'waited-for' }, asking)
    const reference = observed.reference()
    if (reference) {
      epoch.set(reference.epoch)
      names.set(reference.names)
      rules.set(reference.rules)
    }
    const disk = await observed.disk()
    if (disk) {
      diskFree.set(disk.free)
      diskSize.set(disk.size)
    }
    const stream = observed.stream()
    if (stream) {
      away.set(stream.away ? 1 : 0)
      spooled.set(stream.spooled.arrivals)
      spoolBytes.set(stream.spooled.bytes)
    }
    const database = await observed.database()
    up.set(database ? 1 : 0)
    if (!database) return
    waiting.set(database.waiting)
    oldest.set(database.oldestSeconds)
    parked.set(database.parked)
    workers.set(database.workers)
    newest.set(database.epoch)
    stale.set(database.stale)
    archive.set(database.archiveFailing ? 1 : 0)
    skew.set(Date.now() / 1_000 - database.clock)
  }

  return {
    measure: {
      received(carrier, size, taken) {
        received.inc({ carrier })
        bytes.inc({ carrier }, size)
        for (const [category, count] of Object.entries(taken)) redactions.inc({ category }, count)
      },
      settled(one) {
        settled.inc({ carrier: one.carrier, state: one.state })
        travellers.inc(one.travellers)
        latency.observe(one.milliseconds / 1_000)
        for (const { code, severity } of one.findings) findings.inc({ code, severity })
      },
      hits: (raised) => hits.inc(raised),
      stage: (stage, milliseconds) => stages.observe({ stage }, milliseconds / 1_000),
      part: (_, work) => work(),
    },
    http(route, method, status, milliseconds) {
      requests.observe({ route, method, status: String(status) }, milliseconds / 1_000)
      if (route === '/carriers/messages' && (status === 429 || status === 503))
        turnedAway.inc({ status: String(status) })
    },
    async text() {
      await look()
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
