import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { SentLeg } from '#domain/leg.ts'
import { installation } from './place.ts'
import { command } from './validate.ts'
import { messageFiles } from './validate-files.ts'
import { departureAt, readTimetable } from './validate-timetable.ts'

const place = mkdtempSync(join(tmpdir(), 'preclear-validate-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const fixtures = (name: string): string => join(installation, 'fixtures', name)

/** What the command printed, and its exit code. */
async function run(...args: string[]): Promise<{ readonly code: unknown; readonly text: string }> {
  const written: string[] = []
  const { write } = process.stdout
  process.stdout.write = (text: string | Uint8Array) => written.push(String(text)) > 0
  try {
    await command().exitOverride().parseAsync(args, { from: 'user' })
  } finally {
    process.stdout.write = write
  }
  const code = process.exitCode
  process.exitCode = 0
  return { code, text: written.join('') }
}

test('a file is judged in words: what, where, which clause, what to do', async () => {
  const { code, text } = await run(fixtures('paxlst/person-problems.edi'))
  expect(code).toBe(0)
  expect(text).toContain('the nationality is no country code  [paxlst.nationality] NAT 3293')
  expect(text).toMatch(/line 12, byte 241, segment 12: QQQ\n\s+NAT\+2\+QQQ'\n/)
  expect(text).toContain('B7 date of birth: 4/5  (DTM 329)')
  expect(text).not.toMatch(/MONTEBERG|PASSENGER/)
})

test('in Azerbaijani too', async () => {
  const { text } = await run(fixtures('paxlst/person-problems.edi'), '--language', 'az')
  expect(text).toContain('vətəndaşlıq ölkə kodu deyil')
  expect(text).toContain('sətir 12, bayt 241, seqment 12')
})

test('a folder is judged as a whole, as JSON', async () => {
  const report = join(place, 'report.json')
  const { code, text } = await run(fixtures('conformance'), '--json', report, '--quiet', '--fail-below', '99')
  expect(code).toBe(1)
  expect(text).toContain('Findings, worst first')
  const { files, summary } = JSON.parse(readFileSync(report, 'utf8'))
  expect(files).toHaveLength(messageFiles([fixtures('conformance')]).length)
  expect(files[0].messages[0].findings[0]).toMatchObject({
    severity: 'error',
    code: 'check.document-number',
    at: { line: 11, segment: 10, byte: expect.any(Number) },
    sentence: expect.any(String),
    advice: expect.any(String),
    source: "SSR+DOCS:HK:1:0X:::::/X/XXX/0000000/XXX/00XXX00/X/00XXX00/XXXXX/XXXXXX'",
  })
  expect(summary).toMatchObject({ files: files.length, senders: [{ sender: '0X' }, { sender: '0L' }] })
  expect(JSON.stringify(files)).not.toMatch(/NERGIZ|QAB3ZD/)
})

test('what the law forbids to keep is in no report, even when data are shown', async () => {
  const text = readFileSync(fixtures('pnrgov/single-passenger.edi'), 'utf8')
  const file = join(place, 'meal.edi')
  writeFileSync(file, text.replace(/SSR\+DOCS/, "SSR+KSML:HK:1:0X:::::KOSHER MEAL PLEASE'\nSSR+DOCS"))
  const { text: shown } = await run(file, '--json', '-', '--show-data')
  expect(JSON.parse(shown).files).toHaveLength(1)
  expect(shown).not.toContain('KOSHER')
})

test('a file that is too large is told, not read', async () => {
  const file = join(place, 'huge.edi')
  writeFileSync(file, '')
  truncateSync(file, 128 * 1024 * 1024 + 1)
  const { code, text } = await run(file)
  expect(code).toBe(1)
  expect(text).toContain('the input is larger than is accepted  [input.too-large]')
})

test('nor in a report about XML', async () => {
  const text = readFileSync(fixtures('pnrgov-xml/single-passenger.xml'), 'utf8')
  const file = join(place, 'meal.xml')
  writeFileSync(file, text.replace('SSRCode="SEAT"', 'SSRCode="KSML"').replace('12A</Text>', 'KOSHER MEAL</Text>'))
  const { text: shown } = await run(file, '--json', '-', '--show-data')
  expect(JSON.parse(shown).files[0].messages[0]).toMatchObject({ type: 'PNRGOV', travellers: 1 })
  expect(shown).not.toContain('KOSHER')
})

test.each([
  [['--language', 'xx'], 2],
  [['--fail-below', '101'], 2],
  [['--departure', 'tomorrow'], 2],
  [['--received', 'now'], 2],
])('%j is wrong usage', async (args, code) => {
  const { write } = process.stderr
  process.stderr.write = () => true
  try {
    expect((await run(fixtures('paxlst/manifest.edi'), ...args)).code).toBe(code)
  } finally {
    process.stderr.write = write
  }
})

test('a profile says what a State asks for; a wrong one is refused', async () => {
  const file = join(place, 'profile.json')
  writeFileSync(file, JSON.stringify({ name: 'Far', deadlines: { interactive: { latest: -100_000, worthless: 1 } } }))
  expect((await run(fixtures('paxlst/manifest.edi'), '--profile', file)).code).toBe(2)
  writeFileSync(file, JSON.stringify({ name: 'Far', deadlines: { interactive: { latest: -40_000, worthless: 1 } } }))
  expect((await run(fixtures('paxlst/manifest.edi'), '--profile', file)).text).toContain('[check.late]')
  writeFileSync(file, '{')
  expect((await run(fixtures('paxlst/manifest.edi'), '--profile', file)).code).toBe(2)
})

const leg: SentLeg = {
  carrier: '0L',
  number: '214',
  flightAsSent: '0L0214',
  from: 'LOWW',
  to: 'GYD',
  place: 'border',
  overflight: false,
}

test('a departure is local at the airport, or an instant', () => {
  expect(departureAt('2026-06-12T09:05')?.(leg)).toBe('2026-06-12T07:05:00.000Z')
  expect(departureAt('2026-06-12T09:05+04:00')?.(leg)).toBe('2026-06-12T05:05:00.000Z')
  expect(departureAt('2026-06-12T09:05')?.({ ...leg, from: 'QQQ' })).toBeUndefined()
  expect(departureAt('09:05')).toBeUndefined()
})

test('a timetable knows flights by their day; wrong lines are named', () => {
  const known = { ...leg, departs: '2026-06-12T08:55' as const as SentLeg['departs'] & string }
  const { departureOf, wrong } = readTimetable(
    'carrier,number,from,to,departs\n# June\n0L,0214,VIE,GYD,2026-06-12T09:05\n0L,215,GYD,VIE\n',
  )
  expect(wrong).toEqual([4])
  expect(departureOf(known)).toBe('2026-06-12T07:05:00.000Z')
  expect(departureOf(leg)).toBeUndefined()
})
