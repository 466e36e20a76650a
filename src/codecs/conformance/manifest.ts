import type { Finding } from '#domain/finding.ts'
import type { Message } from '#domain/message.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import { CATALOGUE } from '../catalogue.ts'

/** One finding that a reader must report, and where: `byte` from 0, `line` and `segment` from 1. */
export interface ExpectedFinding {
  readonly code: string
  readonly severity: string
  readonly segment: number
  readonly line: number
  readonly byte: number
}

/** What the corpus says of one of its files. The shape is kept from version to version; keys are only added. */
export interface CorpusEntry {
  /** Path under `fixtures/`. */
  readonly file: string
  /** Messages in it, `PAXLST D:12B`, each once; empty where none can be made out. */
  readonly messages: readonly string[]
  readonly state: 'clean' | 'broken'
  /** One sentence for each thing that is wrong with it. */
  readonly wrong: readonly string[]
  /** When it counts as received: years of two digits are read around it. */
  readonly receivedAt: string
  /** The file that holds what must be understood of it. */
  readonly model?: string
  readonly travellers: number
  readonly findings: readonly ExpectedFinding[]
  /** What `preclear validate` adds with its default profile; absent where it adds nothing. */
  readonly checks?: readonly ExpectedFinding[]
}

export interface Fixture {
  readonly file: string
  readonly receivedAt: string
  readonly model?: string
  /** `PAXLST D:12B`, `MRZ TD3`. */
  readonly holds: readonly string[]
  readonly travellers: number
  readonly findings: readonly Finding[]
  /** What validation finds beyond the reader. */
  readonly checks: readonly Finding[]
}

/** What a fixture shows. */
export function corpusEntry(fixture: Fixture): CorpusEntry {
  const { file, receivedAt, model, holds, travellers, findings, checks } = fixture
  return {
    file,
    messages: [...new Set(holds)].sort(),
    state: findings.length + checks.length === 0 ? 'clean' : 'broken',
    wrong: [...new Set([...findings, ...checks].map(({ code }) => CATALOGUE[code]?.en ?? code))],
    receivedAt,
    ...(model && { model }),
    travellers,
    findings: findings.map(expected),
    ...(checks.length > 0 && { checks: checks.map(expected) }),
  }
}

const expected = ({ code, severity, at }: Finding): ExpectedFinding => ({
  code,
  severity,
  segment: at.segment,
  line: at.line,
  byte: at.byte,
})

/** How many persons a message speaks of. */
export function travellersOf(message: Message): number {
  if (isPaxlst(message)) return message.travellers.length
  if (isPnrgov(message)) return message.pnrs.reduce((sum, pnr) => sum + pnr.travellers.length, 0)
  return 0
}

/** A file that is no message: a list of lines, a schema, a model without bytes of its own. */
export interface OtherFile {
  readonly file: string
}

export interface Corpus {
  readonly entries: readonly CorpusEntry[]
  readonly others: readonly OtherFile[]
}

/** `fixtures/manifest.json`: one line per file, so that a change of one file is a change of one line. */
export function manifestText({ entries, others }: Corpus): string {
  const lines = (values: readonly object[]): string => values.map((value) => `    ${JSON.stringify(value)}`).join(',\n')
  return `{
  "about": "Preclear conformance corpus; README.md beside this file says how to compare",
  "shape": 1,
  "licence": "Apache-2.0",
  "data": "all invented: no person, booking, document or carrier in it exists",
  "entries": [
${lines(entries)}
  ],
  "others": [
${lines(others)}
  ]
}
`
}
