import type { ScoredHit } from './score.ts'
import { CORRUPTIONS, RULE_TARGETS } from './targets.ts'
import type { TruthLine } from './truth.ts'

type Fields = Readonly<Record<string, unknown>>

const text = (fields: Fields, key: string): string | undefined => {
  const value = fields[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A line of `truth.jsonl`; nothing where it is not one. */
export function readTruthLine(fields: Fields): TruthLine | undefined {
  const hit = readHit(fields)
  const [id, locator] = [text(fields, 'id'), text(fields, 'locator')]
  const corruption = [...CORRUPTIONS, 'behaviour' as const].find((one) => one === fields.corruption)
  if (!hit || !id || !locator || !corruption) return undefined
  const { rule: _, ...rest } = hit
  const rule = RULE_TARGETS.find((one) => one === fields.rule)
  const list = text(fields, 'list')
  return { ...rest, id, locator, corruption, ...(rule && { rule }), ...(list && { list }) }
}

/** A line of a file of hits: entry or rule, flight, and at least one reference of the traveller. */
export function readHit(fields: Fields): ScoredHit | undefined {
  const [carrier, number, date] = [text(fields, 'carrier'), text(fields, 'number'), text(fields, 'date')]
  const [from, to] = [text(fields, 'from'), text(fields, 'to')]
  if (!carrier || !number || !date || !from || !to) return undefined
  const [entry, rule, locator] = [text(fields, 'entry'), text(fields, 'rule'), text(fields, 'locator')]
  const [reference, document] = [text(fields, 'reference'), text(fields, 'document')]
  return {
    carrier,
    number,
    date,
    from,
    to,
    ...(entry && { entry }),
    ...(rule && { rule }),
    ...(locator && { locator }),
    ...(reference && { reference }),
    ...(document && { document }),
  }
}
