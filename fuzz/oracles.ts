/** What must hold whatever a sender sends; each gives what is wrong, or nothing. */
import { CATALOGUE } from '#codecs/catalogue.ts'
import type { Decoded } from '#domain/message.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import { type Mutant, type Sample, segmentOf } from './mutate.ts'

/** Findings point into the input, and the catalogue knows them. */
export function badFinding({ findings }: Pick<Decoded, 'findings'>, length: number): string | undefined {
  for (const { code, severity, at } of findings) {
    if (!CATALOGUE[code]) return `finding ${code} is not in the catalogue`
    if (CATALOGUE[code].severity !== severity) return `finding ${code} is ${severity}`
    if (!(at.byte >= 0 && at.byte <= length && at.line >= 1 && at.segment >= 1))
      return `finding ${code} points to byte ${at.byte}, line ${at.line}, segment ${at.segment} of ${length} bytes`
  }
  return undefined
}

/** A traveller of a clean message: how he is named, and the segment that names him (counted from 0). */
interface Named {
  readonly name: string
  readonly segment: number
}

/** Everybody in a message whose naming segment can be told. */
export function travellersIn(decoded: Decoded, sample: Sample): readonly Named[] {
  const holding = (byte: number): number => sample.segments.findIndex(([start, end]) => byte >= start && byte < end)
  return personsOf(decoded).flatMap((person) =>
    person.surname !== undefined && person.at.surname
      ? [{ name: nameOf(person), segment: holding(person.at.surname[0]) }]
      : [],
  )
}

const personsOf = ({ messages }: Decoded): readonly (ApiTraveller | PnrTraveller)[] =>
  messages.flatMap((message): readonly (ApiTraveller | PnrTraveller)[] => {
    if (isPaxlst(message)) return message.travellers
    return isPnrgov(message) ? message.pnrs.flatMap((pnr) => pnr.travellers) : []
  })

/** In capitals: who is named twice, once in small letters, is one person. */
const nameOf = ({ surname, givenNames }: { readonly surname?: string; readonly givenNames?: string }): string =>
  `${surname ?? ''}/${givenNames ?? ''}`.toUpperCase()

/**
 * Names that check-ins give to travellers they refer to: behind a TRI that strayed, a traveller reads like the check-in of
 * him who has his reference, and where the two have a name in common nothing tells that they are two.
 */
const checkedIn = ({ messages }: Decoded): readonly string[] =>
  messages.flatMap((message) =>
    isPnrgov(message)
      ? message.pnrs.flatMap((pnr) => pnr.checkIns.flatMap(({ named }) => (named ? [nameOf(named)] : [])))
      : [],
  )

const standsBehindTri = (sample: Sample, segment: number): boolean =>
  sample.segments.some((_, index) => index < segment && /^TRI/i.test(tagOf(sample, index)))

/** Ends the transmission: a reader looks behind it for further interchanges, not for the rest of a message. */
const ETX = 0x03

/** Where these begin a group, TIF names somebody who does not travel, or no longer: moved, they change who is who. */
const OTHERS = /^(SAC|ABI|TRI|MSG)/i

/** Segments of the envelopes: who damages these may end the message for everybody, but not without a finding. */
const ENVELOPE = /^(UNA|UNB|UNG|UNH|UNT|UNE|UNZ)/i

/**
 * A traveller who stood outside the damage and is no longer there. Where an envelope was damaged, or a reader says that
 * a message is beyond reading, he is not lost in silence.
 */
export function lostTraveller(
  before: readonly Named[],
  after: Decoded,
  mutant: Mutant,
  sample: Sample,
): string | undefined {
  const { touched } = mutant
  if (!touched || after.findings.some((finding) => finding.severity === 'fatal')) return undefined
  const loud = after.findings.some((finding) => finding.severity !== 'info')
  if (loud && touchesEnvelope(mutant, sample)) return undefined
  if ([...touched].some((index) => segmentOf(sample, index).includes(ETX))) return undefined
  const there = new Set(personsOf(after).map(nameOf))
  const inCheckIns = new Set(checkedIn(after))
  for (const { name, segment } of before) {
    if (touched.has(segment) || [...touched].some((index) => OTHERS.test(tagOf(sample, index)))) continue
    // A terminator in front of what is no tag any more is data: it ends no value, but adds to one
    if (loud && [...there].some((one) => one.startsWith(`${name}'`))) continue
    if (!there.has(name) && !(standsBehindTri(sample, segment) && inCheckIns.has(name)))
      return `the traveller named in segment ${segment + 1} is lost`
  }
  return undefined
}

function touchesEnvelope({ bytes, touched }: Mutant, sample: Sample): boolean {
  if ([...(touched ?? [])].some((index) => ENVELOPE.test(tagOf(sample, index)))) return true
  return count(bytes) !== count(sample.bytes)
}

const tagOf = (sample: Sample, index: number): string =>
  Buffer.from(segmentOf(sample, index).subarray(0, 3)).toString('latin1')

/** How many envelope segments there are, roughly: one spliced in from elsewhere changes it. */
const count = (bytes: Uint8Array): number =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/UN[ABGHTEZ]\+?/gi)?.length ?? 0
