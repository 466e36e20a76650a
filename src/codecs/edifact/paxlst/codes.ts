/** A code as the guides write it, in capitals and without blanks; costs nothing where it was sent so. */
export function codeOf(sent: string | undefined): string {
  if (sent === undefined) return ''
  for (let at = 0; at < sent.length; at++) {
    const sign = sent.charCodeAt(at)
    if (sign <= BLANK || sign >= SMALL_A) return sent.trim().toUpperCase()
  }
  return sent
}

const BLANK = 0x20
const SMALL_A = 0x61
