import { type AgreedReplies, repliesAgreed } from '#domain/reply-profile.ts'
import { ok, type Problem, type Result } from '#lib/result.ts'
import type { CarrierProfile } from '#store/tables.ts'

/** A carrier's profile from its JSON. What it says wrongly is a problem, never ignored: carriers board on what it says. */
export function readCarrierProfile(json: unknown): Result<CarrierProfile> {
  const problems: Problem[] = []
  const checked = fieldsOf(json, 'profile', PROFILE, problems)
  const replies = fieldsOf(checked.replies ?? {}, 'replies', REPLIES, problems)
  fieldsOf(replies.govreq ?? {}, 'replies.govreq', GOVREQ, problems)
  if (problems.length > 0 || !isProfile(checked)) return { ok: false, problems }
  const { statuses, board, ackresErrors, ackresOtherwise } = repliesAgreed(checked.replies)
  if (!statuses[board]?.boards) problems.push(wrong('replies.board', `${board} lets nobody board`))
  if (!(ackresOtherwise in ackresErrors)) problems.push(wrong('replies.ackresOtherwise', 'is not among ackresErrors'))
  return problems.length > 0 ? { ok: false, problems } : ok(checked)
}

const wrong = (at: string, detail: string): Problem => ({ code: 'profile', detail: `${at} ${detail}` })

type Fields = Readonly<Record<string, unknown>>
type Check = (value: unknown) => boolean
type Checks = Readonly<Record<string, Check>>

const isFlag: Check = (value) => typeof value === 'boolean'
const isText: Check = (value) => typeof value === 'string' && value.length > 0 && value.length <= 70
/** 9321, 1225: an..8. */
const isCode: Check = (value) => typeof value === 'string' && /^[A-Z0-9]{1,8}$/.test(value)
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTable =
  (of: Check): Check =>
  (value) =>
    isFields(value) && Object.entries(value).every(([code, one]) => isCode(code) && of(one))
const isRecord =
  (checks: Checks): Check =>
  (value) =>
    isFields(value) &&
    Object.keys(value).length === Object.keys(checks).length &&
    Object.entries(checks).every(([key, check]) => check(value[key]))

const PROFILE: Checks = {
  cusres: isFlag,
  asksForMissingData: isFlag,
  errorNumbers: isFlag,
  contrl: (value) => value === 'never' || value === 'on-error' || value === 'always',
  icao: (value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value),
  replies: isFields,
}
const error: Check = isRecord({ code: isCode, text: isText })
const REPLIES: Checks = {
  statuses: isTable(isRecord({ en: isText, az: isText, boards: isFlag, settled: isFlag })),
  board: isCode,
  incomplete: isCode,
  rejected: isCode,
  messageErrors: isTable(isText),
  missing: isRecord({ surname: error, birthDate: error, nationality: error, document: error }),
  ackresErrors: isTable(isText),
  ackresOtherwise: isCode,
  govreq: isFields,
} satisfies Record<keyof AgreedReplies, Check>
const GOVREQ: Checks = {
  allowed: isFlag,
  flight: isCode,
  locator: isCode,
  version: (value) => typeof value === 'string' && /^\d{2}:\d$/.test(value),
}

/** An object of which every key is known and every value is what it should be. */
function fieldsOf(value: unknown, at: string, checks: Checks, problems: Problem[]): Fields {
  if (!isFields(value)) {
    problems.push(wrong(at, 'is no object'))
    return {}
  }
  for (const [key, one] of Object.entries(value)) {
    const check = checks[key]
    if (!check) problems.push(wrong(`${at}.${key}`, 'is not known'))
    else if (!check(one)) problems.push(wrong(`${at}.${key}`, 'is not what it should be'))
  }
  return value
}

/** What passed the checks above, key by key. */
const isProfile = (value: Fields): value is Fields & CarrierProfile => Object.keys(value).every((key) => key in PROFILE)
