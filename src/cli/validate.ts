import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { Command } from 'commander'
import { type ConformanceProfile, DEFAULT_PROFILE } from '#codecs/conformance/profile.ts'
import { readProfile } from '#codecs/conformance/read-profile.ts'
import { Totals } from '#codecs/conformance/summary.ts'
import { MOST_BYTES } from '#codecs/edifact/scan.ts'
import { withoutSensitive } from '#flows/without-sensitive.ts'
import { instant } from '#lib/time.ts'
import { messageFiles } from './validate-files.ts'
import { type Judging, judge, type ReportedFile, tooLarge } from './validate-report.ts'
import { HtmlReport } from './validate-report-html.ts'
import { fileJson, rounded } from './validate-report-json.ts'
import { fileText, summaryText } from './validate-report-text.ts'
import { type DepartureOf, departureAt, readTimetable } from './validate-timetable.ts'
import type { Language } from './validate-words.ts'

interface Options {
  readonly json?: string
  readonly html?: string
  readonly against?: string
  readonly departure?: string
  readonly received?: string
  readonly profile?: string
  readonly language: string
  readonly failBelow?: string
  readonly showData: boolean
  readonly quiet: boolean
}

/** Exit codes: 0 judged; 1 no message, or the score is below `--fail-below`; 2 the command was used wrongly. */
export function command(): Command {
  return new Command('validate')
    .description('judge messages as a receiving State would, and say what to mend')
    .argument('<paths...>', 'message files, or folders of them; - for standard input')
    .option('--json <file>', 'write the report as JSON; - for standard output, without the text')
    .option('--html <file>', 'write the report as one page for a browser')
    .option('--against <timetable>', 'scheduled departures: lines of carrier,number,from,to,2026-06-12T09:05 (local)')
    .option('--departure <time>', 'scheduled departure of every flight: 2026-06-12T09:05 local, or with Z or +04:00')
    .option('--received <time>', 'when it was received (UTC); otherwise the sender’s time of preparation counts')
    .option('--profile <file>', 'what a State asks for: obligations, deadlines, weights (JSON)')
    .option('--language <code>', 'en or az', 'en')
    .option('--fail-below <score>', 'exit code 1 when the score is below, 0 to 100')
    .option('--show-data', 'show names, documents and contacts in the report', false)
    .option('--quiet', 'only the summary', false)
    .action((paths: string[], options: Options) => {
      process.exitCode = validate(paths, options)
    })
}

/** What was asked for, understood; a sentence where it cannot be. */
interface Asked {
  readonly profile: ConformanceProfile
  readonly language: Language
  readonly failBelow: number
  readonly departureOf?: DepartureOf
  readonly receivedAt?: ReturnType<typeof instant>
}

function validate(paths: readonly string[], options: Options): number {
  const asked = understand(options)
  if (typeof asked === 'string') {
    process.stderr.write(`preclear validate: ${asked}\n`)
    return 2
  }
  const { profile, language, failBelow, departureOf, receivedAt } = asked
  const context = { profile, ...(departureOf && { departureOf }), ...(receivedAt && { receivedAt }) }
  const files = messageFiles(paths)
  if (files.length === 0) {
    process.stderr.write(`preclear validate: there is no message file in ${paths.join(', ')}\n`)
    return 1
  }
  const totals = new Totals()
  const toOutput = options.json === '-'
  const json = options.json ? new JsonFile(options.json, profile.name) : undefined
  const page = options.html ? new HtmlReport(language, profile.name, options.showData) : undefined
  for (const [index, file] of files.entries()) {
    progress(index, files.length, file)
    const report = reportOn(file, { context, data: options.showData })
    totals.add(report.scored)
    json?.add(fileJson(report, language))
    page?.add(report)
    if (!toOutput && !options.quiet) process.stdout.write(fileText(report, language))
  }
  progress(files.length, files.length, '')
  const summary = totals.summary()
  json?.end({ ...summary, score: rounded(summary.score) })
  if (page && options.html) writeFileSync(options.html, page.page(summary))
  if (!toOutput) process.stdout.write(summaryText(summary, language))
  return summary.messages === 0 || summary.score < failBelow ? 1 : 0
}

function reportOn(file: string, judging: Pick<Judging, 'context' | 'data'>): ReportedFile {
  if (file === '-') {
    return judge('stdin', withoutSensitive(readFileSync(0)), { ...judging, now: instant(Date.now()) })
  }
  const { size, mtimeMs } = statSync(file)
  if (size > MOST_BYTES) return tooLarge(file, size)
  return judge(file, withoutSensitive(readFileSync(file)), { ...judging, now: instant(mtimeMs) })
}

function understand({ profile, language, failBelow = '0', against, departure, received }: Options): Asked | string {
  if (language !== 'en' && language !== 'az') return `there is no language "${language}": en or az`
  const least = Number(failBelow)
  if (!(least >= 0 && least <= 100)) return '--fail-below is a score from 0 to 100'
  const told = profile ? readProfile(parsed(profile)) : undefined
  if (told && !told.ok) return `${profile}: ${told.problems.map(({ detail }) => detail).join('; ')}`
  const timetable = against ? readTimetable(readFileSync(against, 'utf8')) : undefined
  if (timetable && timetable.wrong.length > 0)
    return `${against}: no flight in line ${timetable.wrong.slice(0, 5).join(', ')}`
  const departureOf = departure ? departureAt(departure) : timetable?.departureOf
  if (departure && !departureOf) return `--departure: "${departure}" is no time; write 2026-06-12T09:05`
  const receivedMs = received ? Date.parse(received) : Number.NaN
  if (received && Number.isNaN(receivedMs)) return `--received: "${received}" is no time; write 2026-06-12T07:05:00Z`
  return {
    profile: told?.value ?? DEFAULT_PROFILE,
    language,
    failBelow: least,
    ...(departureOf && { departureOf }),
    ...(received && { receivedAt: instant(receivedMs) }),
  }
}

/** What is no JSON is no profile either. */
function parsed(file: string): unknown {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** On a terminal only, and only where there is something to wait for. */
function progress(done: number, of: number, file: string): void {
  if (!process.stderr.isTTY || of < 2) return
  process.stderr.write(done === of ? '\r\x1b[K' : `\r\x1b[K${done + 1}/${of} ${file.slice(-60)}`)
}

/** The report as JSON, written file by file: memory does not grow with their number. */
class JsonFile {
  private readonly file: number | undefined
  private count = 0

  constructor(path: string, profile: string) {
    this.file = path === '-' ? undefined : openSync(path, 'w')
    this.write(`{"shape":1,"profile":${JSON.stringify(profile)},"files":[`)
  }

  add(file: object): void {
    this.write(`${this.count++ === 0 ? '\n' : ',\n'}${JSON.stringify(file)}`)
  }

  end(summary: object): void {
    this.write(`\n],"summary":${JSON.stringify(summary)}}\n`)
    if (this.file !== undefined) closeSync(this.file)
  }

  private write(text: string): void {
    if (this.file === undefined) process.stdout.write(text)
    else writeSync(this.file, text)
  }
}
