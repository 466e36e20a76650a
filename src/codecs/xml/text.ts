/** Most of what comes begins so: it need not be looked at further. */
const LETTER_U = 0x55
const LETTER_N = 0x4e

const PROLOG = 4_096
/** Where XML begins, or an interchange that merely holds such text. */
const BEGINNING = /<\?xml\b|<(?:[\w.-]{1,40}:)?\w{0,40}PNRGOV|\bUN[AB][^A-Z0-9]/i

/** Whether bytes are XML: `<` first, marks and blanks apart, in one byte or two; or a beginning of XML behind other text. */
export function isXml(bytes: Uint8Array): boolean {
  if (bytes[0] === LETTER_U && bytes[1] === LETTER_N) return false
  if (beginsWithTag(bytes)) return true
  const head = Buffer.from(bytes.subarray(0, PROLOG)).toString('latin1').replaceAll('\0', '')
  return BEGINNING.exec(head)?.[0].startsWith('<') ?? false
}

function beginsWithTag(bytes: Uint8Array): boolean {
  for (let at = 0; at < Math.min(bytes.length, 64); at++) {
    const byte = bytes[at] ?? 0
    if (byte === 0x3c) return true
    const mark = at < 3 && (byte === 0xef || byte === 0xbb || byte === 0xbf || byte === 0xff || byte === 0xfe)
    if (!mark && byte !== 0 && byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return false
  }
  return false
}
