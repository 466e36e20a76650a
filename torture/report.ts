import type { Outcome } from './run.ts'

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

/** What was done, what it cost, and the auditor's verdict, for a terminal. */
export function reportOf({ record, survived, left, verdict, endedByThemselves, drainedAfterMs }: Outcome): string {
  const { acknowledged, lines, retries } = record
  const times = acknowledged.map(({ at }) => at).sort((a, b) => a - b)
  const stalls = times.map((at, n) => at - (times[n - 1] ?? at))
  const byKind = Map.groupBy(survived, ({ kind }) => kind)
  const travellers = [...lines.values()].reduce((sum, line) => sum + (line.final ? line.travellers : 0), 0)
  const table = [
    ['fault', 'survived', 'recovery p50', 'recovery max'],
    ...[...byKind].map(([kind, list]) => {
      const recoveries = list.flatMap((one) => recoveryOf(one, acknowledged) ?? []).sort((a, b) => a - b)
      const half = recoveries[Math.floor((recoveries.length - 1) / 2)]
      const last = recoveries.at(-1)
      return [
        kind,
        String(list.length),
        half === undefined ? '–' : seconds(half),
        last === undefined ? '–' : seconds(last),
      ]
    }),
    ['all', String(survived.length), '', ''],
  ]
  return [
    ...table.map((row) => row.map((cell, n) => (n === 0 ? cell.padEnd(10) : cell.padStart(14))).join('')),
    ...left.map((line) => `left out   ${line}`),
    '',
    `messages acknowledged   ${[...lines.values()].filter(({ told }) => told.size > 0).length} (${travellers} travellers told of), ${acknowledged.length} answers with repetitions`,
    `tries without answer    ${counted(retries)}`,
    `longest stall           ${seconds(Math.max(0, ...stalls))} without any acknowledgement`,
    `last answer             ${seconds(drainedAfterMs)} after all was mended`,
    `ended by themselves     ${
      [...endedByThemselves]
        .filter(([, how]) => how.size > 0)
        .map(([name, how]) => `${name}: ${counted(how)}`)
        .join('; ') || 'none'
    }`,
    `audited                 ${counted(verdict.looked)}`,
    '',
    ...(verdict.problems.length === 0
      ? ['0 lost, 0 doubled, 0 in a wrong state; movements and hits are those of the calm day']
      : verdict.problems.map((problem) => `WRONG  ${problem}`)),
    '',
  ].join('\n')
}

/** From the end of a fault to the next acknowledgement of something sent after it began. */
function recoveryOf(
  { beganAt, endedAt }: Outcome['survived'][number],
  acknowledged: Outcome['record']['acknowledged'],
): number | undefined {
  const after = acknowledged.filter(({ sentAt, at }) => sentAt >= beganAt && at >= endedAt).map(({ at }) => at)
  return after.length > 0 ? Math.min(...after) - endedAt : undefined
}

const counted = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([what, n]) => `${what} ${n}`).join(', ') || 'none'
