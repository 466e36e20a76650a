import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePaxlst } from '../src/codecs/edifact/paxlst/write.ts'
import { writePnrgov } from '../src/codecs/edifact/pnrgov/write.ts'
import { readConfig } from '../src/config.ts'
import type { Envelope, PaxlstMessage, PnrgovMessage } from '../src/domain/message.ts'
import type { Entry } from '../src/domain/watchlist.ts'
import { demoAccounts, issueCarrierKeys, seedDemo } from '../src/flows/seed-demo.ts'
import { type Instant, instant, type LocalDateTime } from '../src/lib/time.ts'
import { openPreclear } from '../src/main.ts'
import { carrierRegistry } from '../src/simulator/airlines.ts'
import { demoEntries } from '../src/simulator/demo-lists.ts'
import { demoRules } from '../src/simulator/demo-rules.ts'

export interface TestSite {
  readonly address: string
  readonly now: Instant
  /** For troubles that no sender can cause. */
  readonly databaseUrl: string
  /** Posts bytes to the door, as the carrier. */
  send(carrier: string, bytes: Uint8Array): Promise<Response>
  stop(): Promise<void>
}

/** A whole site on a port of its own: embedded database, demo content, console, no simulated carriers. */
export async function openSite(): Promise<TestSite> {
  const folder = mkdtempSync(join(tmpdir(), 'preclear-e2e-'))
  const config = readConfig({}, { dataDir: folder, port: 0 })
  const now = '2026-06-11T06:00:00.000Z' as Instant
  const registry = carrierRegistry().map(({ code, name, wantsCusres }) => ({
    code,
    name,
    profile: { cusres: wantsCusres },
  }))
  let keys: Readonly<Record<string, string>> = {}
  const began = Date.now()
  const running = await openPreclear(config, {
    clock: () => instant(Date.parse(now) + (Date.now() - began)),
    note: () => undefined,
    speed: 1,
    demoAccounts: demoAccounts(),
    prepare: async ({ db }) => {
      await seedDemo(db, { carriers: registry, ...demoEntries(7), rules: demoRules() }, now)
      keys = await issueCarrierKeys(db, registry, 'test', now)
    },
  })
  return {
    address: running.address,
    now,
    databaseUrl: running.databaseUrl,
    send: (carrier, bytes) =>
      fetch(`${running.address}/carriers/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${keys[carrier] ?? ''}`, 'content-type': 'application/edifact' },
        body: Buffer.from(bytes),
      }),
    async stop() {
      await running.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Somebody on the list of persons sought whose name and whole date of birth are known. */
export function soughtPerson(): Entry {
  const found = demoEntries(7).entries.find(
    (entry) => entry.list === 'persons-sought' && entry.birthDates[0]?.length === 10 && entry.names[0]?.givenNames,
  )
  if (!found) throw new Error('nobody is sought')
  return found
}

const LEG = {
  carrier: '0X',
  number: '102',
  flightAsSent: '0X102',
  from: 'IST',
  to: 'GYD',
  departs: '2026-06-11T09:30' as LocalDateTime,
  arrives: '2026-06-11T13:20' as LocalDateTime,
  place: 'border',
  overflight: false,
} as const

function envelope(interchange: string, syntax: string): Envelope {
  return {
    sender: '0X',
    recipient: 'AZEPIU',
    interchange,
    prepared: '2026-06-11T05:55:00.000Z' as Instant,
    test: false,
    syntax,
    syntaxVersion: syntax === 'IATA' ? '1' : '4',
    grouped: false,
    reference: '1',
    access: '0X102/110626/0930',
    part: { number: 1, first: true, final: true },
  }
}

/** The sought person's booking, with a companion on another surname. */
export function bookingOf(entry: Entry): Uint8Array {
  const name = entry.names[0] ?? { surname: '' }
  const traveller = {
    documents: [],
    addresses: [],
    contacts: [],
    frequentFlyers: [],
    tickets: [],
    baggage: { tags: [] },
    at: {},
  } as const
  const message: PnrgovMessage = {
    type: 'PNRGOV',
    version: '13:1',
    envelope: envelope('PNR1', 'IATA'),
    function: 'full',
    leg: LEG,
    declaredTotal: 1,
    pnrs: [
      {
        locator: 'K7QW2M',
        locators: [{ company: '0X', locator: 'K7QW2M', created: '2026-06-01T10:00:00.000Z' as Instant }],
        created: '2026-06-01T10:00:00.000Z' as Instant,
        cancelled: false,
        numberOfTravellers: 2,
        travellers: [
          {
            ...traveller,
            reference: '1',
            surname: name.surname,
            ...(name.givenNames && { givenNames: `${name.givenNames}MR` }),
            kind: 'adult',
            seat: '12A',
          },
          { ...traveller, reference: '2', surname: 'NORMALOVA', givenNames: 'AYTENMRS', kind: 'adult', seat: '12B' },
        ],
        itinerary: [
          {
            kind: 'flight',
            carrier: '0X',
            number: '102',
            from: 'IST',
            to: 'GYD',
            departs: LEG.departs,
            arrives: LEG.arrives,
            status: 'HK',
            bookingClass: 'Y',
          },
        ],
        checkIns: [],
        contacts: [],
        addresses: [],
        ssrs: [],
        remarks: [],
        splitWith: [],
        history: [],
        at: {},
        span: [0, 0],
      },
    ],
    span: [0, 0],
  }
  return writePnrgov(message)
}

/** The API list of the same flight, at check-in. */
export function apiListOf(entry: Entry): Uint8Array {
  const name = entry.names[0] ?? { surname: '' }
  const person = { role: 'passenger', addresses: [], contacts: [], baggage: { count: 1, tags: [] }, at: {} } as const
  const [birthDate] = entry.birthDates
  const message: PaxlstMessage = {
    type: 'PAXLST',
    version: 'D:12B',
    envelope: envelope('API1', 'UNOA'),
    function: 'list',
    crewList: false,
    document: '745',
    transaction: 'T1',
    legs: [LEG],
    travellers: [
      {
        ...person,
        surname: name.surname,
        ...(name.givenNames && { givenNames: name.givenNames }),
        ...(birthDate && { birthDate }),
        sex: entry.sex ?? 'U',
        nationality: entry.nationalities[0] ?? 'AZE',
        nationalities: [entry.nationalities[0] ?? 'AZE'],
        documents: [
          {
            kind: 'passport',
            type: 'P',
            number: 'QX1234567',
            numberAsSent: 'QX1234567',
            issuer: entry.nationalities[0] ?? 'AZE',
            expires: '2031-01-01' as never,
          },
        ],
        locator: 'K7QW2M',
        passengerReference: '0X102IST0001',
        seat: '12A',
      },
    ],
    declaredTotal: 1,
    span: [0, 0],
  }
  return writePaxlst(message)
}
