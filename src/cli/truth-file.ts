import { existsSync, readFileSync } from 'node:fs'

/** The objects of a file with one JSON object a line. */
export function readLines(file: string): readonly Readonly<Record<string, unknown>>[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Readonly<Record<string, unknown>> => {
      const value: unknown = JSON.parse(line)
      return value && typeof value === 'object' ? { ...value } : {}
    })
}

/** Ids of the truth lines that a file already holds. */
export const knownTruth = (file: string): Set<string> =>
  new Set(existsSync(file) ? readLines(file).map(({ id }) => String(id)) : [])
