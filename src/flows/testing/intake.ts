/** What it takes to take messages in for tests, and small messages of a fictional carrier, written out by hand. */

import { sql } from 'kysely'
import { newId } from '#lib/ids.ts'
import type { Instant } from '#lib/time.ts'
import { postgresQueue } from '#queue/postgres.ts'
import { messagesBetween } from '#simulator/pushes.ts'
import type { Db } from '#store/db.ts'
import { recoverWork } from '#store/work.ts'
import type { Deps } from '../deps.ts'
import { unmeasured } from '../measure.ts'
import { openReference } from '../reference.ts'
import type { Reply } from '../reply.ts'
import { keysOf } from '../seal.ts'
import { settledElsewhere } from '../settled.ts'
import { takeIn } from '../take-in.ts'
import { workOff } from '../work.ts'
import { NOW } from './scene.ts'

export const SITE = {
  environment: 'training',
  version: '0',
  state: 'AZ',
  homeAirport: 'GYD',
  address: 'UNIT',
  legalBasis: 'none',
  dataDir: '/nowhere',
} as const

/** A process that settles by itself whatever it receives. */
export async function intakeOn(db: Db, more: Partial<Deps> = {}): Promise<Deps> {
  const worker = { id: newId(), place: () => ({ slot: 0, of: 1 }) }
  return {
    db,
    queue: postgresQueue(db, { worker }),
    settled: settledElsewhere(),
    site: SITE,
    clock: () => NOW,
    keys: keysOf(new Uint8Array(32).fill(7)),
    reference: await openReference(db),
    note: () => undefined,
    measure: unmeasured,
    ...more,
  }
}

/** Settles what processes left behind that are gone by now; back-off is over too. Gives how many there were. */
export async function settleLeft(deps: Deps): Promise<number> {
  await sql`update work set taken_by = null, due_at = now()`.execute(deps.db)
  await recoverWork(deps.db, 0)
  return workOff(deps)
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export const send = (deps: Deps, text: string | Uint8Array, carrier = 'Q0'): Promise<Reply> =>
  takeIn(
    { carrier, channel: 'https', bytes: typeof text === 'string' ? bytesOf(text) : text, receivedAt: deps.clock() },
    deps,
  )

/** Segments of one PNR on Q0812 IST–GYD, whose travellers are `TIF` names in the order of their references. */
export interface SentPnr {
  readonly locator: string
  readonly people: readonly string[]
  /** Segments behind the RCI. */
  readonly more?: readonly string[]
  readonly docs?: readonly string[]
}

export interface SentPush {
  readonly interchange?: string
  /** `260611:0600`. */
  readonly prepared?: string
  readonly number?: string
  readonly total?: number
}

const FLIGHT = (number: string): string => `TVL+110626:1015:110626:1415+IST+GYD+Q0+${number}`

export const pnrSegments = ({ locator, people, more = [], docs = [] }: SentPnr, number = '0812'): string[] => [
  'SRC',
  `RCI+Q0:${locator}::100626:0900`,
  ...more,
  'ORG+Q0',
  ...people.flatMap((name, at) => [`TIF+${name}:A:${at + 1}`, ...(docs[at] ? [docs[at]] : [])]),
  `${FLIGHT(number)}:Y`,
  'RPI+1+HK',
]

export function pnrgov(body: readonly string[], push: SentPush = {}): string {
  const { interchange = 'PUSH1', prepared = '260611:0600', number = '0812', total } = push
  const count = total ?? body.filter((one) => one === 'SRC').length
  const message = ['MSG+:22', 'ORG+Q0', FLIGHT(number), `EQN+${count}`, ...body]
  return interchangeOf(interchange, prepared, ['UNH+1+PNRGOV:13:1:IA+Q0812/110626', ...message], 'IATA:1')
}

/** A PAXLST of Q0812; each person is his segments from NAD on. */
export function paxlst(
  persons: readonly (readonly string[])[],
  push: SentPush & { transaction?: string } = {},
): string {
  const { interchange = 'LIST1', prepared = '260611:0600', number = '812', total, transaction } = push
  return interchangeOf(
    interchange,
    prepared,
    [
      'UNH+1+PAXLST:D:12B:UN:IATA+Q0812/110626',
      'BGM+745',
      ...(transaction ? [`RFF+TN:${transaction}:::1`] : []),
      `TDT+20+Q0${number}+++Q0`,
      'LOC+125+IST',
      'DTM+189:2606111015:201',
      'LOC+87+GYD',
      'DTM+232:2606111415:201',
      ...persons.flat(),
      `CNT+42:${total ?? persons.length}`,
    ],
    'UNOA:4',
  )
}

/** `NAD+FL+++VALEDOVA:MIRAY'…` with the document `P…`. */
export const person = (
  surname: string,
  given: string,
  more: { born?: string; document?: string; reference?: string } = {},
) => {
  const { born = '850412', document, reference } = more
  return [
    `NAD+FL+++${surname}:${given}`,
    'ATT+2++F',
    `DTM+329:${born}`,
    'LOC+178+IST',
    'LOC+179+GYD',
    'NAT+2+TUR',
    ...(reference ? [`RFF+ABO:${reference}`] : []),
    ...(document ? [`DOC+P:110:111+${document}`, 'DTM+36:300101', 'LOC+91+TUR'] : []),
  ]
}

function interchangeOf(reference: string, prepared: string, message: readonly string[], syntax: string): string {
  const all = [
    `UNB+${syntax}+Q0+AZEPIU+${prepared}+${reference}`,
    ...message,
    `UNT+${message.length + 1}+1`,
    `UNZ+1+${reference}`,
  ]
  return `UNA:+.? '${all.map((one) => `${one}'`).join('')}`
}

/** Part of a simulated day: a few flights, planted travellers and the dirt of real senders. */
export const burst = () => [
  ...messagesBetween('2026-06-11T04:30:00.000Z' as Instant, NOW, { seed: 7, scale: 0.25, dirty: 0.2 }),
]
