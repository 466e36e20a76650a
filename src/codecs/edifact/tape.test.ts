import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTape, type Tape, withBytes } from './tape.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function read(input: string | Uint8Array): { tape: Tape; codes: string[] } {
  const codes: string[] = []
  const tape = readTape(typeof input === 'string' ? utf8(input) : input, { add: (code) => codes.push(code) })
  return { tape, codes }
}

/** Tag, elements and components of every segment. */
function tree(tape: Tape): string[][][] {
  return Array.from({ length: tape.segments }, (_, segment) => [
    [tape.tag(segment)],
    ...Array.from({ length: tape.elements(segment) }, (_, element) =>
      Array.from(
        { length: tape.components(segment, element + 1) },
        (_, component) => tape.text(segment, element + 1, component + 1) ?? '',
      ),
    ),
  ])
}

const flat = (tape: Tape): string[] =>
  tree(tape).map((segment) => segment.map((element) => element.join(':')).join('+'))

const HEAD = 'UNB+UNOA:4+NN+SS+260611:0858+R1'
const PLAIN = ['UNB+UNOA:4+NN+SS+260611:0858+R1', 'UNH+1+PAXLST:D:12B:UN:IATA', 'NAD+FL+++ROWAN:ELI', 'UNZ+1+R1']
const joined = (end: string, ...segments: string[]): string => segments.map((one) => one + end).join('')

describe('a tape', () => {
  it.each([
    ['without UNA', joined("'", ...PLAIN)],
    ['with UNA', `UNA:+.? '${joined("'", ...PLAIN)}`],
    ['with * where the repetition separator may stand', `UNA:+.?*'${joined("'", ...PLAIN)}`],
    ['with line feeds', joined("'\n", ...PLAIN)],
    ['with carriage returns and line feeds', `UNA:+.? '\r\n${joined("'\r\n", ...PLAIN)}`],
    ['with blanks before tags', `UNA:+.? ' ${joined("'  ", ...PLAIN)}`],
    ['with tags in lower case', joined("'", ...PLAIN.map((one) => one.slice(0, 3).toLowerCase() + one.slice(3)))],
    ['with a byte order mark', `\ufeff${joined("'", ...PLAIN)}`],
    ['between STX and ETX', `\u0002${joined("'", ...PLAIN)}\u0003`],
    ['behind NUL bytes', `\0\0${joined("'", ...PLAIN)}\0`],
    ['in a Type-B message', `QK XYZAPXX\r\n.FRANNXX 110858\r\n${joined("'\r\n", ...PLAIN)}\r\n11JUN26\r\n`],
    ['behind a log prefix', `2026-06-11T08:58:00Z in ${joined("'", ...PLAIN)}`],
    ['with typographic apostrophes for terminators', joined('\u2019', ...PLAIN)],
    ['without the last terminator', joined("'", ...PLAIN).slice(0, -1)],
    ['with a line broken inside a segment', joined("'", ...PLAIN).replace('ROWAN', 'RO\r\nWAN')],
    ['with a line broken inside a tag', joined("'", ...PLAIN).replace('NAD', 'N\nAD')],
    ['with other delimiters that UNA names', `UNA:-.? *${joined('*', ...PLAIN).replaceAll('+', '-')}`],
    ['with element * and terminator $', `UNA:*.? $${joined('$', ...PLAIN).replaceAll('+', '*')}`],
    ['with odd delimiters and no UNA', joined('$', ...PLAIN).replaceAll('+', '*')],
    ['with only another terminator and no UNA', joined('~', ...PLAIN)],
    ['with a UNA of five characters', `UNA:+.?'${joined("'", ...PLAIN)}`],
    ['with a UNA that UNB contradicts', `UNA;*.? $${joined("'", ...PLAIN)}`],
  ])('reads an interchange %s', (_, input) => {
    expect(flat(read(input).tape)).toEqual(PLAIN)
  })

  it('says when UNA is damaged, and nothing when all is well', () => {
    expect(read(`UNA:+.?'${joined("'", ...PLAIN)}`).codes).toContain('una.damaged')
    expect(read(`UNA:+.? '${joined("'", ...PLAIN)}`).codes).toEqual([])
  })

  it('releases characters only after it has split', () => {
    const { tape } = read(`${HEAD}'NAD+FL+++O?'NEIL??:A?+B?:C'UNZ+1+R1'`)
    expect(tape.text(1, 4, 1)).toBe("O'NEIL?")
    expect(tape.text(1, 4, 2)).toBe('A+B:C')
  })

  it('takes the release character that UNA names', () => {
    const { tape } = read(`UNA:+.\\ '${HEAD}'NAD+FL+++O\\'NEIL?:B\\+C'UNZ+1+R1'`)
    expect(tree(tape)[1]?.[4]).toEqual(["O'NEIL?", 'B+C'])
  })

  it('gives each interchange its own delimiters', () => {
    const { tape } = read(`UNA:+.? '${joined("'", ...PLAIN)}UNA:*.? $${joined('$', ...PLAIN).replaceAll('+', '*')}`)
    expect(flat(tape)).toEqual([...PLAIN, ...PLAIN])
    expect(tape.service(0).declared).toBe(true)
    expect(String.fromCharCode(tape.service(4).element)).toBe('*')
  })

  it('learns the terminator from the segments, where no UNH stands behind UNB or no UNB before UNH', () => {
    const body = ['TDT|20|0L214', 'LOC|125|VIE', "NAD|FL|||O'NEIL", 'ATT|2||F', 'UNZ|1|R1']
    for (const head of ['UNB|UNOA;4|0L|AZ|260612;0740|R1', 'UNH|1|PAXLST;D;12B']) {
      const { tape, codes } = read([head, ...body].map((segment) => `${segment}~\n`).join(''))
      expect(tape.segments).toBe(6)
      expect(tape.text(3, 4)).toBe("O'NEIL")
      expect(codes).toEqual([])
    }
  })

  it('believes a UNA that is whole, where a segment of few letters strayed behind it', () => {
    const { tape, codes } = read(`UNA:+.\\ 'TVL'${HEAD}'NAD+FL+++O\\'NEIL'UNZ+1+R1'`)
    expect(tape.text(2, 4)).toBe("O'NEIL")
    expect(codes).toEqual([])
  })

  it('takes a UNA that shares no character with the interchange before it', () => {
    const { tape, codes } = read(`${joined("'", ...PLAIN)}UNA;|,^ ~UNB|UNOA;4~UNH|1~UNZ|1~`)
    expect(flat(tape)).toEqual([...PLAIN, 'UNB+UNOA:4', 'UNH+1', 'UNZ+1'])
    expect(codes).toEqual([])
  })

  it('finds UNA only before UNB, never in a name', () => {
    const { tape, codes } = read(joined("'", HEAD, 'NAD+FL+++UNALAN:UNBEK', 'NAD+FL+++UNA:UNB', 'UNZ+1+R1'))
    expect(flat(tape)).toEqual([HEAD, 'NAD+FL+++UNALAN:UNBEK', 'NAD+FL+++UNA:UNB', 'UNZ+1+R1'])
    expect(codes).toEqual([])
  })

  it('keeps an apostrophe that lacks its release character, and says so', () => {
    const { tape, codes } = read(joined("'", HEAD, "NAD+FL+++O'NEIL:SEAN", 'UNZ+1+R1'))
    expect(tape.text(1, 4, 1)).toBe("O'NEIL")
    expect(tape.text(1, 4, 2)).toBe('SEAN')
    expect(codes).toEqual(['segment.terminator-in-data'])
  })

  it('keeps a typographic apostrophe inside a name', () => {
    const { tape } = read(joined("'", HEAD, 'NAD+FL+++D\u2019ARCY:JO\u2019ANN', 'FTX+A+++L\u2019ETE+X', 'UNZ+1+R1'))
    expect(tape.text(1, 4, 1)).toBe('D\u2019ARCY')
    expect(tape.text(1, 4, 2)).toBe('JO\u2019ANN')
    expect(tape.text(2, 4)).toBe('L\u2019ETE')
  })

  it('ends segments of a tag alone by typographic apostrophes', () => {
    const { tape } = read(joined('\u2019', HEAD, 'UNH+1+PNRGOV:11:1', 'SRC', 'RCI+NN:ABC123', 'SRC', 'UNZ+1+R1'))
    expect(flat(tape)).toEqual([HEAD, 'UNH+1+PNRGOV:11:1', 'SRC', 'RCI+NN:ABC123', 'SRC', 'UNZ+1+R1'])
  })

  it('reads UTF-8 where it is, else Latin-1', () => {
    expect(read(joined("'", HEAD, 'NAD+FL+++\u018fliyev:\u00c7i\u00e7\u0259k')).tape.text(1, 4, 1)).toBe('\u018fliyev')
    const latin = Uint8Array.from(Buffer.from(joined("'", HEAD, 'NAD+FL+++M\u00dcLLER'), 'latin1'))
    expect(read(latin).tape.text(1, 4)).toBe('M\u00dcLLER')
  })

  it('counts elements and components, and gives nothing for what is absent or empty', () => {
    const { tape } = read(joined("'", HEAD, 'NAD+FL++:X:+A::B'))
    expect(tape.elements(1)).toBe(4)
    expect([1, 2, 3, 4, 5].map((element) => tape.components(1, element))).toEqual([1, 1, 3, 3, 0])
    expect([tape.text(1, 2), tape.text(1, 3), tape.text(1, 3, 2), tape.text(1, 3, 9), tape.text(1, 9)]).toEqual([
      undefined,
      undefined,
      'X',
      undefined,
      undefined,
    ])
    expect(tape.joined(1, 4)).toBe('A::B')
  })

  it('says where each value stands', () => {
    const text = joined("'\r\n", HEAD, 'NAD+FL+++ROWAN:ELI')
    const { tape } = read(text)
    const at = (...what: [number, number?, number?]): string => text.slice(...tape.span(...what))
    expect([at(1), at(1, 1), at(1, 4), at(1, 4, 2)]).toEqual(['NAD+FL+++ROWAN:ELI', 'FL', 'ROWAN:ELI', 'ELI'])
    expect(tape.place(1, 4, 2)).toEqual({ byte: text.indexOf('ELI'), line: 2, segment: 2 })
  })

  it('stays true for a copy in which values were overwritten', () => {
    const { tape } = read(joined("'", HEAD, 'NAD+FL+++ROWAN:ELI', 'UNZ+1+R1'))
    expect(tape.text(1, 4)).toBe('ROWAN')
    const copy = tape.bytes.slice()
    const [from, to] = tape.span(1, 4, 1)
    copy.fill(0x58, from, to)
    const redacted = withBytes(tape, copy)
    expect([redacted.text(1, 4), redacted.text(1, 4, 2), tape.text(1, 4)]).toEqual(['XXXXX', 'ELI', 'ROWAN'])
  })

  it('stays true while others are read', () => {
    const tapes = Array.from({ length: 300 }, (_, number) =>
      read(joined("'", HEAD, ...Array.from({ length: 40 }, (__, line) => `NAD+FL+++N${number}:L${line}`), 'UNZ+1+R1')),
    )
    tapes.forEach(({ tape }, number) => {
      expect(tape.segments).toBe(42)
      expect([tape.text(1, 4), tape.text(40, 4, 2), tape.tag(41)]).toEqual([`N${number}`, 'L39', 'UNZ'])
    })
  })

  it('grows with its input', () => {
    const { tape } = read(`${HEAD}'${"AAA+B:C+D?+E'".repeat(200_000)}`.replaceAll('\\', ''))
    expect(tape.segments).toBe(200_001)
    expect(flat(tape).at(-1)).toBe('AAA+B:C+D+E')
  })

  it.each([
    ['nothing', ''],
    ['no interchange', 'Dear colleague, the list is attached.'],
  ])('says so when there is %s', (_, input) => {
    expect(read(input)).toMatchObject({ tape: { segments: 0 }, codes: ['input.no-interchange'] })
  })
})

describe('a tape of whatever bytes', () => {
  const touch = (bytes: Uint8Array): void => {
    const { tape } = read(bytes)
    for (let segment = -1; segment <= tape.segments; segment++) {
      tape.tag(segment)
      const [from, to] = tape.span(segment)
      expect(from).toBeLessThanOrEqual(to)
      for (let element = 0; element <= tape.elements(segment) + 1; element++) {
        tape.joined(segment, element)
        tape.place(segment, element, 2)
      }
    }
  }

  it('never throws', () => {
    const noise = fc.constantFrom(
      'UNA',
      'UNB+',
      "'",
      '+',
      ':',
      '?',
      '\n',
      ' ',
      'UNZ',
      'UNH',
      '\u2019',
      'AB',
      "UNA:+.? '",
      '\0',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(noise, fc.string({ maxLength: 3 })), { maxLength: 40 }), (parts) =>
        touch(utf8(parts.join(''))),
      ),
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => touch(bytes)))
  })

  it('never throws on a beginning of a message', () => {
    const whole = utf8(`UNA:+.? '\r\n${joined("'\r\n", ...PLAIN, "NAD+FL+++O?'NEIL\u2019S:A")}`)
    for (let length = 0; length <= whole.length; length++) touch(whole.subarray(0, length))
  })

  it('gives back what was written, with any service characters', () => {
    const value = fc.string({ unit: fc.constantFrom(...":+.? '*$-\\ABcd19\u018f\u2019"), minLength: 1, maxLength: 8 })
    const services = fc.constantFrom(":+.? '", ":+.?*'", ':*.? $', ':-.? *', ":+.\\ '", ';|,^ ~')
    const segments = fc.array(
      fc.array(fc.array(value, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    fc.assert(
      fc.property(services, segments, (service, body) => {
        const [component = '', element = '', , release = '', , terminator = ''] = service
        const released = (text: string): string =>
          [...text]
            .map((one) => ([component, element, release, terminator].includes(one) ? release + one : one))
            .join('')
        const all = [['UNB'], ['UNOA', '4']] as string[][]
        const text = [all, ...body.map((elements) => [['ABC'], ...elements])]
          .map((elements) => elements.map((parts) => parts.map(released).join(component)).join(element) + terminator)
          .join('')
        const { tape } = read(`UNA${service}${text}`)
        expect(tree(tape).slice(1)).toEqual(body.map((elements) => [['ABC'], ...elements]))
      }),
    )
  })

  it('takes time in proportion to the length', { timeout: 20_000 }, () => {
    const worst = [
      "'A",
      'UNA',
      'UNB',
      "UNB+'",
      'UNA:+.? UNB',
      '?',
      "'\u2019UNH+",
      ' ',
      "'\n",
      'A+',
      "X'Y",
      '\u2019',
      'U',
      "UNB+A'UNB*B$",
    ]
    for (const unit of worst) {
      const bytes = utf8(`${HEAD}'`.concat(unit.repeat(Math.floor(400_000 / unit.length))))
      const started = performance.now()
      read(bytes)
      expect(performance.now() - started, unit).toBeLessThan(1_500)
    }
  })
})
