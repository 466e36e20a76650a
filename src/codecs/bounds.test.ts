import { describe, expect, it } from 'vitest'
import { instant } from '#lib/time.ts'
import { decode } from './decode.ts'
import { readDocument } from './edifact/document.ts'
import { redact } from './edifact/redact.ts'
import { readTape } from './edifact/tape.ts'

const receivedAt = instant(Date.parse('2026-06-11T00:00:00Z'))
const UNB = "UNB+UNOA:4+0X+AZPRECLEAR+260611:0700+R'"
const PNR = `${UNB}UNH+1+PNRGOV:13:1:IA'MSG+:22'TVL+110626:0815:110626:1030+GYD+TBS+0X+0412'SRC'RCI+0X:ABC123'TIF+DOE+ADA:A:1'`
const FLIGHT = "TVL+110626:0815:110626:1030+GYD+TBS+0X+0412:Y'"
const HISTORY = `${PNR}${FLIGHT}ABI+4+AB:GS'DAT+T:150326:0930'SAC+++A'`
const LIST = `${UNB}UNH+1+PAXLST:D:12B:UN:IATA'BGM+745'TDT+20+0X412'LOC+125+TBS'DTM+189:2606110905:201'LOC+87+GYD'DTM+232:2606111005:201'NAD+FL+++DOE:ADA'`

/** What is sensitive is judged elsewhere; here everything is looked at and stays. */
const judge = { ssr: () => undefined, text: () => undefined }

const SIZE = 600_000

/** At this size whoever looks at each value again for each other value takes minutes. */
const HOSTILE: readonly (readonly [string, string, string, string])[] = [
  ['empty segments', UNB, "'", ''],
  ['release characters', UNB, '?', ''],
  ['typographic apostrophes', UNB, '\u2019', ''],
  ['service string advice again and again', '', "UNA:+.? '", ''],
  ['interchanges without messages', '', "UNB+UNOA:4'", ''],
  ['messages without an end', UNB, "UNH+1'", ''],
  ['trailers of messages', PNR, "UNT'UNE'", ''],
  ['trailers with something behind them', PNR, "UNT'UNT'SRC'", ''],
  ['locators in one segment', `${PNR}RCI`, '+AB', "'"],
  ['repeated locators', `${PNR}RCI`, '+0X:ABC124', "'"],
  ['components of an address', `${PNR}ADD`, `+${':A'.repeat(40)}`, "'"],
  ['components of a history line', `${HISTORY}SSR+`, 'AB:', "'"],
  ['elements of a history line', `${HISTORY}TVL`, '+AB', "'"],
  ['ways to reach somebody', `${LIST}COM`, '+1:TE', "'"],
  ['ways to reach somebody in one composite', `${LIST}COM+`, '1:TE:', "'"],
  ['separators that nobody released', `${PNR}IFT+4:28+`, ':', "A'"],
  ['one letter in a remark', `${PNR}IFT+4:28+`, 'A', "'"],
  ['blanked text', `${PNR}IFT+4:28+`, 'X', "'"],
  ['half a contact', `${PNR}IFT+4:28+CTC`, '/AP', "'"],
  ['slashes in a DOCS', `${PNR}SSR+DOCS:HK:1:0X:::::`, '/A', "'"],
  ['names glued to a DOCS', `${PNR}SSR+DOCS:HK:1:0X:::::`, '-1', "'"],
  ['words that begin like codes', `${PNR}IFT+4:28+`, 'SSRX ', "'"],
  ['slashes in a name', `${PNR}SSR+INFT:HK:1:0X:::::A`, '/', "B'"],
  ['infants', `${PNR}`, "SSR+INFT:HK:1:0X:::::DOE/ADA 01JAN26'", ''],
  ['digits', `${PNR}IFT+4:28+`, '4444 ', "'"],
  ['what is torn in one segment', `${PNR}RPI+1+HK`, 'IFT+4:28+XRPI+1+HK', "'"],
  ['numbers behind a torn one', `${PNR}REF+:1`, 'REF+:1', "'"],
  ['torn segments', PNR, "RPI+1+HKIFT+4:28+A'", ''],
  ['travellers', PNR, "TIF+DOE+ADA:A:1'", ''],
  ['plain text', '', 'KSML ', ''],
]

describe('hostile input', () => {
  it.each(HOSTILE)('of %s is read to its end', { timeout: 20_000 }, (_, before, unit, after) => {
    const bytes = Buffer.from(before + unit.repeat(SIZE / unit.length) + after)
    const { findings } = decode(bytes, { receivedAt })
    expect(findings.length).toBeLessThan(3_000)
    expect(redact(readTape(bytes), judge, { remarks: 'strict' }).bytes).toHaveLength(bytes.length)
    readDocument(bytes)
  })

  const counted = (unit: string): string => {
    let number = 0
    return unit.repeat(SIZE / unit.length).replaceAll('#', () => String(number++))
  }
  it.each([
    ['addresses', "SSR+DOCA:HK:1:0X:::::/D/AZE/NIZAMI #/BAKU'", ''],
    ['documents', "SSR+DOCS:HK:1:0X:::::/P/AZE/C#/AZE/12DEC79/F/15MAY29/DOE/ADA'", ''],
    ['tickets', "SSR+TKNE:HK:1:0X:::::999#1000000'", ''],
    ['seats of nobody', '+#A::#', `${FLIGHT}SSR+SEAT:HK:1:0X:::GYD:TBS`],
    ['equipment of nobody', '+#A::#', 'SSR+BIKE:HK:1:0X:::GYD:TBS'],
  ])('of %s of which each is another is read to its end', { timeout: 20_000 }, (_, unit, before) => {
    const bytes = Buffer.from(`${PNR}TIF+ROE+BEN:A:2'${before}${counted(unit)}'`)
    expect(decode(bytes, { receivedAt }).messages).toHaveLength(1)
  })

  it('keeps more of one thing than a function may have arguments', () => {
    const contacts = Buffer.from(`${LIST}COM${'+1:TE'.repeat(200_000)}'`)
    const [list] = decode(contacts, { receivedAt }).messages
    expect(list && 'travellers' in list && list.travellers[0]?.contacts).toHaveLength(200_000)
    const nameless = PNR.replace("RCI+0X:ABC123'", '') + "TIF+DOE+ADA:A'".repeat(150_000)
    const [pnrs] = decode(Buffer.from(nameless), { receivedAt }).messages
    expect(pnrs && 'pnrs' in pnrs && pnrs.pnrs[0]?.travellers.length).toBeGreaterThan(150_000)
  })
})

describe('more of anything than is read', () => {
  const limits = { messages: 2, pnrs: 2, persons: 2 }
  const told = (text: string): readonly string[] =>
    decode(Buffer.from(text), { receivedAt, limits })
      .findings.filter(({ code }) => code === 'input.too-many')
      .map(({ at, detail }) => `${text.slice(at.byte, at.byte + 8)} ${detail}`)
  const pnrgov = (body: string): string =>
    `UNB+IATA:1+0X+AZ+260610:0600+1'UNH+1+PNRGOV:13:1:IA+X+01:F'MSG+:22'ORG+0X:GYD'TVL+110626:0815:110626:1030+GYD+TBS+0X+0412'EQN+1'${body}UNT+9+1'UNZ+1+1'`
  const pnr = (number: number, people = "TIF+BULUD+ALIMR:A:1'"): string =>
    `SRC'RCI+0X:DRT00${number}::010526:0900'${people}`
  const list = (people: string): string =>
    `UNB+UNOA:4+A:ZZ+B:ZZ+260612:0740+1'UNH+1+PAXLST:D:12B:UN:IATA'BGM+745'TDT+20+0L214+++0L'LOC+125+VIE'DTM+189:2606120905:201'LOC+87+GYD'${people}UNT+9+1'UNZ+1+1'`
  const person = "NAD+FL+++BULUD:ALI'"

  it.each([
    ['PNRs', pnrgov(pnr(1) + pnr(2)), pnrgov(pnr(1) + pnr(2) + pnr(3) + pnr(4)), "SRC'RCI+ 2 PNRs"],
    [
      'travellers of a PNR',
      pnrgov(pnr(1, "TIF+A+BMR:A:1'TIF+C+DMR:A:2'")),
      pnrgov(pnr(1, "TIF+A+BMR:A:1'TIF+C+DMR:A:2'TIF+E+FMR:A:3'TIF+G+HMR:A:4'")),
      'TIF+E+FM 2 travellers',
    ],
    ['persons of a list', list(person.repeat(2)), list(person.repeat(4)), 'NAD+FL++ 2 persons'],
    ['messages', pnrgov('') + pnrgov(''), pnrgov('') + pnrgov('') + pnrgov('') + pnrgov(''), 'UNH+1+PN 2 messages'],
  ])('%s: what is beyond is told of once, where it begins', (_what, enough, many, where) => {
    expect(told(enough)).toEqual([])
    expect(told(many)).toEqual([where])
  })
})
