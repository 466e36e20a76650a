import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_PROFILE } from '#codecs/conformance/profile.ts'
import { Totals } from '#codecs/conformance/summary.ts'
import type { Instant } from '#lib/time.ts'
import { html } from './html.ts'
import { installation } from './place.ts'
import { judge } from './validate-report.ts'
import { HtmlReport } from './validate-report-html.ts'
import { fileJson } from './validate-report-json.ts'
import { fileText } from './validate-report-text.ts'
import type { Language } from './validate-words.ts'

const now = '2026-06-12T07:00:00.000Z' as Instant

function pageOf(bytes: Uint8Array, { file = 'a.edi', data = false, language = 'en' as Language } = {}): string {
  const report = judge(file, bytes, { context: { profile: DEFAULT_PROFILE }, now, data })
  const totals = new Totals()
  totals.add(report.scored)
  const page = new HtmlReport(language, 'default', data)
  page.add(report)
  return page.page(totals.summary())
}

const fixture = (name: string): Buffer => readFileSync(join(installation, 'fixtures', name))

describe('whatever a message or a file name holds', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover=alert(1) x='",
    '</style><script>alert(1)</script>',
    '&lt;script&gt;&#60;b&#62;',
    '<!--',
    ']]>',
    '\u202e\u2066txt.exe',
    '\u0000\u0008\u001b[31m',
    '`{{7*7}}${',
  ]
  const clean = fixture('paxlst/person-problems.edi').toString('latin1')

  test.each(HOSTILE)('%j runs nothing and breaks nothing', (text) => {
    const released = text.replace(/[+:'?]/g, '?$&')
    const sent = [
      clean.replace('NAD+FM+++', `NAD+FM+++${released}`),
      clean.replace('LARKAIR', released),
      clean.replace('PAXLST', released),
      clean.replace('UNH+1', `UNH+${released}`),
      clean.replace('LOC+87+QQX', `LOC+87+${released}`),
      `${clean.slice(0, 60)}${text}${clean.slice(60)}`,
      text,
    ]
    for (const one of sent) {
      for (const data of [false, true]) {
        const page = pageOf(Buffer.from(one), { file: `x/${text}.edi`, data })
        expect(tagsOf(page)).toEqual(tagsOf(page).filter((tag) => OURS.has(tag)))
        expect(page.match(/<script/g)).toHaveLength(1)
        expect(page).not.toMatch(/<[^>]* on\w+=/)
        expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
      }
    }
  })
})

/** The names of all tags of a page. */
const tagsOf = (page: string): readonly string[] => [
  ...new Set([...page.matchAll(/<\/?([a-z!][^\s/>]*)/gi)].map(([, name = '']) => name.toLowerCase())),
]

const OURS = new Set(
  (
    '!doctype html head meta title style body a header h1 h2 h3 h4 p main section ul ol li b span table caption thead tbody tr th td ' +
    'nav fieldset legend label input article strong code div mark footer script'
  ).split(' '),
)

test('nothing outside the page is asked for', () => {
  const page = pageOf(fixture('pnrgov/dirty.edi'))
  expect(page).not.toMatch(/(?:src|href|action|url)\s*[=(]\s*["']?(?!#)[a-z/]/i)
  expect(page).not.toMatch(/https?:/)
})

test('every link leads somewhere, and no id stands twice', () => {
  for (const name of ['paxlst/person-problems.edi', 'pnrgov/dirty.edi', 'conformance/values-by-default.edi']) {
    const page = pageOf(fixture(name))
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const links = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id)
    expect(links.filter((id) => !ids.includes(id))).toEqual([])
    expect(links.length).toBeGreaterThan(10)
  }
})

test('names and documents are hidden, unless they shall be shown', () => {
  expect(pageOf(fixture('paxlst/manifest.edi'))).not.toMatch(/ROWANTREE|C77X00Q41|HJ4KLM/)
  expect(pageOf(fixture('paxlst/manifest.edi'), { data: true })).toMatch(/ROWANTREE[\s\S]*C77X00Q41/)
})

test('a long message is shown where something was found, and the gaps are told', () => {
  const page = pageOf(longList(3_000))
  expect(page.length).toBeLessThan(3_000_000)
  expect(page).toMatch(/… \d+ segments are not shown …/)
  expect(page).toContain('the nationality is no country code')
})

/** A list of persons of whom one has no nationality. */
function longList(persons: number): Buffer {
  const all = Array.from(
    { length: persons },
    (_, n) => `NAD+FL+++A:B'ATT+2++F'DTM+329:880317'NAT+2+${n === persons - 5 ? 'QQQ' : 'DEU'}'DOC+P+C${100_000 + n}'`,
  )
  return Buffer.from(
    `UNB+UNOA:4+A+B+260612:0740+1'UNH+1+PAXLST:D:12B:UN:IATA'BGM+745'TDT+20+0L214+++0L'${all.join('')}`,
  )
}

test('in Azerbaijani the page says so', () => {
  expect(pageOf(fixture('paxlst/person-problems.edi'), { language: 'az' })).toMatch(
    /<html lang="az">[\s\S]*Uyğunluq hesabatı[\s\S]*vətəndaşlıq ölkə kodu deyil/,
  )
})

test('html escapes every value, and only our own markup stays', () => {
  expect(html`<p title="${'"<&\''}">${['a', 'b'].map((one) => html`<b>${one}</b>`)}${undefined}${1}</p>`.markup).toBe(
    '<p title="&quot;&lt;&amp;&#39;"><b>a</b><b>b</b>1</p>',
  )
})

test('any bytes give a report of each kind', () => {
  const files = ['paxlst/person-problems.edi', 'pnrgov/codeshare-check-in-history.edi', 'paxlst/type-b-dirty.edi']
  const whole = files.map(fixture)
  const changes = fc.array(fc.tuple(fc.nat(100_000), fc.nat(255)), { maxLength: 40 })
  fc.assert(
    fc.property(fc.constantFrom(...whole), changes, fc.nat(3_000), (original, changed, length) => {
      const bytes = Buffer.from(original.subarray(0, Math.max(40, length)))
      for (const [at, value] of changed) bytes[at % bytes.length] = value
      const page = pageOf(bytes)
      expect(tagsOf(page)).toEqual(tagsOf(page).filter((tag) => OURS.has(tag)))
      const report = judge('a.edi', bytes, { context: { profile: DEFAULT_PROFILE }, now, data: false })
      expect(fileText(report, 'az')).not.toContain('undefined')
      expect(JSON.stringify(fileJson(report, 'en')).length).toBeGreaterThan(10)
    }),
    { numRuns: 150 },
  )
})
