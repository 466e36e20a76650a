import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { given } from '#lib/given.ts'
import { civilDate, type Instant } from '#lib/time.ts'
import { openDb } from '#store/db.ts'
import { testDatabase } from '#store/testing/database.ts'
import { onServer } from '#store/testing/server.ts'
import { recoverWork } from '#store/work.ts'
import type { Deps } from './deps.ts'
import { keysOf, openSealed } from './seal.ts'
import { searchKeysOf } from './search-keys.ts'
import { showBoard } from './show-board.ts'
import { burst, bytesOf, intakeOn, paxlst, person, pnrgov, pnrSegments, send, settleLeft } from './testing/intake.ts'
import { apiOf, minutesOn, NOW, PEOPLE, siteIn } from './testing/scene.ts'
import { workOff } from './work.ts'

const { db, url } = await testDatabase()
await siteIn(db)
await db
  .insertInto('carrier')
  .values([
    { code: 'Q1', name: 'Quartz One', profile: '{"cusres":true}' },
    { code: 'Q2', name: 'Quartz Two', profile: '{"cusres":true,"asksForMissingData":true}' },
  ])
  .execute()
const deps = await intakeOn(db)

const TABLES = [
  'work',
  'transmission',
  'leg',
  'traveller',
  'traveller_part',
  'search_key',
  'pnr',
  'pnr_version',
  'push_part',
  'hit',
]
beforeEach(() => onServer(url, (client) => client.query(`truncate ${TABLES.join(', ')} cascade`)))

const text = (bytes: Uint8Array | undefined): string => (bytes ? Buffer.from(bytes).toString('utf8') : '')
const transmissions = () => db.selectFrom('transmission').selectAll().orderBy('id').execute()
const travellers = () =>
  db
    .selectFrom('traveller')
    .selectAll()
    .where('merged_into', 'is', null)
    .orderBy('surname')
    .orderBy('given_names')
    .execute()
const names = async () => (await travellers()).map((row) => `${row.surname} ${row.given_names ?? ''}`.trim())

/** How many rows, and which versions, movements have. */
async function stored() {
  const { rows } = await sql`select
    (select count(*) from leg) as legs, (select count(*) from traveller) as travellers,
    (select coalesce(sum(version), 0) from traveller) as versions, (select count(*) from traveller_part) as parts,
    (select count(*) from pnr_version) as pnrs, (select count(*) from push_part) as pushes,
    (select coalesce(sum(jsonb_array_length(pushes)), 0) from leg) as notes`.execute(db)
  return rows[0]
}

const VALEDOVA = pnrSegments({ locator: 'QXAAAA', people: ['VALEDOVA+MIRAYMRS'] })
const DOCUMENT = 'SSR+DOCS:HK:1::::::/P/TUR/U1234567/TUR/12APR85/F/01JAN30/VALEDOVA/MIRAY'

/** Settling fails by this, until it is told otherwise. */
const failingBy = (error: Error, when: () => boolean = () => true): Deps => ({
  ...deps,
  reference: {
    ...deps.reference,
    current: () => {
      if (when()) throw error
      return deps.reference.current()
    },
  },
})
const lost = () => Object.assign(new Error('connection lost'), { code: '08006' })

test('a push of several parts whose part does not come is on the board, and off it when the part comes late', async () => {
  const part = (number: number, flag: string, locator: string) =>
    pnrgov(pnrSegments({ locator, people: [`${locator}+ALIMR`] }), { interchange: `P${number}`, total: 3 }).replace(
      'UNH+1+PNRGOV:13:1:IA+Q0812/110626',
      `UNH+1+PNRGOV:13:1:IA+Q0812/110626+0${number}${flag}`,
    )
  const incomplete = async (minutes: number) => {
    const at = { ...deps, clock: () => minutesOn(minutes) }
    const { flights } = await showBoard({ from: minutesOn(-3000), to: minutesOn(3000) }, PEOPLE.unitA, at)
    return flights.map((row) => row.incompletePushes ?? 0)
  }
  await send(deps, part(3, ':F', 'QXCCCC'))
  await send(deps, part(1, ':C', 'QXAAAA'))
  expect(await incomplete(4)).toEqual([0])
  expect(await incomplete(5)).toEqual([1])
  await send(deps, part(2, '', 'QXBBBB'))
  expect(await incomplete(60)).toEqual([0])
  expect(await names()).toEqual(['QXAAAA ALIMR', 'QXBBBB ALIMR', 'QXCCCC ALIMR'])
})

describe('every message ends in one of four states', () => {
  test('accepted, with findings, rejected with a negative answer, parked; and the counts add up', async () => {
    const broken = failingBy(new Error('a bug of ours'))
    const received = [
      await send(deps, pnrgov(VALEDOVA)),
      await send(deps, pnrgov(VALEDOVA, { interchange: 'PUSH2', total: 9, prepared: '260611:0610' })),
      await send(deps, 'not edifact at all \u0000\u0001'),
      await send(deps, pnrgov(VALEDOVA), 'Q1'),
      await send(broken, pnrgov(VALEDOVA, { interchange: 'PUSH3', prepared: '260611:0620' })),
      await send(deps, pnrgov(VALEDOVA)),
      await send(deps, new Uint8Array(0)),
    ]
    expect(received.map((reply) => reply.status)).toEqual([
      'accepted',
      'accepted-with-findings',
      'rejected',
      'accepted',
      'parked',
      'accepted',
      'rejected',
    ])
    const { rows } = await sql<{ carrier: string; state: string; count: number }>`select carrier, state, count(*)
      from transmission group by 1, 2 order by 1, 2`.execute(db)
    expect(rows.map((row) => [row.carrier, row.state, row.count])).toEqual([
      ['Q0', 'accepted', 2],
      ['Q0', 'accepted-with-findings', 1],
      ['Q0', 'parked', 1],
      ['Q0', 'rejected', 2],
      ['Q1', 'accepted', 1],
    ])
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(received.length)
  })

  test('the database itself knows no fifth state, and no final one without its time or cause', async () => {
    const { transmission } = await send(deps, pnrgov(VALEDOVA))
    const change = (set: string) =>
      onServer(url, (client) => client.query(`update transmission set ${set} where id = $1`, [transmission]))
    await expect(change("state = 'lost'")).rejects.toThrow(/check/)
    await expect(change("state = 'received'")).rejects.toThrow(/check/)
    await expect(change("state = 'parked'")).rejects.toThrow(/check/)
  })

  test('what failed through our fault is parked whole, alone, and can be replayed', async () => {
    let broken = true
    const failing = failingBy(new TypeError('a bug of ours'), () => broken)
    const reply = await send(failing, pnrgov(VALEDOVA))
    expect(reply).toMatchObject({ status: 'parked', cause: 'failed.unknown', travellers: 0 })
    expect(reply.body).toBeUndefined() // neither accepted nor rejected: nothing was understood yet
    expect(await stored()).toMatchObject({ legs: 0, travellers: 0, parts: 0, pushes: 0 })
    expect((await send(deps, pnrgov(VALEDOVA, { interchange: 'PUSH2' }))).status).toBe('accepted')

    broken = false
    await db
      .updateTable('transmission')
      .set({ state: 'received', decided_at: null, cause: null })
      .where('id', '=', reply.transmission)
      .execute()
    expect(await settleLeft(failing)).toBe(1)
    const row = (await transmissions()).find((one) => one.id === reply.transmission)
    expect(row).toMatchObject({ state: 'accepted', attempts: 1, cause: null })
    expect(await names()).toEqual(['VALEDOVA MIRAYMRS'])
  })

  test('of what is settled together, one that fails through our fault is parked, and costs the others nothing', async () => {
    await onServer(url, (client) => client.query(`alter table pnr add constraint bug check (locator <> 'QXAAA2')`))
    const pushes = Array.from({ length: 5 }, (_, at) =>
      pnrgov(pnrSegments({ locator: `QXAAA${at}`, people: [`OREN${'ABCDE'[at]}+DANIMR`] }), {
        interchange: `PUSH${at}`,
      }).replace('MSG+:22', 'MSG+:141'),
    )
    const replies = await Promise.all(pushes.map((push) => send(deps, push)))
    await onServer(url, (client) => client.query('alter table pnr drop constraint bug'))
    expect(replies.map((reply) => reply.cause)).toEqual([undefined, undefined, 'failed.23514', undefined, undefined])
    expect(await travellers()).toHaveLength(4)
    expect((await transmissions()).filter((row) => row.attempts > 0)).toHaveLength(1)
  })

  test('a passing trouble of the database is tried again; while it lasts the transmission waits', async () => {
    const locked = Object.assign(new Error('deadlock'), { code: '40P01' })
    let failures = 2
    const shaky = failingBy(locked, () => failures-- > 0)
    expect((await send(shaky, pnrgov(VALEDOVA))).status).toBe('accepted')
    failures = 9
    expect((await send(shaky, pnrgov(VALEDOVA, { interchange: 'PUSH2' }))).status).toBe('received')
    expect(await settleLeft(deps)).toBe(1)
    expect((await transmissions()).map((row) => row.state)).toEqual(['accepted', 'accepted'])
    expect(await stored()).toMatchObject({ travellers: 1 })
  })

  test('what a trouble left waiting is tried again when it is due, by whoever comes', async () => {
    await send(failingBy(lost()), pnrgov(VALEDOVA))
    expect(await workOff(deps)).toBe(0)
    expect(await settleLeft(await intakeOn(db))).toBe(1)
  })

  test('what can be neither settled nor parked now is acknowledged, and in nobody’s hands', async () => {
    await send(deps, pnrgov(VALEDOVA))
    const gone = openDb(url.replace(/(\w+:\/\/[^/]*\/)[^?]*/, '$1nowhere'), { max: 1, name: 'preclear test' })
    const reply = await send({ ...deps, db: gone }, pnrgov(VALEDOVA, { interchange: 'PUSH2' }))
    await gone.destroy()
    expect(reply.status).toBe('received')
    expect(await db.selectFrom('work').select(['taken_by', 'tries']).execute()).toEqual([{ taken_by: null, tries: 1 }])
    expect(await settleLeft(deps)).toBe(1)
  })

  test('a trouble that does not pass is sat out, and in the end parked', async () => {
    const failing = failingBy(lost())
    await send(failing, pnrgov(VALEDOVA))
    const states = new Set<string | undefined>()
    for (let tries = 0; tries < 16; tries++) {
      await settleLeft(failing)
      states.add((await transmissions())[0]?.state)
    }
    expect([...states]).toEqual(['received', 'parked'])
    expect(await transmissions()).toMatchObject([{ state: 'parked', cause: 'failed.too-often' }])
    expect(await db.selectFrom('work').select('id').execute()).toEqual([])
  })

  test('what ends the process that has it is done alone, and the third time put aside', async () => {
    const { transmission } = await send(failingBy(lost()), pnrgov(VALEDOVA))
    await send(failingBy(lost()), pnrgov(VALEDOVA, { interchange: 'PUSH2' }))
    const dies = async () => {
      const { queue } = await intakeOn(db)
      await sql`update work set due_at = now(), taken_by = null`.execute(db)
      const taken = await queue.take({ most: 9, heaviest: 1e6, alone: true }, AbortSignal.abort())
      await recoverWork(db, 0)
      return taken
    }
    expect(await dies()).toHaveLength(2)
    expect((await dies()).map((one) => one.deaths)).toEqual([1]) // from now on alone
    await sql`update work set deaths = 3 where id = ${transmission}`.execute(db)
    await settleLeft(deps)
    const ended = new Map((await transmissions()).map((row) => [row.id === transmission, row.cause ?? row.state]))
    expect(ended).toEqual(
      new Map([
        [true, 'failed.process-ended'],
        [false, 'accepted'],
      ]),
    )
  })

  test('a departure more than a year away is turned down, with a finding where it stands', async () => {
    const reply = await send(deps, pnrgov(VALEDOVA).replaceAll('110626', '110629'))
    expect(reply.status).toBe('rejected')
    expect(reply.findings.map((one) => one.code)).toContain('leg.day-implausible')
    expect(text(reply.body)).toMatch(/ACKRES/)
  })
})

describe('repeating is free', () => {
  test('the same bytes, and the same push with line breaks between segments, change nothing', async () => {
    const push = pnrgov(VALEDOVA)
    const first = await send(deps, push)
    const before = await stored()
    const again = await send({ ...deps, clock: () => minutesOn(5) }, push)
    const broken = await send({ ...deps, clock: () => minutesOn(6) }, push.replaceAll("'", "'\r\n"))
    expect(await stored()).toEqual(before)
    for (const reply of [again, broken]) {
      expect(reply).toMatchObject({ duplicate: true, status: 'accepted' })
      expect(text(reply.body)).toBe(text(first.body))
      expect(reply.transmission).not.toBe(first.transmission)
    }
    const rows = await transmissions()
    expect(rows.map((row) => row.duplicate_of)).toEqual([null, first.transmission, first.transmission])
    expect(rows.map((row) => row.sealed === null)).toEqual([false, true, true])
  })

  test('the same bytes from another carrier are that carrier’s own', async () => {
    await send(deps, pnrgov(VALEDOVA))
    expect((await send(deps, pnrgov(VALEDOVA), 'Q1')).duplicate).toBe(false)
  })

  test('ten at once are one', async () => {
    const replies = await Promise.all(Array.from({ length: 10 }, () => send(deps, pnrgov(VALEDOVA))))
    expect(replies.filter((reply) => !reply.duplicate)).toHaveLength(1)
    expect(await stored()).toMatchObject({ travellers: 1, parts: 1, pnrs: 1, notes: 1 })
  })

  const older = pnrgov([...VALEDOVA.slice(0, 2), 'IFT+4:28+CTCP 994000000001', ...VALEDOVA.slice(2)], {
    interchange: 'OLDER',
    prepared: '260611:0500',
  })
  const newer = pnrgov([...VALEDOVA.slice(0, 2), 'IFT+4:28+CTCP 994000000002', ...VALEDOVA.slice(2)], {
    interchange: 'NEWER',
    prepared: '260611:0530',
  })

  test.each([
    ['in order', [older, newer]],
    ['the newer first', [newer, older]],
  ])('a newer push replaces an older one, arriving %s; both versions are kept', async (_how, pushes) => {
    for (const push of pushes) await send(deps, push)
    const kept = await db.selectFrom('pnr_version').select(['version', 'sent_at', 'content']).execute()
    expect(kept).toHaveLength(2)
    const pnr = await db.selectFrom('pnr').select(['version', 'sent_at']).executeTakeFirstOrThrow()
    expect(pnr.sent_at).toBe('2026-06-11T05:30:00.000Z')
    const inForce = kept.find((row) => row.version === pnr.version)
    expect(JSON.stringify(inForce?.content)).toContain('994000000002')
    expect(await travellers()).toHaveLength(1)
  })

  test.each([
    ['in order', [0, 1]],
    ['the newer first', [1, 0]],
  ])('so with API, arriving %s', async (_how, order) => {
    const lists = [
      paxlst([person('VALEDOVA', 'MIRAY', { document: 'U1234567', reference: 'ABO1' })], {
        interchange: 'L1',
        prepared: '260611:0500',
      }),
      paxlst([person('VALEDOVA', 'MIRAY', { document: 'U7654321', reference: 'ABO1' })], {
        interchange: 'L2',
        prepared: '260611:0530',
      }),
    ]
    for (const at of order) await send(deps, lists[at] ?? '')
    expect(await travellers()).toHaveLength(1)
    const { of } = searchKeysOf(deps.keys)
    const found = await db.selectFrom('search_key').selectAll().execute()
    const content = apiOf('VALEDOVA', {
      ...given({ birthDate: civilDate(1985, 4, 12) }),
      documents: [{ kind: 'passport', type: 'P', number: 'U7654321', numberAsSent: '' }],
    })
    const inForce = { version: 2, sentAt: NOW, transmission: '', content }
    expect(found.map((row) => row.keys)).toEqual([of({ api: inForce }, undefined).api])
    expect(await db.selectFrom('traveller_part').select('version').execute()).toHaveLength(2)
  })

  test('a cancelled traveller is marked, and comes back with a later push', async () => {
    const other = pnrSegments({ locator: 'QXBBBB', people: ['OREN+DANIMR'] })
    await send(deps, pnrgov([...VALEDOVA, ...other], { interchange: 'A', prepared: '260611:0400' }))
    await send(deps, pnrgov(other, { interchange: 'B', prepared: '260611:0430' }))
    expect((await travellers()).map((row) => [row.surname, row.status])).toEqual([
      ['OREN', 'booked'],
      ['VALEDOVA', 'cancelled'],
    ])
    await send(deps, pnrgov([...VALEDOVA, ...other], { interchange: 'C', prepared: '260611:0500' }))
    expect((await travellers()).map((row) => row.status)).toEqual(['booked', 'booked'])
  })
})

describe('no traveller is dropped', () => {
  test('a PNR full of garbage costs its neighbours nothing, and its traveller is kept', async () => {
    const garbage = [
      'SRC',
      'RCI+Q0:QXGGGG::100626:0900',
      'ZZQ+1:2+?:??',
      'TVL+999999:9999+?:+:::',
      'TIF+SOLMAZ+EDAMRS:A:1',
      'SSR+DOCS:HK:1::::::/P//////////',
      'DAT+700:999999:9999',
      'MON+T:12:34:56:?+',
    ]
    const other = pnrSegments({ locator: 'QXBBBB', people: ['OREN+DANIMR'] })
    const sent = pnrgov([...VALEDOVA, ...garbage, ...other])
    const reply = await send(deps, sent)
    expect(reply.status).toBe('accepted-with-findings')
    expect(await names()).toEqual(['OREN DANIMR', 'SOLMAZ EDAMRS', 'VALEDOVA MIRAYMRS'])
    const [from, to] = [sent.indexOf('QXGGGG'), sent.indexOf('QXBBBB')]
    const noticed = reply.findings.filter((one) => one.severity !== 'info')
    expect(noticed.length).toBeGreaterThan(0)
    for (const one of noticed) {
      expect(one.at.byte).toBeGreaterThan(from)
      expect(one.at.byte).toBeLessThan(to)
      expect(one.at.segment).toBeGreaterThan(1)
      expect(one.detail).not.toMatch(/SOLMAZ|EDA/)
    }
  })

  test('a traveller without a document, and one without a date of birth, are stored and screened', async () => {
    await send(deps, paxlst([person('VALEDOVA', 'MIRAY'), person('OREN', 'DANI', { born: '', document: 'U7654321' })]))
    expect(await names()).toEqual(['OREN DANI', 'VALEDOVA MIRAY'])
    for (const row of await travellers()) expect(row.screened_version).toBe(row.version)
  })

  test('wrong counts of travellers, PNRs and segments are findings, nobody is lost', async () => {
    const list = paxlst([person('VALEDOVA', 'MIRAY', { document: 'U1234567' }), person('OREN', 'DANI')], { total: 40 })
    const reply = await send(deps, list.replace(/UNT\+\d+/, 'UNT+3'))
    expect(reply.status).toBe('accepted-with-findings')
    expect(reply.travellers).toBe(2)
    const push = await send(deps, pnrgov(VALEDOVA, { total: 40 }).replace(/UNZ\+1/, 'UNZ+7'))
    expect(push).toMatchObject({ status: 'accepted-with-findings', travellers: 1 })
  })

  test('the dirt of real senders loses nobody: as many travellers as were sent, message by message', async () => {
    for (const message of burst()
      .filter((one) => one.habit && one.kind !== 'close-out')
      .slice(0, 8)) {
      const reply = await send(deps, message.bytes, message.carrier)
      expect({ habit: message.habit, travellers: reply.travellers }).toEqual({
        habit: message.habit,
        travellers:
          message.travellers + (message.habit === 'garbage-pnr' ? 1 : 0) /* whose name is empty, and who is kept */,
      })
    }
  })
})

describe('sensitive data is never stored', () => {
  const secrets = ['KSML', 'WCHR', 'HALAL', 'MOML', 'KOSHER']
  const sensitive = pnrgov([
    'SRC',
    'RCI+Q0:QXAAAA::100626:0900',
    'SSR+KSML:HK:1:Q0',
    'SSR+WCHR:HK:1:Q0:::IST:GYD+CANNOT WALK',
    'SSR+MOML:HK:1:Q0',
    'IFT+4:28+OSI HALAL MEAL PLEASE',
    'IFT+4:28+CTCP 994000000001',
    'ORG+Q0',
    'TIF+VALEDOVA+MIRAYMRS:A:1',
    DOCUMENT,
    'TVL+110626:1015:110626:1415+IST+GYD+Q0+0812:Y',
    'RPI+1+HK',
    'SSR+SEAT:HK:1:Q0:::IST:GYD+14C::1',
    'ABI+1+:GYDQ0',
    'DAT+T:100626:0915',
    'SAC+++A',
    'SSR+KSML:HK:1:Q0',
    'LTS+0/O/NN/Q0/0812/Y/11JUN/ISTGYD/KSMLHK1/KOSHER',
    'LTS+WCHR HK1 HALAL',
  ])

  /** Everything that text or JSON in any table holds. */
  const dump = () =>
    onServer(url, async (client) => {
      const columns = await client.query<{ table: string; column: string }>(
        `select c.table_name as "table", c.column_name as "column" from information_schema.columns c
         join information_schema.tables t using (table_schema, table_name)
         where table_schema = 'public' and t.table_type = 'BASE TABLE'
           and data_type in ('text', 'jsonb', 'json', 'ARRAY', 'character varying')`,
      )
      let all = ''
      for (const { table, column } of columns.rows) {
        const found = await client.query<{ all: string }>(
          `select coalesce(string_agg("${column}"::text, ' '), '') as all from "${table}"`,
        )
        all += `${found.rows[0]?.all}\n`
      }
      return all
    })

  test('meals and wheelchairs in SSR, remarks and history are found nowhere; what is harmless stays', async () => {
    const reply = await send(deps, sensitive)
    expect(reply.status).toMatch(/^accepted/)
    const everything = await dump()
    const opened = text(await openSealed(db, deps.keys, reply.transmission))
    expect(opened).toHaveLength(text(bytesOf(sensitive)).length)
    for (const secret of [...secrets, 'CANNOT WALK']) {
      expect(everything).not.toContain(secret)
      expect(opened).not.toContain(secret)
      expect(text(reply.body)).not.toContain(secret)
    }
    for (const harmless of ['994000000001', '14C', 'VALEDOVA', 'U1234567']) {
      expect(everything).toContain(harmless)
      expect(opened).toContain(harmless)
    }
  })

  test('counters say how much of which kind was dropped, and nothing else does', async () => {
    await send(deps, sensitive)
    const [row] = await transmissions()
    expect(row?.redactions).toMatchObject({ religion: expect.any(Number), health: expect.any(Number) })
    expect(row?.redactions.religion).toBeGreaterThanOrEqual(3)
    expect(row?.redactions.health).toBeGreaterThanOrEqual(1)
  })

  test('it holds for bytes that cannot be read, and for those that were parked', async () => {
    const broken = failingBy(new Error('HALAL KSML'))
    const noted: unknown[] = []
    await send({ ...broken, note: (...all) => void noted.push(all) }, sensitive)
    const cut = await send(deps, sensitive.slice(sensitive.indexOf('SSR+KSML'), -20))
    const everything = await dump()
    const opened = text(await openSealed(db, deps.keys, cut.transmission))
    for (const secret of secrets) {
      expect(everything).not.toContain(secret)
      expect(JSON.stringify(noted)).not.toContain(secret)
      expect(opened).not.toContain(secret)
    }
  })
})

describe('answers', () => {
  const list = (more: { transaction?: string; interchange?: string } = { transaction: 'TN12345' }) =>
    paxlst(
      [
        person('VALEDOVA', 'MIRAY', { document: 'U1234567', reference: 'ABOREF0001' }),
        person('OREN', 'DANI', { reference: 'ABOREF0002' }),
      ],
      more,
    )

  test('ACKRES to a PNRGOV, positive and negative', async () => {
    const good = await send(deps, pnrgov(VALEDOVA))
    expect(good.bodyType).toBe('application/edifact')
    expect(text(good.body)).toMatch(/^UNA|^UNB/)
    expect(text(good.body)).toContain('ACKRES')
    expect(text(good.body)).toContain('PUSH1')
    expect(text(good.body)).not.toContain('ERC')
    const bad = await send(deps, pnrgov(VALEDOVA, { interchange: 'PUSH9' }).replaceAll('110626', '110629'))
    expect(text(bad.body)).toMatch(/ERC\+102/)
  })

  test('CUSRES where the carrier takes it: the transaction and each reference come back, with 0Z', async () => {
    const reply = await send(deps, list(), 'Q1')
    const body = text(reply.body)
    expect(body).toContain('CUSRES')
    expect(body).toContain('RFF+TN:TN12345')
    for (const reference of ['ABOREF0001', 'ABOREF0002']) expect(body).toContain(`RFF+ABO:${reference}`)
    expect(body.match(/ERP\+2/g)).toHaveLength(2)
    expect(body.match(/ERC\+0Z/g)).toHaveLength(2)
    expect(body).not.toMatch(/VALEDOVA|OREN|U1234567/)
  })

  test('only who agreed to it is asked for missing data', async () => {
    const reply = await send(deps, list(), 'Q2')
    expect(text(reply.body).match(/ERC\+(0Z|4Z)/g)).toEqual(['ERC+0Z', 'ERC+4Z'])
  })

  test('a receipt otherwise', async () => {
    for (const [sent, carrier] of [
      [list(), 'Q0'],
      [list({ interchange: 'NOTN' }), 'Q1'],
    ] as const) {
      const reply = await send(deps, sent, carrier)
      expect(reply).toMatchObject({ travellers: 2 })
      expect(reply.body).toBeUndefined()
    }
  })
})

describe('the archive', () => {
  test('sealed bytes moved to another row do not open, nor changed ones, nor under another master key', async () => {
    const one = await send(deps, pnrgov(VALEDOVA))
    const other = await send(deps, pnrgov(VALEDOVA, { interchange: 'PUSH2' }))
    expect(text(await openSealed(db, deps.keys, one.transmission))).toContain('PUSH1')
    await sql`update transmission set sealed = (select sealed from transmission where id = ${one.transmission})
      where id = ${other.transmission}`.execute(db)
    await expect(openSealed(db, deps.keys, other.transmission)).rejects.toThrow()
    await expect(openSealed(db, keysOf(new Uint8Array(32).fill(8)), one.transmission)).rejects.toThrow()
    await sql`update transmission set sealed = set_byte(sealed, 60, (get_byte(sealed, 60) + 1) % 256)
      where id = ${one.transmission}`.execute(db)
    await expect(openSealed(db, deps.keys, one.transmission)).rejects.toThrow()
  })

  test('names do not stand in the sealed bytes; a destroyed day opens no more', async () => {
    const late: Deps = { ...deps, clock: () => '2026-06-12T06:00:00.000Z' as Instant }
    const { transmission } = await send(late, pnrgov(VALEDOVA))
    const [row] = await transmissions()
    expect(Buffer.from(row?.sealed ?? []).toString('latin1')).not.toContain('VALEDOVA')
    expect(row?.key_day).toBe('2026-06-12')
    await onServer(url, (client) => client.query("delete from data_key where day = '2026-06-12'"))
    const fresh = { ...deps.keys, days: new Map<string, Uint8Array>() }
    expect(await openSealed(db, fresh, transmission)).toBeUndefined()
  })

  test('what cannot be opened any more is parked, not left waiting', async () => {
    const { transmission } = await send(failingBy(lost()), pnrgov(VALEDOVA))
    await db.updateTable('transmission').set({ sealed: null }).where('id', '=', transmission).execute()
    expect(await settleLeft(deps)).toBe(1)
    expect(await transmissions()).toMatchObject([{ state: 'parked', cause: 'archive.unreadable' }])
  })
})
