/** How benches measure and print: machine and data first, one line per figure, with its budget beside it. */
import { cpus, totalmem } from 'node:os'

export interface BenchResult {
  /** The bench's name: `decode`. */
  readonly bench: string
  /** `pnrgov`; of a peer measured in the same run `pnrgov/ts-edifact`. */
  readonly case: string
  readonly value: number
  readonly unit: string
  /** What `value` should reach; `atMost`: should not pass. */
  readonly budget?: number
  readonly atMost?: boolean
  /** What else a person wants to know: percentiles, rate in bytes, memory. */
  readonly note?: string
}

export interface Report {
  readonly data: readonly string[]
  readonly results: readonly BenchResult[]
}

export const MEGABYTE = 1_000_000

/** Prints for people; with `json` one line per result and nothing else. */
export function print({ data, results }: Report, json: boolean): void {
  const write = (line: string): void => void process.stdout.write(`${line}\n`)
  if (json) {
    for (const { bench, case: what, value, unit } of results)
      write(JSON.stringify({ bench, case: what, value: rounded(value), unit }))
    return
  }
  write(machine())
  for (const line of data) write(line)
  write('')
  const width = Math.max(...results.map((one) => one.case.length))
  for (const one of results) {
    const figure = `${rounded(one.value).toLocaleString('en-GB')} ${one.unit}`
    write([one.case.padEnd(width), figure.padStart(26), verdict(one), one.note ?? ''].join('  ').trimEnd())
  }
}

function verdict({ value, budget, atMost, unit }: BenchResult): string {
  if (budget === undefined) return ''.padEnd(36)
  const kept = atMost ? value <= budget : value >= budget
  const bound = `${atMost ? '≤' : '≥'} ${budget.toLocaleString('en-GB')} ${unit}`
  return `(${bound}: ${kept ? 'kept' : 'NOT KEPT'})`.padEnd(36)
}

/** Processor, memory and runtime, in one line. */
export function machine(): string {
  const processors = cpus()
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}, ${memory} GiB, Node ${process.versions.node}`
}

/** The value below which `share` of the sorted values lie. */
export function percentile(sorted: readonly number[] | Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** `p50 0.42 p95 0.90 p99 1.31 ms` of some times in milliseconds. */
export function percentiles(milliseconds: Iterable<number>): string {
  const sorted = Float64Array.from(milliseconds).sort()
  const at = (share: number): string => percentile(sorted, share).toPrecision(3)
  return `p50 ${at(0.5)} p95 ${at(0.95)} p99 ${at(0.99)} ms`
}

/** Three digits are as many as a shared machine can vouch for. */
export const rounded = (value: number): number => Number(value.toPrecision(3))
