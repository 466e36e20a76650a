import type { Finding, Span } from '#domain/finding.ts'
import { replyCodes } from '../catalogue.ts'
import type { ReplyCodes } from '../catalogue-entry.ts'

/** As many reasons as anybody acts on. */
const MOST_REASONS = 4

/**
 * Why a message is refused, as codes of 9321: from errors that lie in it, the most severe first, each once. `known` are
 * the codes that may be told; findings about one traveller are no reason, since they cost nobody his place.
 */
export function refusalCodes(
  findings: readonly Finding[],
  [start, end]: Span,
  kind: keyof ReplyCodes,
  known: Readonly<Record<string, string>>,
): readonly string[] {
  const codes = findings
    .filter(({ severity, at }) => (severity === 'fatal' || severity === 'error') && at.byte >= start && at.byte < end)
    .toSorted((one, other) => Number(other.severity === 'fatal') - Number(one.severity === 'fatal'))
    .map((finding) => replyCodes(finding)[kind])
    .filter((code) => code !== undefined && code in known)
  return [...new Set(codes)].slice(0, MOST_REASONS) as readonly string[]
}
