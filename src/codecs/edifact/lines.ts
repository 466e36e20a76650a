/** Where lines begin in some bytes, found out when first asked. */
export class Lines {
  private readonly bytes: Uint8Array
  private starts: Int32Array | undefined

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** The line of a byte, counted from 1. */
  of(byte: number): number {
    this.starts ??= lineStarts(this.bytes)
    let low = 0
    let high = this.starts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.starts[middle] ?? 0) <= byte) low = middle + 1
      else high = middle
    }
    return low
  }
}

const LF = 0x0a

function lineStarts(bytes: Uint8Array): Int32Array {
  let count = 1
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++
  const starts = new Int32Array(count)
  let line = 1
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) starts[line++] = at + 1
  return starts
}
