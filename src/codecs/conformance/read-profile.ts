import type { Severity } from '#domain/finding.ts'
import { ok, type Problem, type Result } from '#lib/result.ts'
import { type ConformanceProfile, DEFAULT_PROFILE, type Deadline, type Dimension, type Obligation } from './profile.ts'

/** A profile from its JSON; what it leaves out is as in the default. What it says wrongly is a problem, never ignored. */
export function readProfile(json: unknown): Result<ConformanceProfile> {
  const problems: Problem[] = []
  const root = fields(json, 'profile', Object.keys(DEFAULT_PROFILE), problems)
  const { weights, points, deadlines, defaults, name, placeholders } = DEFAULT_PROFILE
  const number = (key: 'longestDocument' | 'longestFlightHours'): number =>
    numberOf(root[key], key, DEFAULT_PROFILE[key], 1, problems)
  const asked = fields(root.defaults, 'defaults', Object.keys(defaults), problems)
  const profile: ConformanceProfile = {
    name: typeof root.name === 'string' ? root.name : name,
    weights: weightsOf(root.weights, weights, problems),
    points: pointsOf(root.points, points, problems),
    obligations: obligationsOf(root.obligations, problems),
    deadlines: { ...deadlines, ...deadlinesOf(root.deadlines, problems) },
    defaults: {
      least: numberOf(asked.least, 'defaults.least', defaults.least, 2, problems),
      share: numberOf(asked.share, 'defaults.share', defaults.share, 0, problems),
    },
    longestDocument: number('longestDocument'),
    longestFlightHours: number('longestFlightHours'),
    placeholders: textsOf(root.placeholders, placeholders, problems),
  }
  if (Object.values(profile.weights).every((weight) => weight === 0)) problems.push(wrong('weights', 'are all 0'))
  return problems.length === 0 ? ok(profile) : { ok: false, problems }
}

const wrong = (at: string, detail: string): Problem => ({ code: 'profile', detail: `${at} ${detail}` })

type Fields = Readonly<Record<string, unknown>>
type Problems = Problem[]

/** An object of which all keys are known; an empty one where there is none. */
function fields(value: unknown, at: string, known: readonly string[], problems: Problems): Fields {
  if (value === undefined) return {}
  if (!isFields(value)) {
    problems.push(wrong(at, 'is no object'))
    return {}
  }
  for (const key of Object.keys(value)) if (!known.includes(key)) problems.push(wrong(`${at}.${key}`, 'is not known'))
  return value
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function numberOf(value: unknown, at: string, otherwise: number, least: number, problems: Problems): number {
  if (value === undefined) return otherwise
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return value
  problems.push(wrong(at, `is no number from ${least} on`))
  return otherwise
}

function weightsOf(
  value: unknown,
  base: ConformanceProfile['weights'],
  problems: Problems,
): Readonly<Record<Dimension, number>> {
  const given = fields(value, 'weights', Object.keys(base), problems)
  const of = (key: Dimension): number => numberOf(given[key], `weights.${key}`, base[key], 0, problems)
  return {
    schema: of('schema'),
    completeness: of('completeness'),
    plausibility: of('plausibility'),
    timeliness: of('timeliness'),
  }
}

function pointsOf(
  value: unknown,
  base: ConformanceProfile['points'],
  problems: Problems,
): Readonly<Record<Severity, number>> {
  const given = fields(value, 'points', Object.keys(base), problems)
  const of = (key: Severity): number => numberOf(given[key], `points.${key}`, base[key], 0, problems)
  return { info: of('info'), warning: of('warning'), error: of('error'), fatal: of('fatal') }
}

const OBLIGATIONS: readonly string[] = ['required', 'if-used', 'option'] satisfies readonly Obligation[]

/** A to D of the API guideline, 1 to 19 of the PNR list. */
const ELEMENT = /^(?:[ABCD]\d{1,2}|\d{1,2})$/

function obligationsOf(value: unknown, problems: Problems): Readonly<Record<string, Obligation>> {
  const given = isFields(value) ? value : fields(value, 'obligations', [], problems)
  const read: Record<string, Obligation> = {}
  for (const [element, obligation] of Object.entries(given)) {
    const at = `obligations.${element}`
    if (!ELEMENT.test(element)) problems.push(wrong(at, 'is no element'))
    else if (isObligation(obligation)) read[element] = obligation
    else problems.push(wrong(at, `is none of ${OBLIGATIONS.join(', ')}`))
  }
  return read
}

const isObligation = (value: unknown): value is Obligation => typeof value === 'string' && OBLIGATIONS.includes(value)

/** A month, in minutes: nobody wants a list earlier. */
const FURTHEST = -31 * 24 * 60

function deadlinesOf(value: unknown, problems: Problems): Readonly<Record<string, Deadline>> {
  const base: Readonly<Record<string, Deadline>> = DEFAULT_PROFILE.deadlines
  const given = fields(value, 'deadlines', Object.keys(base), problems)
  const read: Record<string, Deadline> = {}
  for (const [kind, otherwise] of Object.entries(base)) {
    if (given[kind] === undefined) continue
    const at = `deadlines.${kind}`
    const { opens, latest, worthless } = fields(given[kind], at, ['opens', 'latest', 'worthless'], problems)
    read[kind] = {
      latest: numberOf(latest, `${at}.latest`, otherwise.latest, FURTHEST, problems),
      worthless: numberOf(worthless, `${at}.worthless`, otherwise.worthless, 1, problems),
      ...(opens !== undefined && { opens: numberOf(opens, `${at}.opens`, FURTHEST, FURTHEST, problems) }),
    }
  }
  return read
}

function textsOf(value: unknown, otherwise: readonly string[], problems: Problems): readonly string[] {
  if (value === undefined) return otherwise
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  problems.push(wrong('placeholders', 'is no list of texts'))
  return otherwise
}
