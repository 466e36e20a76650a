/** Parsers from npm that split EDIFACT into arrays of strings; they are given the same bytes as text. */

export interface Peer {
  readonly name: string
  /** Segments of a tag; every element and component is kept as a string, as our own reader would have to. */
  count(message: Uint8Array, wanted: string): number
  /** Readings that the parser gave up. */
  refused(): number
}

/** What a parser tells of, gathered as arrays. */
interface Gathering {
  readonly open: (tag: string) => void
  readonly element: () => void
  readonly component: (value: string) => void
}

type Read = (text: string, gathering: Gathering) => void

/** UNA, which one of them refuses, is cut off for both. They warn at length, which is silenced. */
function peer(name: string, read: Read): Peer {
  let refused = 0
  const count = (message: Uint8Array, wanted: string): number => {
    const text = Buffer.from(message.buffer, message.byteOffset, message.length).toString('latin1')
    const segments: string[][][] = []
    let segment: string[][] = []
    let found = 0
    const { warn } = console
    console.warn = () => undefined
    try {
      read(text.replace(/^UNA.{6}\s*/, ''), {
        open: (tag) => {
          segment = [[tag]]
          segments.push(segment)
          if (tag === wanted) found++
        },
        element: () => void segment.push([]),
        component: (value) => void segment.at(-1)?.push(value),
      })
    } catch {
      refused++
    } finally {
      console.warn = warn
    }
    return found
  }
  return { name, count, refused: () => refused }
}

export async function peers(): Promise<readonly Peer[]> {
  const edifact = await import('edifact')
  const { Parser: TsParser } = await import('ts-edifact/lib/parser.js')
  const { Configuration } = await import('ts-edifact/lib/configuration.js')
  return [
    peer('edifact', (text, { open, element, component }) => {
      const parser = new edifact.Parser()
      parser.encoding('UNOC')
      parser.onopensegment = open
      parser.onelement = element
      parser.oncomponent = component
      parser.write(text)
      parser.end()
    }),
    // Its main module needs a package that it does not name: its files are imported one by one
    peer('ts-edifact', (text, { open, element, component }) => {
      const parser = new TsParser(new Configuration({ charset: 'UNOC' }))
      parser.onOpenSegment = open
      parser.onElement = element
      parser.onComponent = component
      parser.write(text)
      parser.end()
    }),
  ]
}
