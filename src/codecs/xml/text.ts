/** What some bytes say as text, and which byte each character came from. */
export interface XmlText {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1'
  /** Byte offset of a character; offsets may be asked for in any order. */
  byteOf(character: number): number
}

/**
 * UTF-16 by its mark or by its zero bytes, else UTF-8 where it is that, else Latin-1: whatever the declaration says, since
 * senders declare one thing and send another.
 */
export function xmlText(bytes: Uint8Array): XmlText {
  const wide = wideEncoding(bytes)
  if (wide) {
    const skip = isMark(bytes) ? 2 : 0
    const text = new TextDecoder(wide, { ignoreBOM: true }).decode(bytes.subarray(skip))
    return { text, encoding: wide, byteOf: (character) => Math.min(bytes.length, skip + character * 2) }
  }
  const skip = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const body = bytes.subarray(skip)
  const text = strict(body)
  if (text === undefined) {
    const latin = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1')
    return { text: latin, encoding: 'latin1', byteOf: (character) => Math.min(bytes.length, skip + character) }
  }
  if (text.length === body.length) {
    return { text, encoding: 'utf-8', byteOf: (character) => Math.min(bytes.length, skip + character) }
  }
  const offsets = byteOffsets(text)
  return { text, encoding: 'utf-8', byteOf: (character) => skip + (offsets[Math.min(character, text.length)] ?? 0) }
}

const isMark = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)

/** A mark, or two characters with a zero byte each on the same side. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes.length < 4) return undefined
  const [first, second, third, fourth] = bytes
  if (first && second === 0 && third && fourth === 0) return 'utf-16le'
  return first === 0 && second && third === 0 && fourth ? 'utf-16be' : undefined
}

function strict(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Where each UTF-16 unit begins in UTF-8; the second of a pair begins where the first does. */
function byteOffsets(text: string): Int32Array {
  const offsets = new Int32Array(text.length + 1)
  let byte = 0
  for (let at = 0; at < text.length; at++) {
    offsets[at] = byte
    const unit = text.charCodeAt(at)
    if (unit < 0x80) byte += 1
    else if (unit < 0x800) byte += 2
    else if (unit >= 0xd800 && unit < 0xdc00) {
      offsets[++at] = byte
      byte += 4
    } else byte += 3
  }
  offsets[text.length] = byte
  return offsets
}

const PROLOG = 4_096
/** Where XML begins, or an interchange that merely holds such text. */
const BEGINNING = /<\?xml\b|<(?:[\w.-]{1,40}:)?\w{0,40}PNRGOV|\bUN[AB][^A-Z0-9]/i

/** Whether bytes are XML: `<` first, marks and blanks apart, in one byte or two; or a beginning of XML behind other text. */
export function isXml(bytes: Uint8Array): boolean {
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
