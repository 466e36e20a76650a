import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DocumentMessage,
  type DocumentSegment,
  type EdifactDocument,
  readDocument,
  writeDocument,
} from './document.ts'
import { DEFAULT_SERVICE, type ServiceCharacters } from './tape.ts'

const FIXTURES = new URL('../../../fixtures/', import.meta.url)
const { entries } = JSON.parse(readFileSync(new URL('manifest.json', FIXTURES), 'utf8')) as {
  readonly entries: readonly { readonly file: string; readonly state: string }[]
}
// Dirty habits that nothing is found in, such as blanks between segments, are not written again
const isClean = ({ file, state }: (typeof entries)[number]): boolean =>
  file.endsWith('.edi') && state === 'clean' && !file.includes('/dirty-')
const clean = entries.filter(isClean).map(({ file }) => file)
const all = readdirSync(FIXTURES, { recursive: true }).filter((file) => String(file).endsWith('.edi'))

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const unbroken = (bytes: Uint8Array): string => latin(bytes).replace(/[\r\n]/g, '')
const read = (text: string): EdifactDocument => readDocument(Buffer.from(text, 'utf8'))

/** Where values stand is not what they are. */
const withoutSpans = (document: unknown): unknown =>
  JSON.parse(JSON.stringify(document, (key, value) => (key === 'span' ? undefined : value)))

describe('a document', () => {
  it('has interchanges, groups, messages, segments, elements and components', () => {
    const { interchanges } = read(
      "UNA:+.? 'UNB+UNOA:4+A+B'UNG+PAXLST'UNH+1+X:Y'FTX++O?'NEIL'UNT+3+1'UNH+2'UNT+2+2'UNE+2'UNZ+1+R'",
    )
    const [interchange] = interchanges
    const [group] = interchange?.groups ?? []
    expect(interchange?.header?.elements).toEqual([['UNOA', '4'], ['A'], ['B']])
    expect([group?.header?.tag, group?.trailer?.tag, interchange?.trailer?.tag]).toEqual(['UNG', 'UNE', 'UNZ'])
    expect(group?.messages.map(({ segments }) => segments.map(({ tag }) => tag))).toEqual([
      ['UNH', 'FTX', 'UNT'],
      ['UNH', 'UNT'],
    ])
    expect(group?.messages[0]?.segments[1]).toMatchObject({ elements: [[''], ["O'NEIL"]] })
  })

  it.each([
    ['outside a message', "UNB+UNOA:4+A+B'BGM+745'NAD+FL'UNT+3+1'UNZ+1+R'", [['BGM', 'NAD', 'UNT']]],
    [
      'of a message without UNT',
      "UNB+UNOA:4'UNH+1'BGM'UNH+2'BGM'UNZ+2'",
      [
        ['UNH', 'BGM'],
        ['UNH', 'BGM'],
      ],
    ],
    ['of a message without UNB', "UNH+1+PAXLST'BGM+745'UNT+3+1'", [['UNH', 'BGM', 'UNT']]],
  ])('keeps segments %s', (_, text, tags) => {
    const messages = read(text).interchanges.flatMap(({ groups }) => groups.flatMap((group) => group.messages))
    expect(messages.map(({ segments }: DocumentMessage) => segments.map(({ tag }) => tag))).toEqual(tags)
  })

  it('says where each segment stands', () => {
    const text = "UNB+UNOA:4+A+B'\r\nUNH+1'\r\nUNZ+1'"
    const span = read(text).interchanges[0]?.groups[0]?.messages[0]?.segments[0]?.span
    expect(text.slice(...(span ?? [0, 0]))).toBe('UNH+1')
  })

  it('counts right where it is asked to', () => {
    const wrong = "UNB+UNOA:4+A+B'UNG+X'UNH+1'BGM'UNT+9+1'UNE+7+G'UNZ+4+R'"
    const right = "UNB+UNOA:4+A+B'UNG+X'UNH+1'BGM'UNT+3+1'UNE+1+G'UNZ+1+R'"
    expect(latin(writeDocument(read(wrong)))).toBe(wrong)
    expect(latin(writeDocument(read(wrong), { counts: true }))).toBe(right)
  })

  it('keeps bytes that are no UTF-8', () => {
    const bytes = Buffer.from("UNB+UNOC:3+A+B'UNH+1'FTX+M\xdcLLER \xff'UNT+3+1'UNZ+1+R'", 'latin1')
    expect(latin(writeDocument(readDocument(bytes)))).toBe(latin(bytes))
  })

  it('says its service characters again where an earlier interchange had others', () => {
    const first = { ...DEFAULT_SERVICE, release: 0x5c, declared: true }
    const [wild] = read("UNB+UNOA:4+O?'NEIL'UNZ+0+R'").interchanges
    if (!wild) throw new Error('nothing was read')
    const interchanges = [{ ...wild, service: first }, wild]
    const again = readDocument(writeDocument({ encoding: 'utf8', interchanges }))
    expect(again.interchanges.map(({ header }) => header?.elements[1])).toEqual([["O'NEIL"], ["O'NEIL"]])
  })

  it('releases an apostrophe that the sender did not', () => {
    expect(latin(writeDocument(read("UNB+UNOA:4'NAD+FL+++O'NEIL:A'UNZ+1'")))).toContain("O?'NEIL")
  })
})

describe('a document of the corpus', () => {
  it.each(clean)('%s is written as it was read, line breaks apart', (file) => {
    const bytes = readFileSync(new URL(file, FIXTURES))
    expect(unbroken(writeDocument(readDocument(bytes)))).toBe(unbroken(bytes))
  })

  it.each(all)('%s is the same once it was written', (file) => {
    const document = readDocument(readFileSync(new URL(String(file), FIXTURES)))
    const again = writeDocument(document)
    expect(latin(writeDocument(readDocument(again)))).toBe(latin(again))
  })
})

describe('any document', () => {
  const value = fc.string({ unit: fc.constantFrom(...":+.? '*$-\\|;,~^ABcd19\u018f\u00fc"), maxLength: 6 })
  const elements = fc.array(fc.array(value, { minLength: 1, maxLength: 3 }), { maxLength: 4 })
  const segment = (tag: fc.Arbitrary<string>): fc.Arbitrary<DocumentSegment> =>
    fc.record({ tag, elements, span: fc.constant([0, 0] as const) })
  const named = (tag: string): fc.Arbitrary<DocumentSegment> =>
    segment(fc.constant(tag)).map((one) => ({ ...one, elements: [['1'], ...one.elements] }))
  const unb = segment(fc.constant('UNB')).map((one) => ({ ...one, elements: [['UNOA', '4'], ...one.elements] }))
  const message = fc
    .tuple(
      named('UNH'),
      fc.array(segment(fc.constantFrom('BGM', 'NAD', 'ABC', 'TVL', 'SRC')), { maxLength: 4 }),
      named('UNT'),
    )
    .map(([unh, body, unt]) => ({ segments: [unh, ...body, unt] }))
  const messages = fc.array(message, { minLength: 1, maxLength: 3 })
  const groups = fc.oneof(
    messages.map((several) => [{ messages: several }]),
    fc.array(fc.record({ header: named('UNG'), messages, trailer: named('UNE') }), { minLength: 1, maxLength: 2 }),
  )
  const service: fc.Arbitrary<ServiceCharacters> = fc.constantFrom(
    ...[":+.? '", ":+.?*'", ':*.? $', ':-.? *', ":+.\\ '", ';|,^ ~'].map((signs) => {
      const [component = 0, element = 0, decimal = 0, release = 0, repetition = 0, terminator = 0] = Buffer.from(signs)
      return { component, element, decimal, release, repetition, terminator, declared: true }
    }),
  )
  const interchange = (of: typeof service): fc.Arbitrary<EdifactDocument['interchanges'][number]> =>
    fc.record({ service: of, header: unb, groups, trailer: named('UNZ') })
  const documents = fc.oneof(
    fc.array(interchange(service), { minLength: 1, maxLength: 3 }),
    fc.array(interchange(fc.constant(DEFAULT_SERVICE)), { minLength: 1, maxLength: 3 }),
  )

  it('comes back from its bytes', () => {
    fc.assert(
      fc.property(documents, (interchanges) => {
        const document: EdifactDocument = { encoding: 'utf8', interchanges }
        expect(withoutSpans(readDocument(writeDocument(document)))).toEqual(withoutSpans(document))
      }),
      { numRuns: 1_000 },
    )
  })
})
