/** What some bytes say as text, and which byte each character came from. */
export interface SentText {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1'
  /** Byte offset of a character; offsets may be asked for in any order. */
  byteOf(character: number): number
}

/**
 * UTF-16 by its mark or by its zero bytes, else UTF-8 where it is that, whatever is declared, since senders declare one
 * thing and send another; else the set of one byte a character that is declared, or Latin-1.
 */
export function sentText(bytes: Uint8Array): SentText {
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
    const latin = eightBit(body)
    return { text: latin, encoding: 'latin1', byteOf: (character) => Math.min(bytes.length, skip + character) }
  }
  if (text.length === body.length) {
    return { text, encoding: 'utf-8', byteOf: (character) => Math.min(bytes.length, skip + character) }
  }
  const offsets = byteOffsets(text)
  return { text, encoding: 'utf-8', byteOf: (character) => skip + (offsets[Math.min(character, text.length)] ?? 0) }
}

/** Sets of one byte a character that an XML declaration names in the countries around; without a name it is Latin-1. */
const SETS: ReadonlySet<string> = new Set(
  'windows-1250 windows-1251 windows-1254 windows-1256 iso-8859-2 iso-8859-5 iso-8859-6 iso-8859-9 koi8-r koi8-u'.split(
    ' ',
  ),
)
const DECLARED = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]{1,40})["']/
const DECLARED_WITHIN = 200

function eightBit(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const set = DECLARED.exec(latin.slice(0, DECLARED_WITHIN))?.[1]?.toLowerCase()
  return set !== undefined && SETS.has(set) ? new TextDecoder(set).decode(bytes) : latin
}

const isMark = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)

/** A mark, or two characters with a zero byte each on the same side. */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (isMark(bytes)) {
    // Somebody may put the mark before what he wrote in one byte a character
    if (bytes.length > 7 && !bytes.subarray(2, 8).includes(0)) return undefined
    return bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'
  }
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

/** The same text in UTF-8, and where each of its bytes came from. */
export interface Narrowed {
  readonly bytes: Uint8Array
  /** So many characters are of no script that carriers write in that some of the bytes must be of one a character. */
  readonly mixed: boolean
  toSent(byte: number): number
}

/** Beyond Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian and punctuation. */
const STRANGE = /[^\0-\u06ff\u10a0-\u10ff\u1e00-\u206f]/g

/** Bytes of two a character as the readers of EDIFACT take them; nothing where they are not that. */
export function narrowed(bytes: Uint8Array): Narrowed | undefined {
  if (!wideEncoding(bytes)) return undefined
  const source = sentText(bytes)
  const narrow = new TextEncoder().encode(source.text)
  const places = sentText(narrow)
  const toSent = (byte: number): number => {
    let [low, high] = [0, source.text.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (places.byteOf(middle) < byte) low = middle + 1
      else high = middle
    }
    return source.byteOf(low)
  }
  return { bytes: narrow, mixed: (source.text.match(STRANGE)?.length ?? 0) * 100 > source.text.length, toSent }
}

/** Two bytes a character, changed where its text was changed: each character that is an X there becomes one here. */
export function changedAlike(bytes: Uint8Array, changed: Uint8Array): Uint8Array {
  const source = sentText(bytes)
  const narrow = new TextEncoder().encode(source.text)
  const places = sentText(narrow)
  const out = new Uint8Array(bytes)
  const low = source.encoding === 'utf-16le' ? 0 : 1
  for (let at = 0; at < source.text.length; at++) {
    const from = places.byteOf(at)
    if (changed[from] === narrow[from]) continue
    const to = source.byteOf(at)
    out[to + low] = LETTER_X
    out[to + 1 - low] = 0
  }
  return out
}

const LETTER_X = 0x58

/** Bytes without those that are zero, and where each of them stood. */
export function withoutZeros(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly places: Uint32Array } {
  const dense = new Uint8Array(bytes.length)
  const places = new Uint32Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === 0) continue
    places[length] = at
    dense[length++] = byte
  }
  return { bytes: dense.subarray(0, length), places }
}
