/** Lists against a movement: by document number, and by name with what else is known. Every hit says why. */
import type { EvidenceClass, EvidenceLine, Found } from '#domain/hit.ts'
import type { Movement } from '#domain/movement.ts'
import type { Sex, TravelDocument } from '#domain/traveller.ts'
import type { Entry, Watchlist } from '#domain/watchlist.ts'
import { type Alignment, align } from './align.ts'
import { bestBirthDate } from './birth-date.ts'
import { LEAST_DOCUMENT_LENGTH, plainNumber, readableNumber } from './document-number.ts'
import { Lately } from './memo.ts'
import { type NameTokens, tokensOf, withoutTitle } from './name.ts'
import { candidates, type WatchlistIndex } from './watchlist-index.ts'
import { SCORER_VERSION, scoreOf, WEIGHTS } from './weights.ts'

/** One way in which the traveller was named, with what the same source says of him. */
interface Identity {
  readonly source: 'api' | 'pnr'
  readonly surname: string
  readonly givenNames: string | undefined
  readonly tokens: NameTokens
}

interface Subject {
  readonly identities: readonly Identity[]
  readonly birthDates: readonly string[]
  readonly documents: readonly (TravelDocument & { readonly source: 'api' | 'pnr' })[]
  readonly nationalities: readonly string[]
  readonly sex: Sex | undefined
}

/**
 * A PNR comes again five times, and who travels is the same: the same person against the same lists is not compared
 * again, as long as he is among those of late.
 */
export function screenAgainstLists(movement: Movement, index: WatchlistIndex): readonly Found[] {
  let known = KNOWN.get(index)
  if (!known) {
    known = new Lately(REMEMBERED)
    KNOWN.set(index, known)
  }
  const person = personIn(movement)
  const before = known.get(person)
  if (before) return before
  const found = compareWithLists(movement, index)
  known.set(person, found)
  return found
}

const REMEMBERED = 50_000
const KNOWN = new WeakMap<WatchlistIndex, Lately<string, readonly Found[]>>()

/** All of a movement that lists are compared with. */
function personIn({ api, pnrTraveller: pnr }: Movement): string {
  return JSON.stringify([
    api && [api.surname, api.givenNames, api.birthDate, api.sex, api.nationalities, api.documents.map(documentIn)],
    pnr && [
      [pnr.surname, pnr.givenNames, pnr.documentSurname, pnr.documentGivenNames],
      [pnr.birthDate, pnr.sex, pnr.nationality, pnr.documents.map(documentIn)],
    ],
  ])
}

const documentIn = ({ at: _, ...document }: TravelDocument) => document

function compareWithLists(movement: Movement, index: WatchlistIndex): readonly Found[] {
  const subject = subjectOf(movement)
  const wanted = {
    names: subject.identities.map((one) => one.tokens.tokens),
    birthDates: subject.birthDates,
    documents: subject.documents
      .map((one) => one.number)
      .filter((number) => plainNumber(number).length >= LEAST_DOCUMENT_LENGTH),
  }
  const found: Found[] = []
  for (const entry of candidates(index, wanted)) {
    const list = index.lists.get(entry.list)
    const hit = list && compare(subject, entry, list, index)
    if (hit) found.push(hit)
  }
  return found
}

function subjectOf({ api, pnrTraveller }: Movement): Subject {
  const identities: Identity[] = []
  const add = (source: 'api' | 'pnr', surname: string | undefined, givenNames: string | undefined): void => {
    if (!surname) return
    for (const given of [givenNames, givenNames && withoutTitle(givenNames)]) {
      const tokens = tokensOf(surname, given)
      const known = identities.some((one) => one.tokens.tokens.join(' ') === tokens.tokens.join(' '))
      if (tokens.tokens.length > 0 && !known) identities.push({ source, surname, givenNames: given, tokens })
    }
  }
  add('api', api?.surname, api?.givenNames)
  add('pnr', pnrTraveller?.documentSurname, pnrTraveller?.documentGivenNames)
  add('pnr', pnrTraveller?.surname, pnrTraveller?.givenNames)
  const documents = [
    ...(api?.documents ?? []).map((one) => ({ ...one, source: 'api' as const })),
    ...(pnrTraveller?.documents ?? []).map((one) => ({ ...one, source: 'pnr' as const })),
  ]
  return {
    identities,
    documents,
    birthDates: [...new Set([api?.birthDate, pnrTraveller?.birthDate].filter((one) => one !== undefined))],
    nationalities: [
      ...new Set([...(api?.nationalities ?? []), pnrTraveller?.nationality].filter((one) => one !== undefined)),
    ],
    sex: api && api.sex !== 'U' ? api.sex : pnrTraveller?.sex,
  }
}

function compare(subject: Subject, entry: Entry, list: Watchlist, index: WatchlistIndex): Found | undefined {
  const document = documentLine(subject, entry)
  const name = bestName(subject, entry, index)
  const birth = bestBirthDate(subject.birthDates, entry.birthDates, WEIGHTS.birthDate)
  const others = [nationalityLine(subject, entry), sexLine(subject, entry)].filter((line) => line !== undefined)
  const birthLine: EvidenceLine = {
    feature: 'birth-date',
    traveller: birth.ours ?? '',
    entry: birth.theirs ?? '',
    how: birth.likeness,
    points: WEIGHTS.birthDate[birth.likeness],
  }
  const evidence = document ? 'document' : evidenceClass(birth.ours, birth.theirs)
  const points = (name?.points ?? 0) + birthLine.points + others.reduce((sum, line) => sum + line.points, 0)
  const sureByName = name?.alignment.exact === true && birth.likeness === 'same' && !name.weak
  const weakAlone = name?.weak === true && birth.likeness !== 'same'
  const byName = weakAlone ? 0 : sureByName ? Math.max(0.99, scoreOf(points)) : name ? scoreOf(points) : 0
  const score = Math.max(document?.score ?? 0, byName)
  const threshold = list.thresholds[evidence]
  const sure = document?.exact === true || sureByName
  if (!sure && score < threshold) return undefined
  const nameLines = name ? [nameLine(name)] : []
  const lines = [
    ...(document ? [document.line] : []),
    ...nameLines,
    ...(name || document ? [birthLine] : []),
    ...others,
  ]
  return {
    cause: `entry ${entry.list} ${entry.id}`,
    kind: 'watchlist',
    source: entry.list,
    entry: entry.id,
    version: entry.version,
    owner: list.owner,
    severity: list.severity,
    action: list.action,
    score,
    evidenceCount: lines.filter((line) => line.points > 0).length,
    why: { kind: 'watchlist', evidence, lines, threshold, listVersion: list.version, scorerVersion: SCORER_VERSION },
  }
}

function evidenceClass(ours: string | undefined, theirs: string | undefined): EvidenceClass {
  if (!ours || !theirs) return 'no-date'
  return ours.length === 10 && theirs.length === 10 ? 'full-date' : 'partial-date'
}

interface DocumentMeeting {
  readonly line: EvidenceLine
  readonly score: number
  readonly exact: boolean
}

/** The same number, or one that a reader could have taken for it; of different issuers only when exactly the same. */
function documentLine({ documents }: Subject, entry: Entry): DocumentMeeting | undefined {
  let best: DocumentMeeting | undefined
  for (const ours of documents) {
    for (const theirs of entry.documents) {
      const exact = plainNumber(ours.number) === plainNumber(theirs.number)
      if (plainNumber(ours.number).length < LEAST_DOCUMENT_LENGTH) continue
      if (!exact && readableNumber(ours.number) !== readableNumber(theirs.number)) continue
      const issuers = ours.issuer && theirs.issuer ? ours.issuer === theirs.issuer : undefined
      if (!exact && issuers === false) continue
      const score = exact ? (issuers === false ? 0.95 : 1) : 0.93
      if (best && best.score >= score) continue
      const how = exact ? (issuers === false ? 'same-other-issuer' : 'same') : 'ocr'
      const shown = (number: string, issuer: string | undefined): string => (issuer ? `${number} ${issuer}` : number)
      best = {
        line: {
          feature: 'document',
          traveller: shown(ours.numberAsSent || ours.number, ours.issuer),
          entry: shown(theirs.number, theirs.issuer),
          how,
          points: exact ? 20 : 12,
          likeness: score,
          source: ours.source,
        },
        score,
        exact: exact && issuers !== false,
      }
    }
  }
  return best
}

const LISTED = new WeakMap<Entry['names'][number], NameTokens>()

/** Entries that are often met are read once, and so are their names. */
function tokensOfListed(name: Entry['names'][number]): NameTokens {
  const before = LISTED.get(name)
  if (before) return before
  const tokens = tokensOf(name.surname, name.givenNames)
  LISTED.set(name, tokens)
  return tokens
}

interface NameMeeting {
  readonly identity: Identity
  readonly entryName: string
  readonly alignment: Alignment
  readonly points: number
  readonly weak: boolean
}

function bestName({ identities }: Subject, entry: Entry, index: WatchlistIndex): NameMeeting | undefined {
  let best: NameMeeting | undefined
  for (const identity of identities) {
    for (const name of entry.names) {
      const theirs = tokensOfListed(name)
      const alignment = align(identity.tokens.tokens, theirs.tokens, index.rarity)
      if (alignment.tokens.length === 0) continue
      const points = alignment.points * (name.weak ? WEIGHTS.weakName : 1)
      const entryName = [name.surname, name.givenNames].filter(Boolean).join(' ')
      if (!best || points > best.points) best = { identity, entryName, alignment, points, weak: name.weak === true }
    }
  }
  return best
}

function nameLine({ identity, entryName, alignment, points }: NameMeeting): EvidenceLine {
  const whole = alignment.tokens.length + alignment.unmetTraveller.length
  return {
    feature: 'name',
    traveller: [identity.surname, identity.givenNames].filter(Boolean).join(' '),
    entry: entryName,
    how: alignment.exact ? 'same' : (alignment.tokens.find((one) => one.how !== 'same')?.how ?? 'part'),
    points: Math.round(points * 100) / 100,
    likeness: Math.round((alignment.tokens.length / Math.max(1, whole)) * 100) / 100,
    tokens: [
      ...alignment.tokens,
      ...alignment.unmetTraveller.map((token) => ({ traveller: token, entry: '', how: 'only-traveller', points: 0 })),
      ...alignment.unmetEntry.map((token) => ({ traveller: '', entry: token, how: 'only-entry', points: 0 })),
    ],
    source: identity.source,
  }
}

function nationalityLine({ nationalities }: Subject, entry: Entry): EvidenceLine | undefined {
  if (nationalities.length === 0 || entry.nationalities.length === 0) return undefined
  const how = nationalities.some((one) => entry.nationalities.includes(one)) ? 'same' : 'differs'
  return {
    feature: 'nationality',
    traveller: nationalities.join(', '),
    entry: entry.nationalities.join(', '),
    how,
    points: WEIGHTS.nationality[how],
  }
}

function sexLine({ sex }: Subject, entry: Entry): EvidenceLine | undefined {
  if (!sex || sex === 'U' || sex === 'X' || !entry.sex || entry.sex === 'U' || entry.sex === 'X') return undefined
  const how = sex === entry.sex ? 'same' : 'differs'
  return { feature: 'sex', traveller: sex, entry: entry.sex, how, points: WEIGHTS.sex[how] }
}
