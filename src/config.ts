import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Site } from '#lib/site.ts'
import type { NatsSettings } from '#queue/jetstream-stream.ts'
import type { TraceSettings } from './traces.ts'

/**
 * What a process does. `all`: everything. `intake`: the door for carriers and the inbox, up to the archive. `work`:
 * settling, screening and what goes on in the background. `http`: the console.
 */
export type Role = (typeof ROLES)[number]
const ROLES = ['all', 'intake', 'work', 'http'] as const

/** Everything that an installation may set; each has a default that is right for trying out. */
export interface Config {
  readonly site: Site
  readonly dataDir: string
  /** Months of movements that are kept before the present one; for ever unless told. */
  readonly keepMonths?: number
  /** Use this server instead of the embedded one. */
  readonly databaseUrl?: string
  /** Folder for the write-ahead log of the embedded server, on another disk: with it, a restore can stop at any time. */
  readonly walArchive?: string
  readonly host: string
  readonly port: number
  /** Where metrics and health are for those who run the system; absent: nowhere. */
  readonly operations?: { readonly host: string; readonly port: number }
  /** The collector of traces; absent: none are made. */
  readonly traces?: TraceSettings
  readonly role: Role
  /** The stream between intake and workers; absent: arrivals go into the database themselves. */
  readonly nats?: NatsSettings
  /** Processes beside this one that settle. */
  readonly workers: number
  /** Simulated carriers send to our own door. */
  readonly simulate: boolean
  /** Simulated minutes per minute. */
  readonly speed: number
  readonly seed: number
  readonly scale: number
  /** Address that browsers use, where a proxy stands in front: cookies are then `Secure`. */
  readonly publicUrl?: string
  /** Addresses of the proxies in front, comma-separated: only theirs may say where a request came from. */
  readonly trustProxy?: string
  readonly sessions: { readonly idleMinutes: number; readonly longestHours: number }
}

type Environment = Readonly<Record<string, string | undefined>>

const version = (): string => {
  const { version: found } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return found
}

const ENVIRONMENTS = ['demo', 'training', 'production'] as const

/** Reads the environment, then what the command line overrides. Throws a sentence that says which setting is wrong. */
export function readConfig(
  env: Environment,
  given: Partial<Record<keyof Config | 'queue', string | number | boolean>> = {},
): Config {
  const text = (key: keyof Config, name: string, fallback: string): string =>
    String(given[key] ?? env[name] ?? fallback)
  const number = (
    key: keyof Config | undefined,
    name: string,
    fallback: number,
    least: number,
    most: number,
  ): number => {
    const value = Number((key && given[key]) ?? env[name] ?? fallback)
    if (!Number.isFinite(value) || value < least || value > most) {
      throw new RangeError(`${name}${key ? ` (--${key})` : ''} must be a number from ${least} to ${most}`)
    }
    return value
  }
  const environment = ENVIRONMENTS.find((one) => one === (env.PRECLEAR_ENVIRONMENT ?? 'demo'))
  if (!environment) throw new RangeError(`PRECLEAR_ENVIRONMENT must be one of ${ENVIRONMENTS.join(', ')}`)
  const asked = text('role', 'PRECLEAR_ROLE', 'all')
  const role = ROLES.find((one) => one === asked)
  if (!role) throw new RangeError(`PRECLEAR_ROLE (--role) must be one of ${ROLES.join(', ')}`)
  const queue =
    env.PRECLEAR_QUEUE === undefined || given.queue !== undefined ? (given.queue ?? 'postgres') : env.PRECLEAR_QUEUE
  if (queue !== 'postgres' && queue !== 'nats')
    throw new RangeError('PRECLEAR_QUEUE (--queue) must be one of postgres, nats')
  const nats = queue === 'nats' ? natsSettings(env) : undefined
  const collector =
    env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ||
    (env.OTEL_EXPORTER_OTLP_ENDPOINT && `${env.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, '')}/v1/traces`)
  const dataDir = resolve(text('dataDir', 'PRECLEAR_DATA', 'data'))
  const databaseUrl = env.DATABASE_URL
  const publicUrl = env.PRECLEAR_PUBLIC_URL
  const trustProxy = env.PRECLEAR_TRUST_PROXY
  return {
    site: {
      environment,
      version: version(),
      state: env.PRECLEAR_STATE ?? 'AZ',
      pushMinutes: number(undefined, 'PRECLEAR_PUSH_MINUTES', 5, 1, 1_440),
      homeAirport: env.PRECLEAR_HOME_AIRPORT ?? 'GYD',
      address: env.PRECLEAR_ADDRESS ?? 'AZPRECLEAR',
      legalBasis: env.PRECLEAR_LEGAL_BASIS ?? 'Fictional Act on Advance Passenger Data, 2026',
      dataDir,
    },
    dataDir,
    ...(env.PRECLEAR_KEEP_MONTHS && { keepMonths: number(undefined, 'PRECLEAR_KEEP_MONTHS', 0, 14, 1_200) }),
    host: text('host', 'PRECLEAR_HOST', '127.0.0.1'),
    port: number('port', 'PRECLEAR_PORT', 8080, 0, 65_535),
    role,
    workers: number('workers', 'PRECLEAR_WORKERS', 0, 0, 64),
    simulate: given.simulate === true,
    speed: number('speed', 'PRECLEAR_SPEED', 1, 0.1, 3_600),
    seed: number('seed', 'PRECLEAR_SEED', 7, 0, 2 ** 31),
    scale: number('scale', 'PRECLEAR_SCALE', 1, 0.01, 10),
    ...(databaseUrl && { databaseUrl }),
    ...(env.PRECLEAR_WAL_ARCHIVE && { walArchive: resolve(env.PRECLEAR_WAL_ARCHIVE) }),
    sessions: {
      idleMinutes: number(undefined, 'PRECLEAR_SESSION_IDLE_MINUTES', 30, 1, 480),
      longestHours: number(undefined, 'PRECLEAR_SESSION_HOURS', 12, 1, 24),
    },
    ...(nats && { nats }),
    ...(env.PRECLEAR_OPS_PORT && {
      operations: {
        host: env.PRECLEAR_OPS_HOST ?? '127.0.0.1',
        port: number(undefined, 'PRECLEAR_OPS_PORT', 0, 0, 65_535),
      },
    }),
    ...(collector && {
      traces: { url: collector, share: number(undefined, 'OTEL_TRACES_SAMPLER_ARG', 1, 0, 1) },
    }),
    ...(publicUrl && { publicUrl }),
    ...(trustProxy && { trustProxy }),
  }
}

/** The password comes from a file, so that it stands in no list of processes. */
function natsSettings(env: Environment): NatsSettings {
  const servers = (env.PRECLEAR_NATS_SERVERS ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
  if (servers.length === 0)
    throw new RangeError('PRECLEAR_NATS_SERVERS must name the nodes of the stream, as host:port,host:port')
  const { PRECLEAR_NATS_USER: user, PRECLEAR_NATS_PASSWORD_FILE: file } = env
  const { PRECLEAR_NATS_CA: ca, PRECLEAR_NATS_CERT: cert, PRECLEAR_NATS_KEY: key } = env
  return {
    servers,
    ...(user && { user }),
    ...(file && { password: readFileSync(file, 'utf8').trim() }),
    ...((ca || cert) && { tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) } }),
  }
}
