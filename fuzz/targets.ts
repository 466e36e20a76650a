/** What can be fuzzed: which fixtures it starts from, and what must hold of each mutant. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { decode } from '#codecs/decode.ts'
import { readTape } from '#codecs/edifact/tape.ts'
import { readMrz } from '#codecs/mrz/read.ts'
import { redact } from '#codecs/redact.ts'
import type { Decoded } from '#domain/message.ts'
import { type CivilDate, instant } from '#lib/time.ts'
import { sensitiveJudge } from '#protection/sensitive.ts'
import { type Mutant, type Sample, sampleOf } from './mutate.ts'
import { badFinding, lostTraveller, travellersIn } from './oracles.ts'

/** Tries one mutant; gives what is wrong with what came out, or nothing. A throw is a fault as well. */
type Trial = (mutant: Mutant, sample: Sample) => string | undefined

interface Target {
  /** Folders of `fixtures/` whose files are damaged. */
  readonly folders: readonly string[]
  readonly prepare?: (bytes: Uint8Array) => Uint8Array
  readonly trial: Trial
}

const context = { receivedAt: instant(Date.parse('2026-06-11T12:00:00Z')), state: 'AZ' }
const TODAY = '2026-06-11' as CivilDate
const fixtures = new URL('../fixtures/', import.meta.url)

const known = new WeakMap<Sample, Decoded>()

/** What the sample says before it is damaged. */
function undamaged(sample: Sample): Decoded {
  const there = known.get(sample) ?? decode(sample.bytes, context)
  known.set(sample, there)
  return there
}

function decoding(mutant: Mutant, sample: Sample): string | undefined {
  const after = decode(mutant.bytes, context)
  return (
    badFinding(after, mutant.bytes.length) ??
    lostTraveller(travellersIn(undamaged(sample), sample), after, mutant, sample)
  )
}

/** What is planted into every message before it is damaged, and may not be there after redaction. */
const PLANTED = { code: 'KSML', word: 'WHEELCHAIR' } as const
const PLANTS = [`SSR+${PLANTED.code}:HK:1:0X:::::NO NUTS'`, `IFT+4:28::0X+${PLANTED.word} TO THE GATE'`]

/** Behind the first segment that begins a person or a PNR; senders with other service characters are left alone. */
function planted(bytes: Uint8Array): Uint8Array {
  const { terminator, element, component } = readTape(bytes).service(0)
  if (String.fromCharCode(component, element, terminator) !== ":+'") return bytes
  const text = Buffer.from(bytes).toString('latin1')
  const at = /'\s*(?=(SRC'|NAD\+FL))/.exec(text)
  const cut = at ? at.index + at[0].length : text.length
  const end = text.indexOf("'", cut) + 1 || text.length
  return Buffer.from(`${text.slice(0, end)}${PLANTS.join('')}${text.slice(end)}`, 'latin1')
}

function redacting(mutant: Mutant, sample: Sample): string | undefined {
  const { bytes } = redact(mutant.bytes, sensitiveJudge, { remarks: 'strict' })
  if (bytes.length !== mutant.bytes.length) return `redaction made ${bytes.length} of ${mutant.bytes.length} bytes`
  if (!mutant.touched || touchesPlant(mutant, sample)) return undefined
  const text = Buffer.from(bytes).toString('latin1')
  return text.includes(PLANTED.code) || text.includes(PLANTED.word) ? 'what was planted is still there' : undefined
}

/** Nothing is planted here: it is enough that the length stays, and that a second redaction finds nothing more. */
const redactingXml: Trial = ({ bytes }) => {
  const once = redact(bytes, sensitiveJudge, { remarks: 'strict' })
  if (once.bytes.length !== bytes.length) return `redaction made ${once.bytes.length} of ${bytes.length} bytes`
  const again = redact(once.bytes, sensitiveJudge, { remarks: 'strict' })
  return Object.keys(again.counts).length > 0
    ? `a second redaction finds ${Object.keys(again.counts).join(', ')}`
    : undefined
}

const zoning: Trial = ({ bytes }) =>
  badFinding(readMrz(Buffer.from(bytes).toString('latin1'), { today: TODAY }), bytes.length)

const touchesPlant = ({ touched }: Mutant, { bytes, segments }: Sample): boolean =>
  [...(touched ?? [])].some((index) => {
    const [start, end] = segments[index] ?? [0, 0]
    const text = Buffer.from(bytes.subarray(start, end)).toString('latin1')
    return text.includes(PLANTED.code) || text.includes(PLANTED.word)
  })

const taping: Trial = ({ bytes }) => {
  const tape = readTape(bytes)
  let last = 0
  for (let segment = 0; segment < tape.segments; segment++) {
    const [start, end] = tape.span(segment)
    if (start < last || end < start || end > bytes.length) return `segment ${segment + 1} stands at ${start}–${end}`
    last = end
    const elements = tape.elements(segment)
    for (let element = 0; element <= elements; element++) {
      const [from, to] = tape.span(segment, element)
      if (from < start || to > end || to < from) return `element ${element} of segment ${segment + 1} is ${from}–${to}`
      tape.joined(segment, element)
    }
  }
  return undefined
}

export const TARGETS: Readonly<Record<string, Target>> = {
  tape: { folders: ['pnrgov', 'paxlst'], trial: taping },
  pnrgov: { folders: ['pnrgov'], trial: decoding },
  paxlst: { folders: ['paxlst'], trial: decoding },
  'pnrgov-xml': { folders: ['pnrgov-xml'], trial: decoding },
  'redact-xml': { folders: ['pnrgov-xml'], trial: redactingXml },
  cusres: { folders: ['cusres'], trial: decoding },
  ackres: { folders: ['ackres'], trial: decoding },
  govreq: { folders: ['govreq'], trial: decoding },
  contrl: { folders: ['contrl'], trial: decoding },
  mrz: { folders: ['mrz'], trial: zoning },
  redact: { folders: ['pnrgov', 'paxlst'], prepare: planted, trial: redacting },
}

/** Large files show limits; damaged ones would only take time. */
const LARGEST = 20_000

/** The files that a target starts from. */
export function samplesOf({ folders, prepare = (bytes) => bytes }: Target): readonly Sample[] {
  return folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, fixtures))
      .filter((file) => /\.(edi|xml|txt)$/.test(file))
      .sort()
      .filter((file) => statSync(new URL(`${folder}/${file}`, fixtures)).size <= LARGEST)
      .map((file) => sampleOf(`${folder}/${file}`, prepare(readFileSync(new URL(`${folder}/${file}`, fixtures))))),
  )
}
