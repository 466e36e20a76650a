/** The columns that hold personal data, table by table; what is not named here must be listed as holding none. */
import type { FieldName } from './fields.ts'

type Register = Readonly<Record<string, Readonly<Record<string, FieldName>>>>

export const COLUMNS = {
  transmission: { sealed: 'whole', reply: 'whole' },
  traveller: {
    role: 'role',
    kind: 'kind',
    status: 'status',
    surname: 'surname',
    given_names: 'givenNames',
    birth_date: 'birthDate',
    sex: 'sex',
    nationality: 'nationality',
    document: 'document',
    seat: 'seat',
    bags: 'baggage',
    locator: 'locator',
    passenger_reference: 'reference',
    pnr_reference: 'reference',
    link: 'link',
  },
  traveller_part: { content: 'whole' },
  document: { kind: 'document', type: 'document', number: 'document', issuer: 'document', expires: 'document' },
  search_key: { keys: 'searchKey' },
  pnr: { locator: 'locator', company: 'locator', created_key: 'booked', state: 'status' },
  pnr_version: { content: 'whole' },
  push_part: { locators: 'locator' },
  hit: { why: 'hit', entry: 'hit', cause: 'hit', score: 'hit', severity: 'hit', action: 'hit' },
  hit_event: { found: 'hit' },
  disposition: { outcome: 'decision', reason: 'decision', note: 'decisionNote' },
  referral: { person: 'referred', reasons: 'decisionNote', action: 'decision', severity: 'hit', purpose: 'decision' },
  referral_outcome: { code: 'decision', count: 'decision', note: 'decisionNote' },
  entry: { content: 'entry' },
  entry_version: { content: 'entry' },
  proposal: { content: 'entry' },
} as const satisfies Register

/** Keys, versions, counts and times of our own doing in the tables above: they say nothing of a person by themselves. */
export const NOT_PERSONAL = {
  transmission:
    'month id carrier channel received_at size digest content_digest key_day redactions state duplicate_of type flight legs travellers findings finding_count reply_type cause attempts decided_at replays',
  traveller:
    'month leg_id id pnr_id api_version pnr_version findings merged_into version screened_version screened_epoch changed_at',
  traveller_part: 'month leg_id traveller_id source version transmission sent_at stored_at redecoded_by',
  document: 'month leg_id traveller_id source n',
  search_key: 'month leg_id traveller_id source',
  pnr: 'month leg_id id version sent_at sent_reference',
  pnr_version: 'month leg_id pnr_id version transmission sent_at stored_at digest redecoded_by',
  push_part: 'month leg_id push part final declared_total is_full sent_at',
  hit: 'month leg_id id traveller_id kind source version owner evidence_count title_en title_az first_seen last_true now_false_since disposition_id',
  hit_event: 'month leg_id hit_id n at kind transmission epoch',
  disposition: 'month leg_id id hit_id by_user by_agency at undone_at',
  referral:
    'month leg_id id traveller_id hits disposition_id disposition_outcome to_agency from_agency by_user sent_at due_at seen_at recalled_at',
  referral_outcome: 'month leg_id referral_id key by_user at',
  entry: 'list id version removed_at epoch',
  entry_version: 'list id version proposed_by approved_by at',
  proposal: 'id list by_user at decided_by decided_at approved',
} as const satisfies Readonly<Record<keyof typeof COLUMNS, string>>

/** Tables about flights, our own people and our own work: no traveller is in them, but for ids in the log. */
export const TABLES_WITHOUT_TRAVELLERS: readonly string[] = [
  'agency',
  'app_user',
  'session',
  'carrier',
  'carrier_key',
  'data_key',
  'log',
  'log_head',
  'leg',
  'review',
  'epoch',
  'watchlist',
  'rule',
  'rule_version',
  'rescreen',
  'job',
  'job_change',
  'work',
  'worker',
  'migration',
]
