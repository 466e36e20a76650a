import type { Place } from '#domain/finding.ts'
import { Lines } from '../edifact/lines.ts'
import { readTape, type Tape } from '../edifact/tape.ts'

/** Line and segment of any byte. */
export function placesIn(bytes: Uint8Array, tape: Tape = readTape(bytes)): (byte: number) => Place {
  const lines = new Lines(bytes)
  return (byte) => ({ byte, line: lines.of(byte), segment: segmentAt(tape, byte) + 1 })
}

/** The segment that holds a byte, or begins next behind it, counted from 0. */
export function segmentAt(tape: Tape, byte: number): number {
  let [low, high] = [0, tape.segments]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (tape.span(middle)[1] < byte) low = middle + 1
    else high = middle
  }
  return low
}
