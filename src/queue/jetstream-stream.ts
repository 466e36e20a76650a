/** The stream of arrivals in NATS JetStream, its lanes, and the connection to it. */
import { readFileSync } from 'node:fs'
import {
  AckPolicy,
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream'
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node'
import type { Arrival } from '#store/transmissions.ts'

export interface NatsSettings {
  /** `host:port` of each node. */
  readonly servers: readonly string[]
  readonly user?: string
  readonly password?: string
  /** Files in PEM. With `cert` and `key` we show the server who we are. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
}

/** The door takes 16 MB, and a transmission travels as one message with its head. */
export const LARGEST = 17 * 1024 * 1024

/** Resolves when a node is reached, however long that takes; the connection comes back by itself for ever. */
export function connectNats(
  { servers, user, password, tls }: NatsSettings,
  timeoutMs?: number,
): Promise<NatsConnection> {
  return connect({
    servers: [...servers],
    name: 'preclear',
    ...(user !== undefined && { user, pass: password }),
    ...(tls && {
      tls: {
        ...(tls.ca && { ca: readFileSync(tls.ca, 'utf8') }),
        ...(tls.cert && { cert: readFileSync(tls.cert, 'utf8') }),
        ...(tls.key && { key: readFileSync(tls.key, 'utf8') }),
      },
    }),
    ...(timeoutMs === undefined ? { waitOnFirstConnect: true } : { timeout: timeoutMs }),
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: 250,
    pingInterval: 2_000,
    maxPingOut: 2,
  })
}

/**
 * Lanes of each urgency: by carrier, so that one who sends much does not keep the others waiting; and by flight, so that
 * messages about one flight are one worker's.
 */
const CARRIER_LANES = 8
const FLIGHT_LANES = 4

export interface Lane {
  readonly subject: string
  readonly urgency: number
  readonly carriers: number
  readonly flights: number
}

export const laneFor = (stream: string, { carrier, urgency, spread }: Arrival): string =>
  `${stream}.in.${urgency}.${spreadOf(carrier) % CARRIER_LANES}.${spread % FLIGHT_LANES}`

export function laneOf(subject: string): Lane {
  const [urgency = 0, carriers = 0, flights = 0] = subject.split('.').slice(-3).map(Number)
  return { subject, urgency, carriers, flights }
}

/** Whether a worker in this place serves the lane before others do. */
export const servesFirst = ({ flights }: Lane, { slot, of }: { readonly slot: number; readonly of: number }): boolean =>
  flights % Math.min(of, FLIGHT_LANES) === slot % Math.min(of, FLIGHT_LANES)

/** A consumer serves one lane: a work queue has one for each subject. */
export const consumerOf = (subject: string): string => `lane-${subject.split('.').slice(-3).join('-')}`

export const notesOf = (stream: string): string => `${stream}-notes`

/** What is published where the engine keeps notes on one arrival. */
export const noteSubject = (stream: string, id: string): string => `${stream}.note.${id}`

/** Told without being kept: something was put. */
export const bellOf = (stream: string): string => `${stream}.bell`

const NOTES_FOR_MS = 3 * 24 * 3_600_000
/** What is published again within this time is kept once; later on the archive finds it. */
const SAME_WITHIN_MS = 120_000

/**
 * Makes the streams where they are not yet, on three nodes where there is a cluster. Nothing leaves the stream of
 * arrivals but by being acknowledged; when it is full, nothing more comes in.
 */
export async function setUpStreams(
  jsm: JetStreamManager,
  { stream, clustered, full }: { readonly stream: string; readonly clustered: boolean; readonly full: number },
): Promise<void> {
  const num_replicas = clustered ? 3 : 1
  const common = { storage: StorageType.File, num_replicas }
  await ensureStream(jsm, {
    ...common,
    name: stream,
    subjects: [`${stream}.in.>`],
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.New,
    max_msgs: full,
    duplicate_window: nanos(SAME_WITHIN_MS),
  })
  await ensureStream(jsm, {
    ...common,
    name: notesOf(stream),
    subjects: [`${stream}.note.>`],
    max_msgs_per_subject: 1,
    max_age: nanos(NOTES_FOR_MS),
  })
}

async function ensureStream(jsm: JetStreamManager, config: Partial<StreamConfig> & { name: string }): Promise<void> {
  const found = await jsm.streams.info(config.name).catch((problem: unknown) => {
    if (problem instanceof JetStreamApiError && problem.code === NO_STREAM) return undefined
    throw problem
  })
  if (!found) await jsm.streams.add(config)
  else if (found.config.num_replicas !== config.num_replicas || found.config.max_msgs !== (config.max_msgs ?? -1))
    await jsm.streams.update(config.name, {
      ...found.config,
      num_replicas: config.num_replicas ?? 1,
      max_msgs: config.max_msgs ?? -1,
    })
}

const NO_STREAM = 10_059

/** In hands, or told to wait, at once, for each lane. */
const MOST_IN_HANDS = 2_000

/** @param handsMs how long who took something may be silent before others get it */
export async function ensureConsumer(
  jsm: JetStreamManager,
  { stream, subject, handsMs }: { readonly stream: string; readonly subject: string; readonly handsMs: number },
): Promise<void> {
  await jsm.consumers.add(stream, {
    durable_name: consumerOf(subject),
    filter_subject: subject,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(handsMs),
    max_deliver: -1,
    max_ack_pending: MOST_IN_HANDS,
  })
}

function spreadOf(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) % 1_000_003
  return hash
}
