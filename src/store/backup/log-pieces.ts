import { readdir } from 'node:fs/promises'

export interface LogPieces {
  readonly count: number
  /** The last piece before a hole: nothing behind it can be read back. */
  readonly gapAfter: string | undefined
}

/** `000000010000000000000003`: timeline, then the number of the piece; 256 of 16 MB make one of the middle part. */
const PIECE = /^([0-9A-F]{8})([0-9A-F]{8})000000([0-9A-F]{2})$/

/** The pieces of log that lead on from a backup, as far as they follow each other. */
export async function logPieces(folder: string, first: string): Promise<LogPieces> {
  const numbers = new Map<number, string>()
  for (const name of await readdir(folder)) {
    const [, timeline, high = '', low = ''] = PIECE.exec(name) ?? []
    if (timeline === first.slice(0, 8) && name >= first) numbers.set(Number.parseInt(high + low, 16), name)
  }
  const ordered = [...numbers].sort(([a], [b]) => a - b)
  const hole = ordered.findIndex(([number], at) => at > 0 && number !== (ordered[at - 1]?.[0] ?? 0) + 1)
  if (ordered.length > 0 && ordered[0]?.[1] !== first) return { count: 0, gapAfter: first }
  return hole < 0 ? { count: ordered.length, gapAfter: undefined } : { count: hole, gapAfter: ordered[hole - 1]?.[1] }
}
