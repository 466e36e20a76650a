/**
 * What the console and the server say to each other: every answer's shape, and nothing else. JSON over `/v1`; cookies
 * hold the session; every changing request carries the header `x-preclear: console`, every request `x-preclear-idle`:
 * seconds since somebody touched the page (from 60 on it keeps no session alive). A refusal is a `Refusal` with a
 * status of 4xx; whatever one may not see answers 404, like what does not exist. Instants are UTC; local times carry
 * their airport's zone beside them.
 */
import type { DispositionOutcome } from '#domain/disposition.ts'
import type { Severity } from '#domain/finding.ts'
import type { ActionCode, EvidenceClass, HitSeverity, RuleWhy, WatchlistWhy } from '#domain/hit.ts'
import type { Direction } from '#domain/movement.ts'
import type { RoleName } from '#domain/officer.ts'
import type { Role, Sex } from '#domain/traveller.ts'

export interface Refusal {
  /** A key of the console's catalogue: `session.wrong`, `claim.taken`, `purpose.missing`, `not.found` … */
  readonly code: string
  /** Quote this to the people who run the system. */
  readonly correlation: string
  readonly args?: Readonly<Record<string, string | number>>
}

export type { RoleName } from '#domain/officer.ts'

/** What a signed-in person may do here; the console shows only what these allow. */
export type Permission =
  | 'flights.read'
  | 'manifest.read'
  | 'traveller.read'
  | 'traveller.find'
  | 'queue.work'
  | 'referral.send'
  | 'referral.receive'
  | 'watchlist.read'
  | 'watchlist.propose'
  | 'watchlist.approve'
  | 'rule.read'
  | 'rule.pause'
  | 'messages.read'
  | 'messages.replay'
  | 'jobs.run'
  | 'log.read'
  | 'users.read'

export interface PurposeView {
  readonly id: string
  readonly label: { readonly en: string; readonly az: string }
  readonly legalBasis: string
}

export interface AgencyView {
  readonly id: string
  readonly name: { readonly en: string; readonly az: string }
}

/** GET /v1/session · POST /v1/session {login, password} · PUT /v1/session/purpose {purpose} · DELETE /v1/session */
export interface SessionView {
  readonly user: { readonly id: string; readonly login: string; readonly name: string }
  readonly agency: AgencyView
  readonly roles: readonly RoleName[]
  readonly permissions: readonly Permission[]
  /** Chosen after sign-in; without one no page with personal data opens. */
  readonly purpose?: PurposeView
  readonly purposes: readonly PurposeView[]
  readonly environment: 'demo' | 'training' | 'production'
  readonly legalBasis: string
  readonly expiresAt: string
  /** What a simulated site takes for now; absent on a real one. */
  readonly simulatedNow?: string
  readonly simulatedSpeed?: number
}

/** GET /v1/site: what the sign-in page may show to anybody. */
export interface SiteView {
  readonly environment: 'demo' | 'training' | 'production'
  readonly version: string
  /** Only in a demo: accounts that anybody may try. */
  readonly demoAccounts?: readonly {
    readonly login: string
    readonly password: string
    readonly role: RoleName
    readonly agency: AgencyView
  }[]
}

export interface AirportView {
  readonly code: string
  readonly city: string
  readonly zone: string
}

export interface FlightView {
  readonly id: string
  /** `Q0 812` */
  readonly flight: string
  readonly carrier: string
  readonly carrierName?: string
  readonly from: AirportView
  readonly to: AirportView
  readonly direction: Direction
  readonly departsLocal?: string
  readonly arrivesLocal?: string
  readonly departsAt?: string
  readonly arrivesAt?: string
  readonly status: 'expected' | 'closed' | 'departed' | 'arrived' | 'cancelled'
  /** The next moment at which somebody can act, and its name. */
  readonly controlPoint?: { readonly kind: 'door-close' | 'landing' | 'desk'; readonly at: string }
}

/** One push or list that came, or should have come. */
export interface PushView {
  readonly kind: 'pnr' | 'api' | 'crew' | 'close-out'
  readonly transmission: string
  readonly receivedAt: string
  readonly state: TransmissionState
  /** Hours before departure, rounded to a quarter. */
  readonly hoursBefore?: number
  readonly travellers: number
  readonly findings: number
}

export interface FlightRow extends FlightView {
  readonly travellers: number
  readonly withApi: number
  readonly withPnr: number
  readonly crew: number
  readonly pushes: readonly Pick<PushView, 'kind' | 'hoursBefore' | 'state'>[]
  /** Pushes of several parts of which some did not come in time. */
  readonly incompletePushes?: number
  /** Only hits of the acting agency's own queue. */
  readonly hits: { readonly open: number; readonly decided: number; readonly highest?: HitSeverity }
  readonly referrals: number
}

/** GET /v1/flights?from&to&direction&airport&text&with=hits|no-data&after (from/to: instants; default −6 h … +48 h) */
export interface FlightBoard {
  readonly asOf: string
  readonly flights: readonly FlightRow[]
  readonly total: number
  readonly next?: string
}

export interface ManifestRow {
  readonly id: string
  readonly role: Role
  readonly surname?: string
  readonly givenNames?: string
  readonly birthDate?: string
  readonly sex?: Sex
  readonly nationality?: string
  readonly document?: {
    readonly type: string
    readonly number: string
    readonly issuer?: string
    readonly expires?: string
  }
  readonly seat?: string
  readonly bags?: number
  readonly locator?: string
  readonly kind: 'adult' | 'child' | 'infant' | 'unaccompanied-minor' | 'unknown'
  readonly status: TravellerStatus
  readonly sources: readonly ('api' | 'pnr')[]
  readonly findings: number
  readonly hits: { readonly open: number; readonly highest?: HitSeverity }
  readonly referrals: number
}

export type TravellerStatus = 'booked' | 'checked-in' | 'boarded' | 'not-boarded' | 'cancelled'

/** GET /v1/flights/:leg/manifest — needs a purpose; logged. */
export interface Manifest {
  readonly flight: FlightView
  readonly travellers: readonly ManifestRow[]
  readonly pushes: readonly PushView[]
  readonly groups: readonly { readonly locator: string; readonly travellers: readonly string[] }[]
}

export type FindKind = 'name' | 'document' | 'phone' | 'email' | 'locator' | 'ticket' | 'card'

/**
 * POST /v1/find {kind, text, birthDate?, wide?, from?, to?, after?}: travellers by one thing that is known of them — needs a
 * purpose; logged, without the text. `wide`: a name with slips of the hand too, also where it is found without. Months are `2026-06`; a year back and three months ahead unless told.
 */
export interface FoundTravellers {
  /** The most alike first, then the latest. */
  readonly rows: readonly FoundRow[]
  readonly total: number
  /** There are more than were ranked. */
  readonly capped: boolean
  readonly months: { readonly from: string; readonly to: string }
  readonly next?: string
}

export interface FoundRow {
  readonly leg: string
  readonly traveller: string
  readonly flight: FlightView
  readonly status: TravellerStatus
  readonly sources: readonly ('api' | 'pnr')[]
  /** Of a name: letter by letter, spelt otherwise, or with a slip of the hand. */
  readonly likeness: 'same' | 'spelling' | 'slip'
  readonly surname?: string
  readonly givenNames?: string
  readonly birthDate?: string
  readonly age?: number
  readonly nationality?: string
  readonly document?: string
  readonly locator?: string
}

/** GET /v1/messages/:id/content?at&from&find: a message, segment by segment. */
export interface MessageContent {
  readonly id: string
  readonly carrier: string
  readonly type: string
  readonly receivedAt: string
  readonly format: 'edifact' | 'xml'
  /** Everything is shown; else only what speaks of travellers whom the agency may see. */
  readonly whole: boolean
  /** Rows that may be seen, the first of this page (from 0), and how many a page has. */
  readonly rows: number
  readonly from: number
  readonly pageSize: number
  /** Number of the row that was asked for. */
  readonly found?: number
  readonly lines: readonly {
    readonly number: number
    readonly tag: string
    readonly byte: number
    readonly depth: number
    readonly name?: { readonly en: string; readonly az: string }
    /** Values have a place; the signs between them do not. */
    readonly pieces: readonly {
      readonly text: string
      readonly element?: number
      readonly component?: number
      readonly from?: number
      readonly to?: number
      readonly name?: { readonly en: string; readonly az: string }
    }[]
  }[]
  readonly findings: readonly (FindingView & { readonly row: number })[]
  readonly travellers: readonly {
    readonly leg: string
    readonly id: string
    readonly name: string
    readonly rows: readonly number[]
  }[]
}

/** Where a value came from; opens GET /v1/flights/:leg/travellers/:id/source/:transmission?start&end */
export interface SourceRef {
  readonly transmission: string
  readonly start: number
  readonly end: number
}

export interface CompareCell {
  /** Absent: the sender did not supply it. */
  readonly value?: string
  readonly source?: SourceRef
}

export interface CompareRow {
  /** A key of the console's catalogue: `surname`, `givenNames`, `birthDate`, `document.number` … */
  readonly field: string
  readonly api: CompareCell
  readonly pnr: CompareCell
  /** `spelling`: the same after transliteration, by the rule named in `rule`. */
  readonly verdict: 'same' | 'spelling' | 'differs' | 'only-api' | 'only-pnr' | 'neither'
  readonly rule?: string
}

export interface HitView {
  readonly id: string
  readonly kind: 'watchlist' | 'rule'
  readonly title: string
  /** The same in the console's languages; `title` is the English one. */
  readonly titles: { readonly en: string; readonly az: string }
  readonly owner: AgencyView
  readonly severity: HitSeverity
  readonly action: ActionCode
  readonly score: number
  readonly evidence?: EvidenceClass
  readonly evidenceCount: number
  readonly why: WatchlistWhy | RuleWhy
  readonly reason?: string
  readonly listVersion?: number
  readonly version: number
  readonly firstSeen: string
  readonly lastTrue: string
  /** Set when a later message, list or rule no longer gives this hit; it is never erased. */
  readonly nowFalseSince?: string
  readonly disposition?: DispositionView
}

export { DISPOSITION_REASONS, type DispositionOutcome } from '#domain/disposition.ts'

export interface DispositionView {
  readonly id: string
  readonly outcome: DispositionOutcome
  readonly reason: string
  readonly note?: string
  readonly by: string
  readonly at: string
  /** Until then its author may undo it. */
  readonly undoUntil?: string
}

export interface ItineraryRow {
  readonly kind: 'flight' | 'surface' | 'open' | 'hotel' | 'car' | 'other'
  readonly flight?: string
  readonly operating?: string
  readonly from?: AirportView
  readonly to?: AirportView
  readonly departsLocal?: string
  readonly arrivesLocal?: string
  readonly departsAt?: string
  readonly arrivesAt?: string
  readonly status?: string
  readonly bookingClass?: string
  readonly isThisFlight: boolean
}

/** GET /v1/flights/:leg/travellers/:id — needs a purpose; logged. */
export interface Dossier {
  readonly id: string
  readonly flight: FlightView
  readonly role: Role
  readonly kind: ManifestRow['kind']
  readonly status: TravellerStatus
  readonly surname?: string
  readonly givenNames?: string
  readonly birthDate?: string
  readonly age?: number
  readonly sex?: Sex
  readonly nationality?: string
  readonly residence?: string
  readonly seat?: string
  readonly verified?: boolean
  readonly crewDuty?: string
  /** Why API and PNR were taken for one traveller: keys of the catalogue, e.g. `document`, `locator+name`, `name+birth-date`. */
  readonly link?: { readonly evidence: readonly string[] }
  readonly compare: readonly CompareRow[]
  readonly documents: readonly {
    readonly kind: string
    readonly type: string
    readonly number: string
    readonly issuer?: string
    readonly expires?: string
    readonly sources: readonly ('api' | 'pnr')[]
    readonly source?: SourceRef
  }[]
  readonly itinerary: readonly ItineraryRow[]
  readonly booking?: {
    readonly locator: string
    readonly locators: readonly { readonly company: string; readonly locator: string }[]
    readonly created?: string
    readonly changed?: string
    readonly ticketed?: string
    readonly cancelled: boolean
    readonly groupName?: string
    readonly numberOfTravellers: number
    readonly companions: readonly { readonly id?: string; readonly name: string; readonly kind: ManifestRow['kind'] }[]
    readonly agency?: Readonly<Record<string, string>>
    readonly tickets: readonly {
      readonly number: string
      readonly issued?: string
      readonly total?: string
      readonly fareBasis?: string
    }[]
    readonly payments: readonly {
      readonly form: string
      readonly amount?: string
      readonly card?: string
      readonly payer?: string
      readonly source?: SourceRef
    }[]
    readonly splitWith: readonly string[]
    readonly ssrs: readonly { readonly code: string; readonly text?: string; readonly status?: string }[]
    readonly remarks: readonly { readonly kind: string; readonly text: string }[]
    readonly history: readonly { readonly at?: string; readonly action: string; readonly text: string }[]
    /** Versions of this PNR as pushed, newest first, each with what changed since the one before. */
    readonly versions: readonly {
      readonly version: number
      readonly receivedAt: string
      readonly transmission: string
      /** `key`, `key:count`: `cancelled`, `itinerary:1` (changed), `travellers+:2` (added), `contacts-:1` (gone), `agency`. */
      readonly changes: readonly string[]
    }[]
  }
  readonly contacts: readonly {
    readonly kind: string
    readonly value: string
    readonly sources: readonly ('api' | 'pnr')[]
    readonly source?: SourceRef
  }[]
  readonly addresses: readonly { readonly kind: string; readonly text: string; readonly source: 'api' | 'pnr' }[]
  readonly frequentFlyers: readonly { readonly carrier: string; readonly number: string; readonly level?: string }[]
  readonly baggage: { readonly count?: number; readonly weightKg?: number; readonly tags: readonly string[] }
  readonly findings: readonly FindingView[]
  readonly hits: readonly HitView[]
  readonly referrals: readonly ReferralRow[]
  readonly review?: ReviewState
  /** Who opened this traveller, newest first: the last twenty. */
  readonly seenBy: readonly {
    readonly name: string
    readonly agency: string
    readonly at: string
    readonly purpose: string
    readonly screen: string
  }[]
}

export interface FindingView {
  readonly severity: Severity
  readonly code: string
  readonly sentence: { readonly en: string; readonly az: string }
  readonly line: number
  readonly byte: number
  readonly segment: number
  readonly detail: string
}

/** GET …/source/:transmission — the redacted bytes around a value, line by line. Logged. */
export interface SourceView {
  readonly transmission: string
  readonly carrier: string
  readonly type: string
  readonly receivedAt: string
  /** Segments around the value, each with its number and byte; the value stands at [from, to) of `text` where given. */
  readonly segments: readonly {
    readonly number: number
    readonly byte: number
    readonly text: string
    readonly mark?: readonly [from: number, to: number]
  }[]
}

export interface ReviewState {
  readonly claimedBy?: { readonly id: string; readonly name: string }
  readonly claimedUntil?: string
  readonly mine: boolean
  readonly open: boolean
}

export interface QueueRow {
  readonly leg: string
  readonly traveller: string
  readonly flight: FlightView
  readonly surname?: string
  readonly givenNames?: string
  readonly age?: number
  readonly nationality?: string
  readonly severity: HitSeverity
  readonly hits: readonly {
    readonly id: string
    readonly kind: 'watchlist' | 'rule'
    readonly title: string
    readonly titles: { readonly en: string; readonly az: string }
    readonly score: number
  }[]
  readonly groupSize: number
  readonly sources: readonly ('api' | 'pnr')[]
  readonly review: ReviewState
  readonly changedAt: string
  readonly priority: number
}

/** GET /v1/queue?view=open|mine|decided&after — needs a purpose; logged. Most urgent first: minutes left × severity. */
export interface Queue {
  readonly asOf: string
  readonly rows: readonly QueueRow[]
  readonly counts: {
    readonly dueWithinHour: number
    readonly unclaimed: number
    readonly mine: number
    readonly open: number
  }
  readonly next?: string
}

/** POST /v1/queue/take-next → the row that is now mine, or 404 `queue.empty`. */
export interface Taken {
  readonly leg: string
  readonly traveller: string
  readonly claimedUntil: string
}
// POST /v1/queue/:leg/:traveller/claim → ReviewState (409 `claim.taken`); again: heartbeat. DELETE …/claim → ReviewState.

/** POST /v1/queue/:leg/:traveller/disposition → ReviewState. Needs the claim. */
export interface DispositionRequest {
  readonly hits: readonly string[]
  readonly outcome: DispositionOutcome
  readonly reason: string
  readonly note?: string
}
// POST /v1/queue/:leg/:traveller/undo → ReviewState: takes back one's own dispositions of the last ten minutes, if nothing was referred on them.

/** GET /v1/agencies/recipients */
export interface Recipients {
  readonly agencies: readonly (AgencyView & { readonly actions: readonly ActionCode[] })[]
}

/** POST /v1/queue/:leg/:traveller/referral?preview=true gives the same answer and sends nothing. Needs a confirmed disposition. */
export interface ReferralRequest {
  readonly to: string
  readonly action: ActionCode
  /** What the officer is told, in the sender's words; at most 500 characters. */
  readonly reason: string
  readonly hits: readonly string[]
}

export type ReferralState = 'sent' | 'seen' | 'done' | 'recalled'
export type OutcomeCode = 'found' | 'not-found' | 'no-show' | 'seized' | 'other'

export interface ReferralRow {
  readonly id: string
  readonly flight: FlightView
  readonly to: AgencyView
  readonly from: AgencyView
  readonly action: ActionCode
  readonly severity: HitSeverity
  readonly state: ReferralState
  readonly sentAt: string
  readonly dueAt?: string
  /** Only what this recipient may see. */
  readonly person: {
    readonly surname?: string
    readonly givenNames?: string
    readonly birthDate?: string
    readonly sex?: Sex
    readonly nationality?: string
    readonly document?: string
    readonly seat?: string
    readonly bags?: number
  }
  readonly reasons: readonly string[]
  /** The latest. */
  readonly outcome?: OutcomeView
  /** All that were told, oldest first: two that differ are both kept, for people to settle. */
  readonly outcomes: readonly OutcomeView[]
}

export interface OutcomeView {
  readonly code: OutcomeCode
  readonly count?: number
  readonly note?: string
  readonly by: string
  readonly at: string
}

/** GET /v1/referrals?state=open|done — the acting agency's own; needs a purpose; logged. GET /v1/referrals/:id → ReferralRow (marks it seen). */
export interface Referrals {
  readonly asOf: string
  readonly rows: readonly ReferralRow[]
  readonly nextDueAt?: string
}

/** POST /v1/referrals/:id/outcome → ReferralRow. `key` makes a repeated sending harmless. */
export interface OutcomeRequest {
  readonly key: string
  readonly code: OutcomeCode
  readonly count?: number
  readonly note?: string
}

export type TransmissionState = 'received' | 'accepted' | 'accepted-with-findings' | 'rejected' | 'parked'

export interface TransmissionRow {
  readonly id: string
  readonly carrier: string
  readonly receivedAt: string
  readonly channel: string
  readonly type?: string
  readonly state: TransmissionState
  readonly size: number
  readonly flight?: string
  readonly travellers: number
  readonly findings: number
  readonly redacted: number
  readonly duplicateOf?: string
  readonly cause?: string
  /** How often it was put back after it had been parked. */
  readonly replays?: number
}

/** GET /v1/messages?carrier&state&cause&ids&after (ids: by comma, 100 at most) — no personal data. GET /v1/messages/:id → with findings and the reply. */
export interface Messages {
  readonly rows: readonly TransmissionRow[]
  readonly counts: readonly { readonly carrier: string; readonly state: TransmissionState; readonly count: number }[]
  readonly next?: string
}

/** GET /v1/messages/parked?carrier — what was put aside through our fault, by its cause. */
export interface ParkedView {
  readonly groups: readonly {
    readonly cause: string
    readonly count: number
    readonly oldest: string
    readonly newest: string
    readonly carriers: readonly string[]
  }[]
}

/** POST /v1/messages/replay: these; or all with this cause, of this carrier; a step at a time, from `next` on. */
export interface ReplayRequest {
  readonly ids?: readonly string[]
  readonly all?: true
  readonly cause?: string
  readonly carrier?: string
  readonly after?: string
}

export interface ReplayView {
  /** Those that wait to be settled again; what was not parked any more is left out. */
  readonly replayed: readonly string[]
  readonly next?: string
}

/** GET /v1/jobs · POST /v1/jobs {since, until, carrier, type, apply} · POST /v1/jobs/:id/pause|resume|cancel — reads the archive again. */
export interface JobView {
  readonly id: string
  readonly question: {
    readonly since?: string
    readonly until?: string
    readonly carrier?: string
    readonly type?: string
    readonly apply: boolean
  }
  readonly state: 'waiting' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'
  readonly done: number
  readonly total: number
  /** Messages that were, or would be, changed. */
  readonly changed: number
  readonly unreadable: number
  readonly findingsBefore: number
  readonly findingsAfter: number
  readonly createdAt: string
  readonly startedAt?: string
  readonly endedAt?: string
  readonly cause?: string
}

export interface MessageDetail extends TransmissionRow {
  readonly findingList: readonly FindingView[]
  readonly reply?: string
  readonly redactions: Readonly<Record<string, number>>
}

/** GET /v1/watchlists · GET /v1/watchlists/:id/entries?text&after · POST …/entries (proposes) · POST /v1/proposals/:id/approve|reject */
export interface WatchlistView {
  readonly id: string
  readonly name: string
  readonly owner: AgencyView
  readonly purpose: string
  readonly legalBasis: string
  readonly severity: HitSeverity
  readonly action: ActionCode
  readonly entries: number
  readonly pending: number
  readonly version: number
  readonly changedAt: string
}

export interface EntryView {
  readonly id: string
  readonly version: number
  readonly names: readonly string[]
  readonly birthDates: readonly string[]
  readonly sex?: Sex
  readonly nationalities: readonly string[]
  readonly documents: readonly string[]
  readonly reason?: string
}

export interface EntryProposal {
  /** Absent: a new entry. */
  readonly entry?: string
  readonly remove?: boolean
  readonly surname?: string
  readonly givenNames?: string
  readonly birthDate?: string
  readonly sex?: Sex
  readonly nationality?: string
  readonly document?: { readonly number: string; readonly issuer?: string }
  readonly reason: string
}

export interface ProposalView {
  readonly id: string
  readonly watchlist: string
  readonly by: string
  readonly at: string
  readonly mine: boolean
  readonly content: EntryProposal
}

/** GET /v1/watchlists/:id */
export interface WatchlistDetail extends WatchlistView {
  readonly items: readonly EntryView[]
  readonly proposals: readonly ProposalView[]
  readonly next?: string
}

/** GET /v1/rules · POST /v1/rules/:id/pause|resume (resume by another person than who paused). */
export interface RuleRow {
  readonly id: string
  readonly version: number
  readonly title: { readonly en: string; readonly az: string }
  readonly owner: AgencyView
  readonly sentence: { readonly en: string; readonly az: string }
  readonly severity: HitSeverity
  readonly action: ActionCode
  readonly state: 'live' | 'paused'
  readonly purpose: string
  readonly hits: number
  readonly pausedBy?: string
}

/** GET /v1/rescreens: what a change of list or rule set going. */
export interface RescreenView {
  readonly id: string
  readonly cause: string
  readonly startedAt: string
  readonly finishedAt?: string
  readonly done: number
  readonly total: number
  readonly hitsRaised: number
}

/** GET /v1/log?person&action&after — for the data-protection officer: who saw whom, why, when, through which screen. */
export interface LogPage {
  readonly rows: readonly {
    readonly seq: number
    readonly at: string
    readonly actor: string
    readonly agency: string
    readonly purpose?: string
    readonly action: string
    readonly screen?: string
    readonly subjects: number
    readonly detail: Readonly<Record<string, string | number>>
  }[]
  readonly verified: { readonly ok: boolean; readonly upTo: number; readonly head: string }
  readonly next?: string
}

/** GET /v1/events (server-sent): `data` is one of these; it never holds personal data. */
export type LiveEvent =
  | { readonly kind: 'flights'; readonly legs: readonly string[] }
  | { readonly kind: 'queue'; readonly urgent: number }
  | { readonly kind: 'referrals' }
  | { readonly kind: 'messages' }
  | { readonly kind: 'rescreen'; readonly id: string; readonly done: number; readonly total: number }
  | { readonly kind: 'clock'; readonly now: string; readonly speed: number }
