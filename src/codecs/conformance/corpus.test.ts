import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { CivilDate, Instant } from '#lib/time.ts'
import { CATALOGUES } from '../catalogue.ts'
import { decode } from '../decode.ts'
import { readTape } from '../edifact/tape.ts'
import { readMrz } from '../mrz/read.ts'
import { findingsPage, SHOWN_ELSEWHERE } from './findings-page.ts'
import { type Corpus, type CorpusEntry, corpusEntry, type Fixture, manifestText, travellersOf } from './manifest.ts'
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
const MESSAGE = /\.(?:edi|xml)$/
const ZONE = /^mrz\/.*\.txt$/

const sent = (file: string): Buffer => readFileSync(new URL(file, FIXTURES))
const receivedAt = (file: string): Instant => RECEIVED[file.split('/')[0] ?? ''] ?? OTHERWISE

/** A file of the corpus is never late. */
const TIMELESS = { ...DEFAULT_PROFILE, deadlines: {} }

/** What our readers make of a file, and how that is written down. */
function understood(
  file: string,
): { readonly model: unknown } & Pick<Fixture, 'holds' | 'travellers' | 'findings' | 'checks'> {
  if (ZONE.test(file)) {
    const today = receivedAt(file).slice(0, 10) as CivilDate
    const read = readMrz(sent(file).toString(), { today })
    const holds = read.mrz ? [`MRZ ${read.mrz.format}`] : []
    return { model: read, holds, travellers: holds.length, findings: read.findings, checks: [] }
  }
  const bytes = sent(file)
  const decoded = decode(bytes, { receivedAt: receivedAt(file) })
  const context = { profile: TIMELESS, tape: readTape(bytes), placeOf: placesIn(bytes) }
  const all = scoreFile(decoded, context).messages.flatMap(({ findings }) => findings)
  return {
    model: decoded,
    holds: decoded.messages.map(({ type, version }) => `${type} ${version}`.trim()),
    travellers: decoded.messages.reduce((sum, message) => sum + travellersOf(message), 0),
    findings: decoded.findings,
    checks: all.filter((one) => !decoded.findings.includes(one)),
  }
}

/** The corpus as it stands in the folder. */
function corpus(): Corpus {
  const entries = FILES.filter((file) => MESSAGE.test(file) || ZONE.test(file)).map((file) => {
    const { model: _, ...rest } = understood(file)
    const model = file.replace(/\.[a-z]+$/, '.json')
    return corpusEntry({ file, receivedAt: receivedAt(file), ...(FILES.includes(model) && { model }), ...rest })
  })
  const listed = new Set(entries.flatMap(({ file, model }) => [file, model]))
  return { entries, others: FILES.filter((file) => !listed.has(file)).map((file) => ({ file })) }
}

/** Folders whose models no other test writes. */
const MODELLED = /^(?:conformance|envelope)\/.*\.edi$/

if (writing) {
  for (const file of FILES.filter((one) => MODELLED.test(one))) {
    const model = file.replace(MESSAGE, '.json')
    writeFileSync(new URL(model, FIXTURES), `${JSON.stringify(understood(file).model, undefined, 2)}\n`)
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

/** Messages, zones and the rest as JSON has them; findings stand in the manifest. */
function readable(model: unknown): unknown {
  const { findings: _, ...rest } = JSON.parse(JSON.stringify(model)) as { readonly findings: unknown }
  return rest
}

describe('fixtures/manifest.json', () => {
  const listed = manifest.entries.flatMap(({ file, model }) => [file, ...(model ? [model] : [])])

  test('names every file of the corpus, and none that is not there (npm run findings renews it)', () => {
    const named = [...listed, ...manifest.others.map(({ file }) => file)]
    expect(named.sort()).toEqual(FILES)
  })

  test.each(manifest.entries.map((entry): [string, CorpusEntry] => [entry.file, entry]))(
    '%s is as it says',
    (file, entry) => {
      expect(made.entries.find((one) => one.file === file)).toEqual(entry)
      if (!entry.model) return
      const model: unknown = JSON.parse(readFileSync(new URL(entry.model, FIXTURES), 'utf8'))
      expect(readable(understood(file).model)).toEqual(readable(model))
    },
  )
})

describe('docs/findings.md', () => {
  const shown = new Set(
    made.entries.flatMap(({ findings, checks = [] }) => [...findings, ...checks].map(({ code }) => code)),
  )
  const ALL = CATALOGUES.flatMap(({ findings }) => Object.entries(findings))

  test('is what the catalogues say (npm run findings renews it)', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(findingsPage(CATALOGUES, made.entries))
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
