import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type Decoded, isPnrgov, type PnrgovMessage } from '#domain/message.ts'
import { instant } from '#lib/time.ts'
import { decode } from '../decode.ts'
import { XML_FINDINGS } from './catalogue.ts'
import { readElements } from './elements.ts'
import { layoutXml } from './layout.ts'
import { writePnrgovXml } from './write.ts'

const FOLDER = new URL('../../../fixtures/pnrgov-xml/', import.meta.url)
const EDIFACT = new URL('../../../fixtures/pnrgov/', import.meta.url)
const CASES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.xml'))
  .map((file) => file.slice(0, -4))
const receivedAt = instant(Date.parse('2026-06-12T07:00:00.000Z'))
const sent = (name: string): Buffer => readFileSync(new URL(`${name}.xml`, FOLDER))
const read = (bytes: Uint8Array): Decoded => decode(bytes, { receivedAt })

describe.each(CASES)('%s', (name) => {
  test('is read as its golden file says', () => {
    const text = `${JSON.stringify(read(sent(name)), undefined, 2)}\n`
    const golden = new URL(`${name}.json`, FOLDER)
    if (process.env.PRECLEAR_GOLDEN === 'write') writeFileSync(golden, text)
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
  })
})

test('every finding has a fixture', () => {
  const seen = new Set(CASES.flatMap((name) => read(sent(name)).findings.map(({ code }) => code)))
  expect(Object.keys(XML_FINDINGS).filter((code) => !seen.has(code))).toEqual([])
})

test.each(CASES.filter((name) => name !== 'no-message'))('%s keeps its traveller', (name) => {
  const people = read(sent(name)).messages.flatMap((message) =>
    isPnrgov(message) ? message.pnrs.flatMap(({ travellers }) => travellers.map(({ surname }) => surname)) : [],
  )
  expect(people.some((surname) => surname.endsWith('ALMAZ'))).toBe(true)
})

test('spans are the bytes of the values, also behind characters of several bytes', () => {
  for (const name of ['single-passenger', 'utf16le', 'latin1']) {
    const bytes = sent(name)
    const [message] = read(bytes).messages
    const traveller = message && isPnrgov(message) ? message.pnrs[0]?.travellers[0] : undefined
    const at = (span: readonly [number, number] | undefined): string => {
      const part = bytes.subarray(...(span ?? [0, 0]))
      return name === 'utf16le' ? part.toString('utf16le') : part.toString(name === 'latin1' ? 'latin1' : 'utf8')
    }
    expect(at(traveller?.at.surname)).toBe('ALMAZ')
    expect(at(traveller?.at.givenNames)).toBe(traveller?.givenNames)
    expect(at(traveller?.at.birthDate)).toBe('1924-04-14')
    expect(at(traveller?.at.nationality)).toBe('AZE')
    expect(at(traveller?.documents[0]?.at)).toBe('C01234567')
    expect(traveller?.birthDate).toBe('1924-04-14')
  }
})

/** A flight of no day, number or place cannot be written. */
const WRITABLE = CASES.filter((name) => name !== 'no-message' && name !== 'two-pnrs-one-hopeless')

test.each(WRITABLE)('%s comes back from what is written of it', (name) => {
  for (const message of read(sent(name)).messages.filter(isPnrgov)) {
    const [again] = read(writePnrgovXml(message)).messages
    if (!again || !isPnrgov(again)) throw new Error('not read')
    expect(comparable(again)).toEqual(comparable(message))
    expect(keptIn(again)).toEqual(keptIn(message))
  }
})

const keptIn = ({ kept, pnrs }: PnrgovMessage): unknown =>
  [kept, ...pnrs.map((pnr) => pnr.kept)].map((list) =>
    list?.map(({ path, elements, known }) => [path, elements, known]),
  )

test('what nobody knows is kept where it stood, without whole card numbers', () => {
  const [message] = read(sent('fares-and-taxes')).messages
  const [pnr] = message && isPnrgov(message) ? message.pnrs : []
  const kept = Object.fromEntries((pnr?.kept ?? []).map(({ path = '', elements }) => [path, elements]))
  expect(kept).toEqual({
    Passenger: [['BoardingStatus', 'N']],
    'Passenger/ExcessBaggage': [
      ['IssuerCode', '0X'],
      ['SerialNumber', '0771000017'],
    ],
    'Passenger/TicketDocument': [
      ['PrimaryDocInd', 'true'],
      ['TicketLocation', 'GYD'],
    ],
    'Passenger/TicketDocument/PaymentInfo': [['OtherCardNbr', '400000XXXXXX0002']],
  })
  expect(JSON.stringify(message)).not.toMatch(/4000 ?0000 ?0000 ?0002/)
})

test('no entity of a document type is ever resolved', () => {
  const said = JSON.stringify(read(sent('doctype')).messages)
  expect(said).toContain('&who;&file;ALMAZ')
})

/** What XML can carry: without places, envelope, and what the writer's docstring names. */
function comparable(message: PnrgovMessage): unknown {
  const { envelope: _, version: __, ...rest } = message
  const leave = new Set(['at', 'span', 'flightAsSent', 'declaredTotal', 'fareBasis', 'fareCalculation', 'index'])
  return JSON.parse(
    JSON.stringify(rest, (key, value: unknown) => {
      if (leave.has(key) && !(key === 'at' && typeof value === 'string')) return undefined
      return Array.isArray(value) ? value.map((one) => only(one, CARRIED[key])) : only(value, CARRIED[key])
    }),
  )
}

/** How EDIFACT said it is beyond XML: what it carries of each part of the model. */
const CARRIED: Readonly<Record<string, readonly string[] | undefined>> = Object.fromEntries(
  Object.entries({
    agency: 'kind system iataNumber office city country currency agent',
    baggagePrepaid: 'count weightKg amount currency',
    checkIns: 'traveller sequence seat cabin baggage at carrier from to',
    frequentFlyers: 'carrier number level traveller status hierarchy tier alliance priority',
    itinerary:
      'kind carrier number suffix operatingCarrier operatingNumber operatingClass bookingClass from to departs arrives status quantity aircraft text',
    locators: 'company locator created checkInOnly',
    payments:
      'form formAsSent amount currency cardVendor cardMasked cardExpires payer billing indicator approval approvalSource holder',
    splitWith: 'locator quantity',
    tickets:
      'number type booklets issued total currency amounts taxes pricing indicator action inConnectionWith status payments',
    travellers:
      'reference surname givenNames documentSurname documentGivenNames kind infantOf birthDate sex nationality documents addresses contacts frequentFlyers tickets seat baggage checkedIn carrierReference fares baggagePrepaid',
    pnrs: 'locators locator noLocator created changed ticketed cancelled groupName numberOfTravellers travellers itinerary checkIns contacts addresses agency ssrs remarks baggagePrepaid splitWith history',
    '': 'type function leg pnrs',
  }).map(([key, names]) => [key, names.split(' ')]),
)

function only(value: unknown, names: readonly string[] | undefined): unknown {
  if (!names || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)))
}

const EDIFACT_CASES = readdirSync(EDIFACT)
  .filter((file) => file.endsWith('.edi'))
  .flatMap((file) =>
    decode(readFileSync(new URL(file, EDIFACT)), { receivedAt: instant(Date.parse('2026-06-11T12:00:00.000Z')) })
      .messages.filter(isPnrgov)
      .map((message, part) => ({ name: `${file} ${part + 1}`, message })),
  )

const schema = readFileSync(new URL('pnrgov.xsd', FOLDER), 'utf8')
const validity = (xml: Uint8Array | string) =>
  validateXML({
    xml: [{ fileName: 'message.xml', contents: typeof xml === 'string' ? xml : Buffer.from(xml).toString('utf8') }],
    schema: [schema],
  })

test.each(EDIFACT_CASES)('$name comes back from XML as it was', ({ message }) => {
  const back = decode(writePnrgovXml(message), { receivedAt: instant(Date.parse('2026-06-11T12:00:00.000Z')) })
  const [again] = back.messages
  if (!again || !isPnrgov(again)) throw new Error('not read')
  expect(comparable(again)).toEqual(comparable(message))
})

test('everything that is written is valid by the schema, for a validator that others wrote', async () => {
  const documents = EDIFACT_CASES.map(({ name, message }) => ({
    fileName: `${name}.xml`,
    contents: Buffer.from(writePnrgovXml(message)).toString('utf8'),
  }))
  const { valid, errors } = await validateXML({ xml: documents, schema: [schema] })
  expect(errors).toEqual([])
  expect(valid).toBe(true)
})

test('the schema refuses what is wrong', async () => {
  const good = sent('single-passenger').toString()
  expect((await validity(good.replace('NumberOfPnrs="1"', 'NumberOfPnrs="some"'))).valid).toBe(false)
  expect((await validity(good.replace('<POS>', '<PDS>').replace('</POS>', '</PDS>'))).valid).toBe(false)
})

test('a written document is written again byte for byte', () => {
  for (const { message } of EDIFACT_CASES) {
    const once = writePnrgovXml(message)
    const [again] = decode(once, { receivedAt: instant(Date.parse('2026-06-11T12:00:00.000Z')) }).messages
    if (!again || !isPnrgov(again)) throw new Error('not read')
    const written = Buffer.from(writePnrgovXml(again)).toString()
    expect(written.replace(/ NumberOfPnrs="\d+"/, '')).toBe(
      Buffer.from(once)
        .toString()
        .replace(/ NumberOfPnrs="\d+"/, ''),
    )
  }
})

test('names and texts survive whatever characters they hold', () => {
  const [first] = EDIFACT_CASES
  if (!first) throw new Error('no case')
  const text = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...'ABZ &<>"\'\tə漢😀-/') })
  fc.assert(
    fc.property(
      text.filter((one) => one.trim() === one && !/^[X/]+$/.test(one)),
      (surname) => {
        const pnr = first.message.pnrs[0]
        const traveller = pnr?.travellers[0]
        if (!pnr || !traveller) throw new Error('nobody')
        const { documentSurname: _, ...booked } = traveller
        const changed = { ...first.message, pnrs: [{ ...pnr, travellers: [{ ...booked, surname, documents: [] }] }] }
        const [again] = read(writePnrgovXml(changed)).messages
        if (!again || !isPnrgov(again)) throw new Error('not read')
        expect(again.pnrs[0]?.travellers[0]?.surname).toBe(surname)
      },
    ),
  )
})

test('never throws, and every finding lies inside the bytes', () => {
  const base = sent('single-passenger')
  const piece = fc.constantFrom(
    '<',
    '>',
    '&',
    '"',
    '</PNR>',
    '<PNR>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '&#x',
    '\0',
    'ə',
    '<?',
    '?>',
  )
  fc.assert(
    fc.property(fc.nat(base.length), fc.nat(40), piece, (at, cut, put) => {
      const bytes = Buffer.concat([
        base.subarray(0, at),
        Buffer.from(put),
        base.subarray(Math.min(base.length, at + cut)),
      ])
      for (const { at: place } of read(bytes).findings) {
        expect(place.byte).toBeGreaterThanOrEqual(0)
        expect(place.byte).toBeLessThanOrEqual(bytes.length)
      }
    }),
  )
})

test('however many there are of anything, all is read', () => {
  const [head, tail] = sent('single-passenger').toString().split('</Passenger>')
  const more = '<CustLoyalty/><SSR/>'.repeat(130_000)
  const [message] = read(Buffer.from(`${head}${more}</Passenger>${tail}`)).messages
  const pnr = message && isPnrgov(message) ? message.pnrs[0] : undefined
  expect(pnr?.travellers.map(({ surname }) => surname)).toEqual(['ALMAZ'])
}, 30_000)

test.each(['<!-- not yet', '<![CDATA[', '<?php '])('%s that nothing ends swallows nobody', (open) => {
  const broken = sent('single-passenger').toString().replace('<POS>', `${open}<POS>`)
  const { messages, findings } = read(Buffer.from(broken))
  const [message] = messages
  expect(message && isPnrgov(message) && message.pnrs[0]?.travellers).toMatchObject([{ surname: 'ALMAZ' }])
  expect(findings.map(({ code }) => code)).toContain('xml.malformed')
})

test.each(['closing-tag-misspelt', 'given-name-unclosed', 'cdata-and-references'])(
  '%s: the names are those sent',
  (name) => {
    const [message] = read(sent(name)).messages
    expect(message && isPnrgov(message) && message.pnrs[0]?.travellers).toMatchObject([
      {
        surname: 'ALMAZ',
        givenNames: 'NƏRGİZMS',
        documents: [{ number: 'C01234567' }],
        tickets: [{ number: '7710000000017' }],
      },
    ])
  },
)

test('elements are counted and laid out as places count them', () => {
  const lines = layoutXml(sent('single-passenger'))
  expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1))
  expect(lines[0]).toMatchObject({ name: 'IATA_PNRGOV_NotifRQ', depth: 0 })
  const surname = lines.find(({ name }) => name === 'Surname')
  expect(
    sent('single-passenger')
      .subarray(...(surname?.span ?? [0, 0]))
      .toString(),
  ).toBe('<Surname>ALMAZ')
})

test('nothing is read that is too large', () => {
  const codes: string[] = []
  readElements(
    Buffer.from('<a/>'),
    { add: (code) => void codes.push(code) },
    { close: () => true },
    {
      mostBytes: 3,
      deepest: 1,
      mostAttributes: 1,
      longestValue: 1,
      mostHeld: 1,
    },
  )
  expect(codes).toEqual(['input.too-large'])
})
