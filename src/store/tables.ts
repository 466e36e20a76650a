/** The tables of `migrations/`, as Kysely sees them. Instants are ISO strings in UTC, dates `YYYY-MM-DD`. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Finding } from '#domain/finding.ts'
import type { ActionCode, HitSeverity, RuleWhy, WatchlistWhy } from '#domain/hit.ts'
import type { Direction } from '#domain/movement.ts'
import type { Pnr, PnrTraveller } from '#domain/pnr.ts'
import type { AgreedReplies } from '#domain/reply-profile.ts'
import type { ApiTraveller, Role, Sex } from '#domain/traveller.ts'
import type { Entry, Watchlist } from '#domain/watchlist.ts'

type Json<T> = JSONColumnType<T & object, string, string>
type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>
type Defaulted<T> = ColumnType<T, T | undefined, T>
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>

/** Which push or list told us of a leg; shown as dots on the flight board. */
export interface PushNote {
  readonly kind: 'pnr' | 'api' | 'crew' | 'close-out'
  readonly transmission: string
  readonly receivedAt: string
  readonly travellers: number
  readonly findings: number
  readonly state: TransmissionStateColumn
  /** Where a push has several parts: which it is, of which push. */
  readonly part?: { readonly push: string; readonly number: number; readonly final: boolean }
}

export type TransmissionStateColumn = 'received' | 'accepted' | 'accepted-with-findings' | 'rejected' | 'parked'
export type StatusColumn = 'booked' | 'checked-in' | 'boarded' | 'not-boarded' | 'cancelled'
export type KindColumn = 'adult' | 'child' | 'infant' | 'unaccompanied-minor' | 'unknown'

/** A PNR as `pnr_version` keeps it: whole, as pushed. */
export type PnrContent = Pnr

export interface AgencyTable {
  id: string
  name_en: string
  name_az: string
  kind: 'unit' | 'authority'
  reads_pnr: Defaulted<boolean>
}
export interface AppUserTable {
  id: string
  login: string
  name: string
  password: string
  agency: string
  roles: string[]
  disabled_at: Maybe<string>
  failed_sign_ins: Defaulted<number>
  locked_until: Maybe<string>
}
export interface SessionTable {
  token_hash: Uint8Array
  user_id: string
  purpose: Maybe<string>
  created_at: string
  seen_at: string
  expires_at: string
}
export interface CarrierTable {
  code: string
  name: string
  profile: Json<CarrierProfile>
}
export interface CarrierKeyTable {
  hash: Uint8Array
  carrier: string
  label: string
  created_at: string
  revoked_at: Maybe<string>
}
export interface DataKeyTable {
  day: string
  wrapped: Uint8Array
  created_at: Generated<string>
}
export interface LogTable {
  seq: number
  at: string
  actor: string
  agency: string
  purpose: string | null
  action: string
  screen: string | null
  subjects: string[]
  detail: Json<Record<string, string | number>>
  prev: Uint8Array
  hash: Uint8Array
}
export interface LogHeadTable {
  one: boolean
  seq: number
  hash: Uint8Array
}

export interface TransmissionTable {
  month: string
  id: string
  carrier: string
  channel: string
  received_at: string
  size: number
  digest: Uint8Array
  content_digest: Uint8Array
  sealed: Maybe<Uint8Array>
  key_day: Maybe<string>
  redactions: ColumnType<Record<string, number>, string | undefined, string>
  state: Defaulted<TransmissionStateColumn>
  duplicate_of: Maybe<string>
  type: Maybe<string>
  flight: Maybe<string>
  legs: Defaulted<string[]>
  travellers: Defaulted<number>
  findings: ColumnType<Finding[], string | undefined, string>
  finding_count: Defaulted<number>
  reply: Maybe<Uint8Array>
  reply_type: Maybe<string>
  cause: Maybe<string>
  attempts: Defaulted<number>
  decided_at: Maybe<string>
  replays: Defaulted<number>
}

export interface LegTable {
  month: string
  id: string
  carrier: string
  number: string
  suffix: Defaulted<string>
  origin: string
  destination: string
  date: string
  direction: Direction
  departs_local: Maybe<string>
  arrives_local: Maybe<string>
  departs_at: Maybe<string>
  arrives_at: Maybe<string>
  closed_at: Maybe<string>
  cancelled_at: Maybe<string>
  first_seen: string
  changed_at: string
  travellers: Defaulted<number>
  with_api: Defaulted<number>
  with_pnr: Defaulted<number>
  crew: Defaulted<number>
  pushes: ColumnType<PushNote[], string | undefined, string>
  revision: Defaulted<number>
}

export interface PrimaryDocument {
  readonly type: string
  readonly number: string
  readonly issuer?: string
  readonly expires?: string
}

export interface TravellerTable {
  month: string
  leg_id: string
  id: string
  role: Role
  kind: KindColumn
  status: StatusColumn
  surname: Maybe<string>
  given_names: Maybe<string>
  birth_date: Maybe<string>
  sex: Maybe<Sex>
  nationality: Maybe<string>
  document: OptionalJson<PrimaryDocument>
  seat: Maybe<string>
  bags: Maybe<number>
  locator: Maybe<string>
  passenger_reference: Maybe<string>
  pnr_id: Maybe<string>
  pnr_reference: Maybe<string>
  api_version: Maybe<number>
  pnr_version: Maybe<number>
  link: Defaulted<string[]>
  findings: Defaulted<number>
  merged_into: Maybe<string>
  version: number
  screened_version: Maybe<number>
  screened_epoch: Maybe<number>
  changed_at: string
}

export interface TravellerPartTable {
  month: string
  leg_id: string
  traveller_id: string
  source: 'api' | 'pnr'
  version: number
  transmission: string
  sent_at: string
  stored_at: string
  content: Json<ApiTraveller | PnrTraveller>
  redecoded_by: Maybe<string>
}
export interface DocumentTable {
  month: string
  leg_id: string
  traveller_id: string
  source: 'api' | 'pnr'
  n: number
  kind: string
  type: string
  number: string
  issuer: Maybe<string>
  expires: Maybe<string>
}
/** What a traveller is found by; `keys` are decimal numbers beyond what JavaScript counts exactly. */
export interface SearchKeyTable {
  month: string
  leg_id: string
  traveller_id: string
  source: 'api' | 'pnr'
  keys: string[]
}
export interface PnrTable {
  month: string
  leg_id: string
  id: string
  locator: string
  company: string
  created_key: string
  state: 'active' | 'cancelled'
  version: number
  sent_at: string
  sent_reference: string
}
export interface PnrVersionTable {
  month: string
  leg_id: string
  pnr_id: string
  version: number
  transmission: string
  sent_at: string
  stored_at: string
  digest: Maybe<Uint8Array>
  content: Json<PnrContent>
  redecoded_by: Maybe<string>
}
export interface PushPartTable {
  month: string
  leg_id: string
  push: string
  part: number
  final: boolean
  declared_total: Maybe<number>
  is_full: boolean
  sent_at: string
  locators: string[]
}

export interface HitTable {
  month: string
  leg_id: string
  id: string
  traveller_id: string
  cause: string
  kind: 'watchlist' | 'rule'
  source: string
  entry: Maybe<string>
  version: number
  owner: string
  severity: HitSeverity
  action: ActionCode
  score: number
  evidence_count: number
  title_en: string
  title_az: string
  why: Json<WatchlistWhy | RuleWhy>
  first_seen: string
  last_true: string
  now_false_since: Maybe<string>
  disposition_id: Maybe<string>
}
export interface HitEventTable {
  month: string
  leg_id: string
  hit_id: string
  n: number
  at: string
  kind: 'raised' | 'changed' | 'now-false' | 'true-again'
  transmission: Maybe<string>
  epoch: number
  found: OptionalJson<object>
}
export interface ReviewTable {
  month: string
  leg_id: string
  traveller_id: string
  owner: string
  claimed_by: Maybe<string>
  claimed_until: Maybe<string>
}
export interface DispositionTable {
  month: string
  leg_id: string
  id: string
  hit_id: string
  outcome: 'confirmed' | 'not-the-person' | 'no-further-action' | 'needs-more-data'
  reason: string
  note: Maybe<string>
  by_user: string
  by_agency: string
  at: string
  undone_at: Maybe<string>
}
/** What a recipient may see of a person: made by `protection/minimise.ts`, kept as it was sent. */
export interface ReferredPerson {
  readonly surname?: string
  readonly givenNames?: string
  readonly birthDate?: string
  readonly sex?: Sex
  readonly nationality?: string
  readonly document?: string
  readonly seat?: string
  readonly bags?: number
}
export interface ReferralTable {
  month: string
  leg_id: string
  id: string
  traveller_id: string
  hits: string[]
  disposition_id: string
  disposition_outcome: Defaulted<'confirmed'>
  to_agency: string
  from_agency: string
  action: ActionCode
  severity: HitSeverity
  reasons: string[]
  person: Json<ReferredPerson>
  purpose: string
  by_user: string
  sent_at: string
  due_at: Maybe<string>
  seen_at: Maybe<string>
  recalled_at: Maybe<string>
}
export interface ReferralOutcomeTable {
  month: string
  leg_id: string
  referral_id: string
  key: string
  code: 'found' | 'not-found' | 'no-show' | 'seized' | 'other'
  count: Maybe<number>
  note: Maybe<string>
  by_user: string
  at: string
}

export interface EpochTable {
  kind: 'watchlist' | 'rule'
  value: number
}
export interface WatchlistTable {
  id: string
  name: string
  owner: string
  purpose: string
  legal_basis: string
  severity: HitSeverity
  action: ActionCode
  thresholds: Json<Watchlist['thresholds']>
  version: Defaulted<number>
  changed_at: string
}
export interface EntryTable {
  list: string
  id: string
  version: number
  content: Json<Entry>
  removed_at: Maybe<string>
  epoch: number
}
export interface EntryVersionTable {
  list: string
  id: string
  version: number
  content: OptionalJson<Entry>
  proposed_by: string
  approved_by: string
  at: string
}
export interface ProposalTable {
  id: string
  list: string
  content: Json<object>
  by_user: string
  at: string
  decided_by: Maybe<string>
  decided_at: Maybe<string>
  approved: Maybe<boolean>
}
export interface RuleTable {
  id: string
  owner: string
  version: number
  state: 'live' | 'paused'
  paused_by: Maybe<string>
  changed_at: string
}
export interface RuleVersionTable {
  rule: string
  version: number
  content: Json<object>
  author: string
  approved_by: string
  at: string
}
export interface RescreenTable {
  id: string
  cause: string
  epoch: number
  started_at: string
  finished_at: Maybe<string>
  done: Defaulted<number>
  total: Defaulted<number>
  hits_raised: Defaulted<number>
  after_leg: Defaulted<string>
}

/** How a carrier sends and what it is answered. */
export interface CarrierProfile {
  /** Answer PAXLST by CUSRES; else by a receipt. */
  readonly cusres?: boolean
  /** Answer a traveller with missing data by `4Z`, which a carrier reads as "not yet"; agreed with the carrier first. */
  readonly asksForMissingData?: boolean
  readonly icao?: string
  /** Report on the syntax of each interchange by CONTRL: only where something is rejected, or always; never unless told. */
  readonly contrl?: 'never' | 'on-error' | 'always'
  /** Errors of CUSRES as numbers in ERC; else ERC says "rejected" or "incomplete", and the numbers stand in its text. */
  readonly errorNumbers?: boolean
  /** Codes that were agreed with the carrier, where they are not the usual ones. */
  readonly replies?: AgreedReplies
}

export interface WorkTable {
  id: string
  lane: string
  spread: Defaulted<number>
  urgency: number
  size: number
  arrived_at: Defaulted<string>
  due_at: Defaulted<string>
  taken_by: Maybe<string>
  taken_at: Maybe<string>
  tries: Defaulted<number>
  deaths: Defaulted<number>
}
export interface WorkerTable {
  id: string
  n: Generated<number>
  host: string
  pid: number
  version: string
  started_at: Defaulted<string>
  seen_at: Defaulted<string>
}

/** Which part of the archive a job goes through, and whether it changes anything. */
export interface RedecodeQuestion {
  /** Received from, and before. */
  readonly since?: string
  readonly until?: string
  readonly carrier?: string
  /** `PNRGOV`, `PAXLST` … */
  readonly type?: string
  readonly apply: boolean
}

export type JobState = 'waiting' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'

export interface JobTable {
  id: string
  kind: 'redecode'
  question: Json<RedecodeQuestion>
  state: Defaulted<JobState>
  cursor: Defaulted<string>
  done: Defaulted<number>
  total: Defaulted<number>
  changed: Defaulted<number>
  unreadable: Defaulted<number>
  findings_before: Defaulted<number>
  findings_after: Defaulted<number>
  started_by: string
  created_at: string
  started_at: Maybe<string>
  ended_at: Maybe<string>
  cause: Maybe<string>
  taken_by: Maybe<string>
  seen_at: Maybe<string>
}
export interface JobChangeTable {
  job: string
  transmission: string
  travellers: number
  pnrs: number
  findings_before: number
  findings_after: number
}

export interface Tables {
  agency: AgencyTable
  app_user: AppUserTable
  session: SessionTable
  carrier: CarrierTable
  carrier_key: CarrierKeyTable
  data_key: DataKeyTable
  log: LogTable
  log_head: LogHeadTable
  transmission: TransmissionTable
  leg: LegTable
  traveller: TravellerTable
  traveller_part: TravellerPartTable
  document: DocumentTable
  search_key: SearchKeyTable
  pnr: PnrTable
  pnr_version: PnrVersionTable
  push_part: PushPartTable
  hit: HitTable
  hit_event: HitEventTable
  review: ReviewTable
  disposition: DispositionTable
  referral: ReferralTable
  referral_outcome: ReferralOutcomeTable
  epoch: EpochTable
  watchlist: WatchlistTable
  entry: EntryTable
  entry_version: EntryVersionTable
  proposal: ProposalTable
  rule: RuleTable
  rule_version: RuleVersionTable
  rescreen: RescreenTable
  job: JobTable
  job_change: JobChangeTable
  work: WorkTable
  worker: WorkerTable
}
