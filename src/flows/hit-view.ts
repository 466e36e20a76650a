/** A hit as an officer reads it: what was found, why, and what somebody decided on it. */
import type { RuleWhy, WatchlistWhy } from '#domain/hit.ts'
import { given } from '#lib/given.ts'
import { epochMs, type Instant } from '#lib/time.ts'
import { after, mayUndo, UNDO_MINUTES } from '#review/hit-life.ts'
import { fieldById } from '#screening/rules/fields.ts'
import { type Agencies, agencyView } from '#store/agencies.ts'
import type { HitRow } from '#store/dossier.ts'

export interface HitContext {
  readonly agencies: Agencies
  readonly names: ReadonlyMap<string, string>
  readonly officer: string
  readonly now: Instant
  readonly readsPnr: boolean
}

export function hitView(hit: HitRow, context: HitContext) {
  const list = hit.why.kind === 'watchlist' ? hit.why : undefined
  return {
    id: hit.id,
    kind: hit.kind,
    title: hit.title_en,
    titles: { en: hit.title_en, az: hit.title_az },
    owner: agencyView(context.agencies, hit.owner),
    severity: hit.severity,
    action: hit.action,
    score: Math.round(hit.score * 1000) / 1000,
    evidenceCount: hit.evidence_count,
    why: context.readsPnr ? hit.why : withoutPnr(hit.why),
    version: hit.version,
    firstSeen: hit.first_seen,
    lastTrue: hit.last_true,
    ...given({
      evidence: list?.evidence,
      reason: hit.reason,
      listVersion: list?.listVersion,
      nowFalseSince: hit.now_false_since,
      disposition: dispositionView(hit, context),
    }),
  }
}

/** For an agency that may not read PNR: the explanation without what a booking said. */
function withoutPnr(why: WatchlistWhy | RuleWhy): WatchlistWhy | RuleWhy {
  if (why.kind === 'watchlist') return { ...why, lines: why.lines.filter((line) => line.source !== 'pnr') }
  return {
    ...why,
    lines: why.lines.map(({ actual, ...line }) => {
      const source = line.field && fieldById(line.field)?.source
      return source === 'api' || source === 'leg' ? { ...line, ...given({ actual }) } : line
    }),
  }
}

function dispositionView(hit: HitRow, { names, officer, now }: HitContext) {
  if (!hit.disposition_id || !hit.outcome || !hit.by_user || !hit.disposed_at) return undefined
  const at = hit.disposed_at as Instant
  const undoable = mayUndo({ by: hit.by_user, at, undone: false, referred: hit.referred }, officer, now)
  return {
    id: hit.disposition_id,
    outcome: hit.outcome,
    reason: hit.disposition_reason ?? '',
    by: names.get(hit.by_user) ?? '',
    at: hit.disposed_at,
    ...given({ note: hit.note, undoUntil: undoable ? after(at, UNDO_MINUTES) : undefined }),
  }
}

/** Who holds a traveller now. A claim whose time is over is none. */
export function reviewState(
  claim: { readonly claimed_by: string | null; readonly claimed_until: string | null } | undefined,
  open: boolean,
  { names, officer, now }: Pick<HitContext, 'names' | 'officer' | 'now'>,
) {
  const until = claim?.claimed_until
  const holder = claim?.claimed_by
  const held = holder && until && epochMs(until as Instant) > epochMs(now) ? { holder, until } : undefined
  return {
    mine: held?.holder === officer,
    open,
    ...(held && {
      claimedBy: { id: held.holder, name: names.get(held.holder) ?? '' },
      claimedUntil: held.until,
    }),
  }
}
