/**
 * What is known of everybody on one leg, and how a push or list changes it. Pure: the same reports, in whatever order
 * they arrive, lead to the same state, because the sender's own time decides which version is in force.
 */
import { idOf } from '#lib/ids.ts'
import type { Instant } from '#lib/time.ts'
import {
  type Linkable,
  type LinkEvidence,
  linkableApi,
  linkablePnr,
  linkEvidence,
  linkKeys,
  linkStrength,
  together,
} from './link.ts'
import type { PaxlstFunction } from './message.ts'
import type { Pnr, PnrTraveller } from './pnr.ts'
import { sameContent } from './same-content.ts'
import { foldName, mayBeSameName } from './same-name.ts'
import type { ApiTraveller } from './traveller.ts'

export type TravellerStatus = 'booked' | 'checked-in' | 'boarded' | 'not-boarded' | 'cancelled'

/** One version of what a sender said: `sentAt` and `reference` order versions, whatever the order of arrival. */
export interface Version<T> {
  readonly version: number
  readonly sentAt: Instant
  readonly transmission: string
  readonly content: T
}

export interface TravellerState {
  readonly id: string
  api?: Version<ApiTraveller>
  pnr?: Version<PnrTraveller>
  pnrId?: string
  /** Highest version stored so far, in force or not. */
  apiVersions: number
  pnrVersions: number
  link: readonly LinkEvidence[]
  status: TravellerStatus
  version: number
  mergedInto?: string
}

export interface PnrState {
  readonly id: string
  readonly locator: string
  readonly company: string
  readonly createdKey: string
  state: 'active' | 'cancelled'
  version: number
  versions: number
  sentAt: Instant
  sentReference: string
  content: Pnr | undefined
}

export interface LegState {
  readonly legId: string
  readonly travellers: Map<string, TravellerState>
  readonly pnrs: Map<string, PnrState>
  /** Travellers by what links them; made by `legState`, kept up by the functions here. */
  readonly index: Map<string, Set<TravellerState>>
  readonly linkables: Map<string, Linkable>
}

/** The state of one leg from what was stored of it. */
export function legState(legId: string, travellers: Iterable<TravellerState>, pnrs: Iterable<PnrState>): LegState {
  const state: LegState = {
    legId,
    travellers: new Map([...travellers].map((row) => [row.id, row])),
    pnrs: new Map([...pnrs].map((row) => [row.id, row])),
    index: new Map(),
    linkables: new Map(),
  }
  for (const row of state.travellers.values()) indexRow(state, row)
  return state
}

/** What has to be written after a report was applied. */
export interface Changes {
  /** Ids of travellers whose summary, status, link or part changed. */
  readonly travellers: Set<string>
  readonly parts: {
    readonly travellerId: string
    readonly source: 'api' | 'pnr'
    readonly version: Version<ApiTraveller | PnrTraveller>
    /** The job that read it out of the archive again. */
    readonly redecoded?: string
  }[]
  readonly pnrs: Set<string>
  readonly pnrVersions: {
    readonly pnrId: string
    readonly version: number
    readonly sentAt: Instant
    readonly transmission: string
    readonly content: Pnr
    readonly redecoded?: string
  }[]
}

export const noChanges = (): Changes => ({ travellers: new Set(), parts: [], pnrs: new Set(), pnrVersions: [] })

/** When and by what a report was sent. */
export interface Sent {
  readonly transmission: string
  readonly sentAt: Instant
  /** Orders reports of the same minute, and tells apart the messages of one transmission: interchange, part, message. */
  readonly reference: string
  /** Absent where it has just come. */
  readonly redecoded?: Redecoded
}

/** A message out of the archive, read again: what it said before is known, and what came since is not undone by it. */
export interface Redecoded {
  readonly job: string
  /** Versions of a PNR so far. */
  pnrVersions(pnrId: string): readonly Pick<Version<Pnr>, 'version' | 'transmission' | 'content'>[]
  /** What was said of a traveller by API so far. */
  apiVersions(travellerId: string): readonly Pick<Version<ApiTraveller>, 'content'>[]
  /** Whom this message, where it speaks of this person, was taken to mean before. */
  rowOf(person: ApiTraveller): string | undefined
}

const isNewer = (sentAt: Instant, reference: string, thanAt: Instant, thanReference: string): boolean =>
  sentAt > thanAt || (sentAt === thanAt && reference > thanReference)

/** Who of a leg counts, and of how many we have which data. */
export interface Headcount {
  readonly travellers: number
  readonly withApi: number
  readonly withPnr: number
  readonly crew: number
}

/** Without those who cancelled, and rows that were found to be another row's person. */
export function headcount(state: LegState): Headcount {
  const count = { travellers: 0, withApi: 0, withPnr: 0, crew: 0 }
  for (const row of state.travellers.values()) {
    if (row.mergedInto || row.status === 'cancelled') continue
    const role = row.api?.content.role ?? 'passenger'
    if (role === 'crew' || role === 'transit-crew') count.crew += 1
    if (role !== 'passenger' && role !== 'transit-passenger') continue
    count.travellers += 1
    if (row.api) count.withApi += 1
    if (row.pnr) count.withPnr += 1
  }
  return count
}

// PNR ------------------------------------------------------------------------------------------------------------------

export const createdKeyOf = (pnr: Pnr): string => (pnr.created ?? '').slice(0, 10)

/** Takes in the PNRs of one message. Each replaces what was known of it, unless what was known is newer. */
export function applyPnrs(state: LegState, pnrs: readonly Pnr[], sent: Sent, changes: Changes): void {
  const settled = new Set<string>()
  for (const [ordinal, pnr] of pnrs.entries()) applyPnr(state, pnr, ordinal, sent, changes, settled)
  mergeLinked(state, changes)
}

/** Whether the version in force is this push's own as it was read before, or confirmed by it, and now gives way. */
function isOwnReading(known: PnrState, { redecoded, transmission, sentAt, reference }: Sent): boolean {
  if (!redecoded || known.sentAt !== sentAt || known.sentReference !== reference) return false
  const versions = redecoded.pnrVersions(known.id)
  const inForce = versions.find(({ version }) => version === known.version)
  return inForce?.transmission === transmission || !versions.some((one) => one.transmission === transmission)
}

/** @param settled PNRs that this message named already */
function applyPnr(
  state: LegState,
  pnr: Pnr,
  ordinal: number,
  sent: Sent,
  changes: Changes,
  settled: Set<string>,
): void {
  const known = findPnr(state, pnr)
  if (pnr.cancelled) {
    if (known) cancelPnr(state, known, sent, changes)
    return
  }
  const id = known?.id ?? idOf(state.legId, 'pnr', pnr.locator, createdKeyOf(pnr))
  if (known && sameContent(known.content, pnr)) {
    const own = !settled.has(id) && known.state === 'cancelled' && isOwnReading(known, sent)
    settled.add(id)
    if (!own && !isNewer(sent.sentAt, sent.reference, known.sentAt, known.sentReference)) return
    known.sentAt = sent.sentAt
    known.sentReference = sent.reference
    changes.pnrs.add(id)
    if (known.state === 'active') return
    known.state = 'active'
    for (const traveller of travellersOf(state, id)) revive(traveller, changes)
    return
  }
  const own = known !== undefined && !settled.has(id) && isOwnReading(known, sent)
  settled.add(id)
  const { sentAt, transmission, redecoded } = sent
  if (!own && redecoded?.pnrVersions(id).some(({ content }) => sameContent(content, pnr))) return
  const version = (known?.versions ?? 0) + 1
  changes.pnrVersions.push({
    pnrId: id,
    version,
    sentAt,
    transmission,
    content: pnr,
    ...(redecoded && { redecoded: redecoded.job }),
  })
  const inForce = !known || own || isNewer(sent.sentAt, sent.reference, known.sentAt, known.sentReference)
  if (known) known.versions = version
  if (!inForce) {
    changes.pnrs.add(id)
    return
  }
  state.pnrs.set(id, {
    id,
    locator: pnr.locator,
    company: pnr.locators[0]?.company ?? '',
    createdKey: known?.createdKey ?? createdKeyOf(pnr),
    state: 'active',
    version,
    versions: version,
    sentAt: sent.sentAt,
    sentReference: sent.reference,
    content: pnr,
  })
  changes.pnrs.add(id)
  replaceTravellers(state, id, pnr, ordinal, sent, changes)
}

function findPnr(state: LegState, pnr: Pnr): PnrState | undefined {
  const key = createdKeyOf(pnr)
  let alike: PnrState | undefined
  for (const known of state.pnrs.values()) {
    if (known.locator !== pnr.locator) continue
    if (known.createdKey === key) return known
    if (key === '' || known.createdKey === '') alike = known
  }
  return alike
}

/** Each traveller of the new version continues his own row; rows that it no longer names are cancelled, never erased. */
function replaceTravellers(
  state: LegState,
  pnrId: string,
  pnr: Pnr,
  ordinal: number,
  sent: Sent,
  changes: Changes,
): void {
  const locators = pnr.locators.map((one) => one.locator)
  const before = new Set(travellersOf(state, pnrId).map((traveller) => traveller.id))
  for (const [index, person] of pnr.travellers.entries()) {
    const linkable = linkablePnr(person, locators)
    const found =
      bestOf(
        [...before].flatMap((id) => state.travellers.get(id) ?? []),
        (row) => (row.pnr ? samePnrTraveller(row.pnr.content, person) : []),
      ) ?? bestOf(candidates(state, linkable), (row) => (row.pnr ? [] : linkEvidence(linkable, linkableOf(state, row))))
    const row =
      found?.row ??
      newTraveller(
        state,
        idOf(state.legId, sent.transmission, sent.reference, 'pnr', String(ordinal), pnr.locator, String(index)),
      )
    before.delete(row.id)
    if (found && !row.pnr) row.link = found.evidence
    row.pnrId = pnrId
    if (!row.pnr || !sameContent(row.pnr.content, person)) {
      row.pnrVersions += 1
      row.pnr = { version: row.pnrVersions, sentAt: sent.sentAt, transmission: sent.transmission, content: person }
      changes.parts.push({ travellerId: row.id, source: 'pnr', version: row.pnr, ...again(sent) })
      touch(row, changes)
      indexRow(state, row)
    }
    // Whom a list took off the flight since, an old push read anew does not put back on it
    if (row.status === 'cancelled' && !(sent.redecoded && row.api)) revive(row, changes)
    if (row.status === 'booked' && isCheckedIn(pnr, person)) setStatus(row, 'checked-in', changes)
  }
  for (const id of before) {
    const row = state.travellers.get(id)
    if (row && !row.api) setStatus(row, 'cancelled', changes)
  }
}

const again = ({ redecoded }: Sent): { readonly redecoded?: string } => (redecoded ? { redecoded: redecoded.job } : {})

const isCheckedIn = (pnr: Pnr, person: PnrTraveller): boolean =>
  person.checkedIn === true || pnr.checkIns.some((one) => one.traveller === person.reference)

function samePnrTraveller(known: PnrTraveller, person: PnrTraveller): readonly LinkEvidence[] {
  const sameName = mayBeSameName(foldName(known), foldName(person))
  const sameReference = known.reference === person.reference
  const datesDiffer = known.birthDate && person.birthDate && known.birthDate !== person.birthDate
  return (sameName && !datesDiffer) ||
    (sameReference && sameName) ||
    (sameReference && !datesDiffer && known.kind === person.kind)
    ? sameName && sameReference
      ? ['same-pnr', 'passenger-reference']
      : ['same-pnr']
    : []
}

/** A complete full push leaves out what was cancelled: what it does not name ends, unless something newer named it. */
export function cancelAbsent(state: LegState, present: ReadonlySet<string>, sent: Sent, changes: Changes): void {
  for (const known of state.pnrs.values()) {
    if (known.state === 'active' && !present.has(known.locator)) cancelPnr(state, known, sent, changes)
  }
}

function cancelPnr(state: LegState, known: PnrState, sent: Sent, changes: Changes): void {
  if (!isNewer(sent.sentAt, sent.reference, known.sentAt, known.sentReference)) return
  known.state = 'cancelled'
  known.sentAt = sent.sentAt
  known.sentReference = sent.reference
  changes.pnrs.add(known.id)
  for (const row of travellersOf(state, known.id)) if (!row.api) setStatus(row, 'cancelled', changes)
}

// API ------------------------------------------------------------------------------------------------------------------

/** Takes in the persons of a list or change. A person missing from a later list is not thereby off the flight. */
export function applyApi(state: LegState, persons: readonly ApiTraveller[], sent: Sent, changes: Changes): void {
  const taken = new Set<string>()
  for (const [index, person] of persons.entries()) {
    const linkable = linkableApi(person)
    const own = ownRow(state, person, sent, taken)
    const found = own
      ? undefined
      : bestOf(candidates(state, linkable), (row) =>
          taken.has(row.id) ? [] : linkEvidence(linkable, linkableOf(state, row)),
        )
    const row =
      own ??
      found?.row ??
      newTraveller(state, idOf(state.legId, sent.transmission, sent.reference, 'api', String(index)))
    taken.add(row.id)
    if (found && !row.api) row.link = found.evidence
    if (sent.redecoded?.apiVersions(row.id).some(({ content }) => sameContent(content, person))) continue
    if (row.api && sameContent(row.api.content, person)) {
      if (sent.redecoded) continue
      if (sent.sentAt > row.api.sentAt && row.status === 'cancelled') setStatus(row, 'checked-in', changes)
      continue
    }
    row.apiVersions += 1
    const version = { version: row.apiVersions, sentAt: sent.sentAt, transmission: sent.transmission, content: person }
    changes.parts.push({ travellerId: row.id, source: 'api', version, ...again(sent) })
    if (row.api && !takesForce(row.api, sent)) continue
    row.api = version
    touch(row, changes)
    indexRow(state, row)
    if (row.status === 'booked' || (row.status === 'cancelled' && !sent.redecoded))
      setStatus(row, 'checked-in', changes)
  }
  mergeLinked(state, changes)
}

/** Of equal times the later arrival; read again, only what is really newer, and a message's own reading of before. */
const takesForce = (inForce: Version<ApiTraveller>, { sentAt, transmission, redecoded }: Sent): boolean =>
  redecoded ? sentAt > inForce.sentAt || inForce.transmission === transmission : sentAt >= inForce.sentAt

/** The row that this message spoke of before at the same place, wherever that was carried on. */
function ownRow(
  state: LegState,
  person: ApiTraveller,
  { redecoded }: Sent,
  taken: ReadonlySet<string>,
): TravellerState | undefined {
  const id = redecoded?.rowOf(person)
  const row = id === undefined ? undefined : state.travellers.get(id)
  const carriesOn = row?.mergedInto ? state.travellers.get(row.mergedInto) : row
  return carriesOn && !taken.has(carriesOn.id) ? carriesOn : undefined
}

/** Who of the leg a reference-only list means: by the carrier's reference, else by locator. */
export function applyReferences(
  state: LegState,
  fn: PaxlstFunction,
  persons: readonly ApiTraveller[],
  changes: Changes,
): void {
  const listed = new Set<string>()
  for (const person of persons) for (const row of rowsReferredTo(state, person)) listed.add(row.id)
  for (const row of state.travellers.values()) {
    if (row.mergedInto || row.api?.content.role === 'crew' || row.api?.content.role === 'transit-crew') continue
    const status = statusAfter(fn, listed.has(row.id), row.status)
    if (status !== row.status) setStatus(row, status, changes)
  }
}

function statusAfter(fn: PaxlstFunction, listed: boolean, now: TravellerStatus): TravellerStatus {
  if (fn === 'cancel' || fn === 'reduce') return listed ? 'cancelled' : now
  if (now === 'cancelled') return now
  if (fn === 'close-on-board') return listed ? 'boarded' : 'not-boarded'
  if (fn === 'close-not-on-board') return listed ? 'not-boarded' : 'boarded'
  if (fn === 'close') return 'boarded'
  return now
}

function rowsReferredTo(state: LegState, person: ApiTraveller): TravellerState[] {
  const rows = [...state.travellers.values()].filter((row) => !row.mergedInto)
  const reference = person.passengerReference
  if (reference) {
    const byReference = rows.filter((row) => row.api?.content.passengerReference === reference)
    if (byReference.length > 0) return byReference
  }
  const linkable = linkableApi(person)
  if (person.surname) return rows.filter((row) => linkEvidence(linkable, linkableOf(state, row)).length > 0)
  if (reference || !person.locator) return []
  return rows.filter((row) => linkableOf(state, row).locators.includes(person.locator ?? ''))
}

/** Later evidence may show that a row known by API only and one known by PNR only are one: the PNR's row carries on. */
function mergeLinked(state: LegState, changes: Changes): void {
  for (const id of [...changes.travellers]) {
    const row = state.travellers.get(id)
    if (!row || row.mergedInto || Boolean(row.api) === Boolean(row.pnr)) continue
    const linkable = linkableOf(state, row)
    const found = bestOf(candidates(state, linkable), (other) =>
      other.id !== row.id && Boolean(other.api) !== Boolean(row.api) && Boolean(other.pnr) !== Boolean(row.pnr)
        ? linkEvidence(linkable, linkableOf(state, other))
        : [],
    )
    if (found) mergeInto(state, row.pnr ? row : found.row, row.pnr ? found.row : row, found.evidence, changes)
  }
}

function mergeInto(
  state: LegState,
  keeper: TravellerState,
  gone: TravellerState,
  evidence: readonly LinkEvidence[],
  changes: Changes,
): void {
  if (!gone.api) return
  keeper.apiVersions += 1
  keeper.api = { ...gone.api, version: keeper.apiVersions }
  keeper.link = evidence
  changes.parts.push({ travellerId: keeper.id, source: 'api', version: keeper.api })
  touch(keeper, changes)
  indexRow(state, keeper)
  if (keeper.status === 'booked' || keeper.status === 'cancelled') setStatus(keeper, gone.status, changes)
  gone.mergedInto = keeper.id
  touch(gone, changes)
}

// Both ---------------------------------------------------------------------------------------------------------------

function indexRow(state: LegState, row: TravellerState): void {
  const pnr = row.pnrId ? state.pnrs.get(row.pnrId) : undefined
  const locators = pnr?.content?.locators.map((one) => one.locator) ?? (pnr ? [pnr.locator] : [])
  const linkable = together(row.api && linkableApi(row.api.content), row.pnr && linkablePnr(row.pnr.content, locators))
  state.linkables.set(row.id, linkable)
  for (const key of linkKeys(linkable)) {
    const rows = state.index.get(key)
    if (rows) rows.add(row)
    else state.index.set(key, new Set([row]))
  }
}

const linkableOf = (state: LegState, row: TravellerState): Linkable =>
  state.linkables.get(row.id) ?? together(undefined, undefined)

function candidates(state: LegState, wanted: Linkable): Set<TravellerState> {
  const found = new Set<TravellerState>()
  for (const key of linkKeys(wanted)) for (const row of state.index.get(key) ?? []) if (!row.mergedInto) found.add(row)
  return found
}

function bestOf(
  rows: Iterable<TravellerState>,
  evidenceFor: (row: TravellerState) => readonly LinkEvidence[],
): { readonly row: TravellerState; readonly evidence: readonly LinkEvidence[] } | undefined {
  let best: { row: TravellerState; evidence: readonly LinkEvidence[]; strength: number } | undefined
  for (const row of rows) {
    const evidence = evidenceFor(row)
    const strength = linkStrength(evidence)
    if (strength > 0 && (!best || strength > best.strength || (strength === best.strength && row.id < best.row.id))) {
      best = { row, evidence, strength }
    }
  }
  return best
}

/** A message that is read again may count its persons otherwise: an id that is somebody's is not given anew. */
function newTraveller(state: LegState, wanted: string): TravellerState {
  let id = wanted
  while (state.travellers.has(id)) id = idOf(id, 'again')
  const row: TravellerState = { id, apiVersions: 0, pnrVersions: 0, link: [], status: 'booked', version: 0 }
  state.travellers.set(id, row)
  return row
}

const travellersOf = (state: LegState, pnrId: string): TravellerState[] =>
  [...state.travellers.values()].filter((row) => row.pnrId === pnrId && !row.mergedInto)

function touch(row: TravellerState, changes: Changes): void {
  if (!changes.travellers.has(row.id)) row.version += 1
  changes.travellers.add(row.id)
}

function setStatus(row: TravellerState, status: TravellerStatus, changes: Changes): void {
  if (row.status === status) return
  row.status = status
  touch(row, changes)
}

const revive = (row: TravellerState, changes: Changes): void => {
  if (row.status === 'cancelled') setStatus(row, row.api ? 'checked-in' : 'booked', changes)
}
