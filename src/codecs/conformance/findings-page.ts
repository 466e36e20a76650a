import type { Findings } from '../catalogue.ts'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import type { CorpusEntry, ExpectedFinding } from './manifest.ts'

/** Findings that no file of bearable size or no file alone can show, and what shows them instead. */
export const SHOWN_ELSEWHERE: Readonly<Record<string, string>> = {
  'input.too-large': 'a test, with bytes of that size',
  'input.too-many': 'a test, with smaller limits',
  'input.more-findings': 'a test, with a thousand of them',
  'message.kept-too-many': 'a test, with so many of them',
  'message.failed': 'a test, with a reader that fails',
  'check.late': 'a test: it depends on the profile',
  'check.early': 'a test: it depends on the profile',
  'message.not-for-us': 'a test of the take-in: it depends on who sends',
  'paxlst.transit-ends': 'a test: it depends on the receiving State',
  'leg.day-implausible': 'a test of the take-in: it depends on the day of receipt',
}

/** `docs/findings.md`, made from the catalogues and from what the corpus shows. */
export function findingsPage(
  catalogues: readonly { readonly of: string; readonly findings: Findings }[],
  corpus: readonly CorpusEntry[],
): string {
  const shown = fixtureByCode(corpus)
  const sections = catalogues.map(
    ({ of, findings }) =>
      `## ${of}\n\n${Object.entries(findings)
        .map(([code, entry]) => section(code, entry, shown.get(code)))
        .join('\n')}`,
  )
  return `${INTRODUCTION}\n${sections.join('\n')}`
}

const INTRODUCTION = `# Findings

<!-- Made by \`npm run findings\` from the catalogues in src/codecs; do not edit. -->

What a reader may notice in a message. \`preclear decode FILE\` and \`preclear validate FILE\` print the codes, answers to
carriers name them. *Answer* is the code that stands for the finding in an answer, where the carrier's profile lets
findings be answered: 9321 in CUSRES and ACKRES, 0085 in CONTRL. The fixture is a file of the corpus in \`fixtures/\` that
shows the finding.

| severity | meaning |
|---|---|
| info | statistics only |
| warning | accepted; the sender should know |
| error | an element, a person or a PNR could not be read in full |
| fatal | the message says nothing usable |
`

function section(code: string, entry: CatalogueEntry, fixture: string | undefined): string {
  const { severity, en, az, clause, reply, example } = entry
  const answers = [
    reply?.cusres && `CUSRES ${reply.cusres}`,
    reply?.ackres && `ACKRES ${reply.ackres}`,
    reply?.contrl && `CONTRL ${reply.contrl}`,
  ].filter(Boolean)
  const elsewhere = SHOWN_ELSEWHERE[code]
  const rows = [
    ['Azərbaycanca', `${az}.`],
    ['Clause', clause],
    ['Answer', answers.join(', ')],
    ['Example', codeSpan(example)],
    ['Fixture', fixture ? `[${fixture}](../fixtures/${fixture})` : elsewhere ? `none: ${elsewhere}` : ''],
  ].filter(([, value]) => value !== '')
  return `### ${code}\n\n**${severity}** · ${en}.\n\n${rows.map(([name, value]) => `- ${name}: ${value}`).join('\n')}\n`
}

/** Markdown shows what stands between backticks as it is, if more of them stand outside than inside. */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const oneLine = text.replaceAll(/\s*\n\s*/g, ' ')
  return longest > 0 ? `${fence} ${oneLine} ${fence}` : `${fence}${oneLine}${fence}`
}

/** The file with the fewest findings that shows a code: there it is seen best. */
function fixtureByCode(corpus: readonly CorpusEntry[]): ReadonlyMap<string, string> {
  const best = new Map<string, CorpusEntry>()
  for (const entry of corpus) {
    for (const { code } of shownIn(entry)) {
      const other = best.get(code)
      if (!other || shownIn(entry).length < shownIn(other).length) best.set(code, entry)
    }
  }
  return new Map([...best].map(([code, { file }]) => [code, file]))
}

const shownIn = ({ findings, checks = [] }: CorpusEntry): readonly ExpectedFinding[] => [...findings, ...checks]
