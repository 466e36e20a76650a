import { PLACES } from '../distribution.ts'

/** One thing that a migration does and that two versions side by side, or a busy database, do not stand. */
export interface Objection {
  readonly kind: 'contracts' | 'locks'
  readonly what: string
}

const big = new Set(PLACES.filter(({ as }) => as === 'distributed').map(({ table }) => table))

/** Takes away or narrows what the version before still uses. Asked of one statement in lower case, spaces joined. */
const CONTRACTS: readonly (readonly [RegExp, string])[] = [
  [/^drop (table|view|materialized view|function|type|sequence|schema|role|domain|trigger)\b/, 'drops'],
  [/^truncate\b/, 'empties a table'],
  [/^delete from\b/, 'deletes rows'],
  [/^revoke\b/, 'takes a right away'],
  [/^alter .*\brename\b/, 'renames'],
  [/^alter .*\bset schema\b/, 'moves to another schema'],
  [/^alter table .*\bdrop (column|constraint|expression|identity)\b/, 'drops a column or constraint'],
  [
    /^alter table .*\bdrop (?!not null\b|default\b|column\b|constraint\b|expression\b|identity\b)[a-z_"]+/,
    'drops a column',
  ],
  [/^alter table .*\balter (column )?[a-z_"]+ drop default\b/, 'drops a default'],
  [/^alter table .*\balter (column )?[a-z_"]+ (set data )?type\b/, 'changes a type'],
  [/^alter table .*\bset not null\b/, 'forbids null'],
  [/^alter table .*\bdetach partition\b/, 'detaches a partition'],
  [/^alter table .*\b(enable|force) row level security\b/, 'hides rows'],
]

/**
 * What speaks against running this file while the version before still works. Tables and functions that the file itself
 * makes may be treated as it likes. Texts that a `do` block puts together are looked at as they stand there.
 */
export function objectionsTo(text: string): readonly Objection[] {
  const statements = statementsOf(text)
  const made = new Set(statements.flatMap((one) => one.match(/^create table (?:if not exists )?([a-z_]+)/)?.[1] ?? []))
  return statements.flatMap((one) => {
    const table =
      one.match(/^(?:alter table|create (?:unique )?index .*?\bon|update)(?: only| if exists)* "?([a-z_%]+)/)?.[1] ?? ''
    if (made.has(table)) return []
    return [...contracts(one), ...locks(one, table)]
  })
}

function contracts(one: string): readonly Objection[] {
  const found = CONTRACTS.filter(([pattern]) => pattern.test(one)).map(([, what]) => what)
  const column = one.match(/^alter table .*\badd column\b(.*)$/)?.[1] ?? ''
  if (/\bnot null\b/.test(column) && !/\bdefault\b|\bgenerated\b/.test(column))
    found.push('adds a column that must be filled')
  if (/\b(unique|primary key|check|references)\b/.test(column)) found.push('adds a constraint')
  if (
    /^alter table .*\badd (constraint|check|unique|foreign key|primary key)\b/.test(one) &&
    !/\bnot valid\b|\busing index\b/.test(one)
  )
    found.push('adds a constraint')
  if (/^create unique index\b/.test(one)) found.push('adds a constraint')
  return [...new Set(found)].map((what) => ({ kind: 'contracts', what }))
}

function locks(one: string, table: string): readonly Objection[] {
  const isBig = big.has(table) || table.startsWith('%')
  const found: string[] = []
  if (isBig && /^create (unique )?index\b/.test(one) && !/\bon only\b/.test(one))
    found.push(`index on ${table}: who writes waits`)
  if (isBig && /^update\b/.test(one)) found.push(`update of ${table}: holds its rows`)
  if (isBig && /^alter table .*\bvalidate constraint\b/.test(one)) found.push(`reads all of ${table}`)
  if (isBig && /\badd column\b.*\bdefault\b.*\b(random|clock_timestamp|gen_random_uuid|nextval)\b/.test(one))
    found.push(`writes all of ${table} anew`)
  if (/^(cluster|vacuum full|lock( table)?|reindex)\b/.test(one)) found.push('locks a table by its name')
  return found.map((what) => ({ kind: 'locks', what }))
}

/** The statements of a file in lower case without comments and quoted text; those inside a `do` block are of their number. */
function statementsOf(text: string): readonly string[] {
  const blocks: string[] = []
  const flat = text
    .replace(/--[^\n]*/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\$(\w*)\$([\s\S]*?)\$\1\$/g, (_all, _tag, body: string) => {
      blocks.push(body)
      return ` block${blocks.length - 1} `
    })
  return flat.split(';').flatMap((raw) => {
    const one = plain(raw)
    const block = one.match(/^do\b.*\bblock(\d+)/)?.[1]
    return block === undefined ? [one] : insideOf(blocks[Number(block)] ?? '')
  })
}

/** Statements of a `do` block: each that stands in it, and each text that it executes. */
function insideOf(body: string): readonly string[] {
  const executed = [
    ...body.matchAll(/'((?:alter|create|drop|update|delete|truncate|revoke|lock|cluster|reindex)\b(?:[^']|'')*)'/gi),
  ]
  const standing = body.split(/;|\bbegin\b|\bthen\b|\bloop\b|\belse\b/i).map(plain)
  return [...standing, ...executed.map(([, one = '']) => one.toLowerCase().replace(/\s+/g, ' ').trim())]
}

const plain = (text: string): string =>
  text
    .replace(/'(?:[^']|'')*'/g, "''")
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
