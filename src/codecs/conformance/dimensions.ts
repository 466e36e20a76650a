import type { Dimension } from './profile.ts'

/** About the message as such, whatever it holds. */
const SCHEMA =
  /^(?:input|una|segment|envelope|message|xml|contrl|ackres|cusres|govreq)\.|\.(?:leg-missing|src-missing|pnr-empty)$/

/** What is missing lowers completeness by the table of elements; the finding costs nothing more. */
const MISSING = /(?:-missing|\.surname|\.given-names|\.sex)$/

/** What can be read, and cannot be so. */
const ODD =
  /^(?:check\.(?!late|early|test|too-long|character-set)|leg\.)|(?:placeholder|expired|-is-|-old|-future|repeated|-default|duration|unconnected|title|role-mixed|lifetime|name-characters|bags|transit|check-digit|document-before|partial|pattern)/

/** Which part of the score a finding belongs to. Deadlines are judged by themselves. */
export function dimensionOf(code: string): Dimension {
  if (SCHEMA.test(code)) return 'schema'
  if (code === 'check.late' || code === 'check.early') return 'timeliness'
  if (MISSING.test(code)) return 'completeness'
  return ODD.test(code) ? 'plausibility' : 'schema'
}
