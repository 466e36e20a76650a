import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Decoded } from '#domain/message.ts'
import type { CivilDate, Instant } from '#lib/time.ts'
import { CATALOGUES } from '../catalogue.ts'
import { decode } from '../decode.ts'
import { readTape } from '../edifact/tape.ts'
import { readMrz } from '../mrz/read.ts'
import { findingsPage, SHOWN_ELSEWHERE } from './findings-page.ts'
import { type Corpus, type CorpusEntry, corpusEntry, manifestText } from './manifest.ts'
import { placesIn } from './places.ts'
import { DEFAULT_PROFILE } from './profile.ts'
import { scoreFile } from './score.ts'

const FIXTURES = new URL('../../../fixtures/', import.meta.url)
const MANIFEST = new URL('manifest.json', FIXTURES)
const PAGE = new URL('../../../docs/findings.md', import.meta.url)
const OWN = ['manifest.json', 'README.md']
const writing = process.env.PRECLEAR_GOLDEN === 'write'

/** When the messages of a folder count as received. */
const RECEIVED: Readonly<Record<string, Instant>> = { pnrgov: '2026-06-11T12:00:00.000Z' as Instant }
const OTHERWISE = '2026-06-12T07:00:00.000Z' as Instant

const FILES = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(FIXTURES.pathname.length).replace(/^\/+/, ''))
  .filter((file) => !OWN.includes(file))
  .sort()

/** What a reader of messages is given; schemas, lines and models are not. */
const MESSAGE = /\.(?:edi|xml)$|^mrz\/.*\.txt$/
/** Lines of a travel document, which hold no message. */
const isZone = (file: string): boolean => file.startsWith('mrz/')

const sent = (file: string): Uint8Array => readFileSync(new URL(file, FIXTURES))
const receivedAt = (file: string): Instant => RECEIVED[file.split('/')[0] ?? ''] ?? OTHERWISE
const read = (file: string): Decoded =>
  isZone(file) ? { messages: [], findings: zoneFindings(file) } : decode(sent(file), { receivedAt: receivedAt(file) })
const zoneFindings = (file: string): Decoded['findings'] =>
  readMrz(Buffer.from(sent(file)).toString('utf8'), { today: receivedAt(file).slice(0, 10) as CivilDate }).findings

/** A file of the corpus is never late. */
const TIMELESS = { ...DEFAULT_PROFILE, deadlines: {} }

/** The corpus as it stands in the folder. */
function corpus(): Corpus {
  const messages = FILES.filter((file) => MESSAGE.test(file))
  const entries = messages.map((file) => {
    const model = file.replace(/\.\w+$/, '.json')
    const decoded = read(file)
    const { messages } = scoreFile(decoded, {
      profile: TIMELESS,
      tape: readTape(sent(file)),
      placeOf: placesIn(sent(file)),
    })
    const checks = messages.flatMap(({ findings }) => findings.filter((one) => !decoded.findings.includes(one)))
    return corpusEntry({
      file,
      receivedAt: receivedAt(file),
      ...(FILES.includes(model) && { model }),
      decoded,
      checks,
    })
  })
  const listed = new Set(entries.flatMap(({ file, model }) => [file, model]))
  return { entries, others: FILES.filter((file) => !listed.has(file)).map((file) => ({ file })) }
}

/** Folders whose files are being added to: the manifest follows when they rest. */
const GROWING = [
  'paxlst',
  'pnrgov',
  'envelope',
  'cusres',
  'ackres',
  'govreq',
  'contrl',
  'mrz',
  'pnrgov-xml',
  'sensitive',
]
const isGrowing = (file: string): boolean => GROWING.some((folder) => file.startsWith(`${folder}/`))

/** Folders whose models no other test writes. */
const MODELLED = /^(?:conformance|envelope)\/.*\.edi$/

if (writing) {
  for (const file of FILES.filter((one) => MODELLED.test(one))) {
    const model = file.replace(MESSAGE, '.json')
    writeFileSync(new URL(model, FIXTURES), `${JSON.stringify(read(file), undefined, 2)}\n`)
    if (!FILES.includes(model)) FILES.push(model)
  }
  FILES.sort()
}
const made = corpus()
if (writing) {
  writeFileSync(MANIFEST, manifestText(made))
  writeFileSync(PAGE, findingsPage(CATALOGUES, made.entries))
}
const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Corpus

describe('fixtures/manifest.json', () => {
  const listed = manifest.entries.flatMap(({ file, model }) => [file, ...(model ? [model] : [])])

  test('names every file of the corpus, and none that is not there (npm run golden renews it)', () => {
    const named = [...listed, ...manifest.others.map(({ file }) => file)]
    expect(named.filter((file) => !isGrowing(file)).sort()).toEqual(FILES.filter((file) => !isGrowing(file)))
  })

  test.each(manifest.entries.map((entry): [string, CorpusEntry] => [entry.file, entry]))(
    '%s is as it says',
    (file, entry) => {
      if (!isGrowing(file)) expect(made.entries.find((one) => one.file === file)).toEqual(entry)
      if (!entry.model || isGrowing(file) || isZone(file)) return
      const model = JSON.parse(readFileSync(new URL(entry.model, FIXTURES), 'utf8')) as { readonly messages: unknown }
      expect(JSON.parse(JSON.stringify(read(file).messages))).toEqual(model.messages)
    },
  )
})

describe('docs/findings.md', () => {
  const shown = new Set(
    made.entries.flatMap(({ findings, checks = [] }) => [...findings, ...checks].map(({ code }) => code)),
  )
  const ALL = CATALOGUES.flatMap(({ findings }) => Object.entries(findings))

  test('is what the catalogues say (npm run golden renews it)', () => {
    const page = findingsPage(CATALOGUES, made.entries)
    if (GROWING.length === 0) expect(readFileSync(PAGE, 'utf8')).toBe(page)
    else expect(page).toMatch(/^# Findings/)
  })

  test('no code stands in two catalogues', () => {
    expect(ALL.length).toBe(new Set(ALL.map(([code]) => code)).size)
  })

  test('every code has sentences, a clause, an example and a file that shows it', () => {
    const lacking = ALL.flatMap(([code, { en, az, clause, example }]) => {
      const lacks = [
        en && az ? '' : 'sentence',
        clause ? '' : 'clause',
        example ? '' : 'example',
        shown.has(code) || SHOWN_ELSEWHERE[code] ? '' : 'fixture',
      ].filter(Boolean)
      return lacks.length > 0 ? [`${code}: ${lacks.join(', ')}`] : []
    })
    expect(lacking).toEqual([])
  })

  test('what is shown elsewhere is in the catalogue, and in no file', () => {
    const codes = new Set(ALL.map(([code]) => code))
    expect(Object.keys(SHOWN_ELSEWHERE).filter((code) => !codes.has(code) || shown.has(code))).toEqual([])
  })
})
