import type { FrequentFlyer } from '#domain/pnr.ts'
import type { Address, Contact } from '#domain/traveller.ts'
import type { CivilDate } from '#lib/time.ts'
import { readTextDate, type Today } from './dates.ts'
import { readSlashed, type SlashedName } from './names.ts'

/**
 * Reads the text of an SSR DOCA, an address given at check-in:
 *
 *     /D/NOR/KARL JOHANS GATE 1/OSLO//0154
 *      type, country, street, city, state, postcode; a last `/I` says that it is an infant's
 *
 * Source: AIRIMP, SSR DOCA.
 */
export function readDoca(text: string): { readonly address: Address; readonly infant: boolean } | undefined {
  const [type = '', country, street, city, state, postcode, infant] = fields(text)
  const kind = type === 'R' ? 'residence' : type === 'D' ? 'destination' : 'contact'
  const address = defined<Address>({ kind, country, street, city, state, postcode })
  return Object.keys(address).length > 1 ? { address, infant: infant === 'I' } : undefined
}

export interface Doco {
  readonly birthPlace?: string
  readonly type: string
  readonly number?: string
  readonly issuedAt?: string
  readonly issued?: CivilDate
  readonly country?: string
  readonly infant: boolean
}

/**
 * Reads the text of an SSR DOCO, a visa (V), known-traveller (K) or redress number (R):
 *
 *     /LAGOS NGA/V/12345678/ABUJA/05JAN26/NOR
 *      place of birth, type, number, place of issue, date of issue, country where valid; a last `/I`: an infant's
 *
 * Source: AIRIMP, SSR DOCO.
 */
export function readDoco(text: string, today: Today): Doco | undefined {
  const [birthPlace, type, number, issuedAt, issuedText, country, infant] = fields(withoutPnrName(text))
  const issued = issuedText ? readTextDate(issuedText, 'expiry', today) : undefined
  if (!number && !birthPlace) return undefined
  return defined<Doco>({ birthPlace, type: type ?? '', number, issuedAt, issued, country, infant: infant === 'I' })
}

/** Reads a SSR FOID, a form of identification: two letters of kind, then the value: `PPGBR500000001`, `NI1234567`. */
export function readFoid(text: string): { readonly type: string; readonly value: string } | undefined {
  const bare = withoutPnrName(text).replace(/^\/+/, '').trim()
  const match = /^(PP|NI|FF|CC|DL|CN|TN|ID|CI|IR)\s*([A-Z0-9 -]{2,40})$/i.exec(bare)
  return match?.[1] && match[2] ? { type: match[1].toUpperCase(), value: match[2].trim() } : undefined
}

/** Reads an SSR FQTV: `/ZX700012345-OKAFOR/REMI` or `ZX700012345.GOLD`; without a number only the carrier is known. */
export function readFqtv(text: string, carrier: string | undefined): FrequentFlyer | undefined {
  const bare = withoutPnrName(text).replace(/^\/+/, '').split(/[-/]/, 1)[0]?.trim() ?? ''
  const dot = bare.indexOf('.')
  const level = dot < 0 ? undefined : bare.slice(dot + 1).trim()
  const account = dot < 0 ? bare : bare.slice(0, dot).trim()
  const match = /^([A-Z0-9]{2})\s*([A-Z]{0,3}\d[A-Z0-9]{3,24})$/.exec(account)
  const glued = match?.[1] !== undefined && (/[A-Z]/.test(match[1]) || carrier === undefined)
  const number = glued ? match?.[2] : account
  if (!number) return undefined
  return defined<FrequentFlyer>({ carrier: (glued ? match?.[1] : carrier) ?? '', number, level })
}

export interface Inft extends SlashedName {
  readonly birthDate?: CivilDate
}

/** Reads an SSR INFT, an infant on an adult's lap: `MARLOWE/EMIL 17JUL25` or `MARLOWE/EMIL/17JUL25`. */
export function readInft(text: string, today: Today): Inft | undefined {
  const bare = text.replace(/^[\s/]+/, '').trim()
  const date = /(?<![\s/])[\s/]*(\d{2}[A-Z]{3}\d{2})\b/i.exec(bare)
  const name = readSlashed(withoutPnrName(date ? bare.slice(0, date.index) : bare))
  if (!name) return undefined
  const birthDate = date?.[1] ? readTextDate(date[1], 'birth', today) : undefined
  return birthDate ? { ...name, birthDate } : name
}

/** Reads an SSR CHLD: the date of birth, if any. */
export function readChld(text: string | undefined, today: Today): CivilDate | undefined {
  const date = text === undefined ? undefined : /\d{2}[A-Z]{3}\d{2}/i.exec(text)?.[0]
  return date ? readTextDate(date, 'birth', today) : undefined
}

/** Reads an SSR TKNE and its like: `9990000000024C1`, `INF9990000000024C1`, `999-0000000024`; coupon digits fall away. */
export function readTicketNumber(text: string): { readonly number: string; readonly infant: boolean } | undefined {
  if (digitsAtStart(text) === 13) return { number: text.slice(0, 13), infant: false }
  const match = /(?:(INF)\s*)?(\d{13}|\d{10}|\d{14})(?=$|C\d|\D)/.exec(
    text.replace(/(?<!\d)(\d{3})-(?=\d{10}(?!\d))/, '$1'),
  )
  return match?.[2] ? { number: match[2], infant: match[1] !== undefined } : undefined
}

/** How many digits a text begins with, up to 14. */
function digitsAtStart(text: string): number {
  let at = 0
  while (at < 14 && isDigit(text.charCodeAt(at))) at++
  return at
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** Reads seats in the text of an SSR: `15A`, or the older `.15AN16BN`. */
export const readSeats = (text: string): string[] =>
  [
    ...text.matchAll(/(?<![A-Z0-9])\.?0*(\d{1,3}[A-Z])(?=[NS]?(?:\d|$|[^A-Z0-9]))[NS]?|(?<=[NS])0*(\d{1,3}[A-Z])[NS]/g),
  ].flatMap((match) => match[1] ?? match[2] ?? [])

/** `039G` → `39G`; `XXX` and the like are no seat. */
export function readSeat(text: string | undefined): string | undefined {
  if (text === undefined || text.charCodeAt(0) === 88) return undefined
  if (text.charCodeAt(0) !== 48 && text.charCodeAt(0) !== 32) return text
  return text.trim().replace(/^0+/, '') || undefined
}

const CONTACT_KINDS: Readonly<Record<string, Contact['kind'] | undefined>> = {
  E: 'email',
  M: 'phone',
  H: 'phone',
  B: 'phone',
  P: 'phone',
  F: 'fax',
  T: 'agency-phone',
  A: 'address',
}

/** Reads an SSR CTCE, CTCM … or PCTC: `/INGRID..SOLHEIM//EXAMPLE.COM-1SOLHEIM/INGRID`. CTCR, refused, gives nothing. */
export function readContact(code: string, text: string): Contact | undefined {
  const kind = code === 'PCTC' ? 'emergency' : CONTACT_KINDS[code.charAt(3)]
  if (!kind) return undefined
  const bare = text.replace(/^\s*\/?\s*/, '')
  if (kind === 'email') return contact(kind, readEmail(bare))
  return contact(kind, withoutPnrName(bare).replace(/\/[A-Z]{2}$/, ''))
}

/**
 * Reads a contact in an OSI or history line: `CTCM 4790000001`, `ZX CTCT LON 20 7000 0000`, `YY CTC M 479…`, `…/APE a//b.c`.
 * Source: AIRIMP, OSI CTC.
 */
export function readOsiContact(text: string): Contact | undefined {
  const at = text.indexOf('CTC')
  if (at < 0 && !text.includes('/AP')) return undefined
  const plain = at === 0 ? plainContactAt(text) : 0
  if (plain > 0) return contactOf(text.charAt(3), text.slice(plain).trim())
  const match = OSI_CONTACT.exec(text)
  if (!match) return undefined
  return contactOf(match[1] ?? match[2] ?? '', match[3]?.trim() ?? '')
}

function contactOf(letter: string, value: string): Contact | undefined {
  const kind = CONTACT_KINDS[letter] ?? 'phone'
  return contact(kind, kind === 'email' ? readEmail(value) : withoutPnrName(value))
}

/** Where the value of the usual `CTCM 479…` begins; 0 for what is to be read with care. */
function plainContactAt(text: string): number {
  if (text.charCodeAt(4) !== BLANK || CONTACT_KINDS[text.charAt(3)] === undefined) return 0
  let at = 5
  while (text.charCodeAt(at) === BLANK || text.charCodeAt(at) === SLASH) at++
  const code = text.charCodeAt(at)
  return code > BLANK && code < DELETE ? at : 0
}

const BLANK = 0x20
const SLASH = 0x2f
const DELETE = 0x7f

const OSI_CONTACT = /^(?:[A-Z0-9]{2}\s+)?(?:CTC\s?([EMHBPTFA])?(?![A-Z])|.*\/AP([EM])\b)[\s/]*(.*)$/s

/** Puts back what teletype cannot write: `//` for @, `..` for _, `./` for -. Cuts a name or language behind it. */
export function readEmail(text: string): string {
  const domain = Math.max(text.indexOf('@'), text.indexOf('//'), 0)
  const bare = `${text.slice(0, domain)}${withoutPnrName(text.slice(domain))}`.trim()
  const address = bare.includes('@') ? bare : bare.replace('//', '@')
  return address
    .replaceAll('..', '_')
    .replaceAll('./', '-')
    .replace(/\/[A-Z]{2}$/, '')
}

/** The reverse of `readEmail`, for teletype. */
export const writeEmail = (email: string): string =>
  email.replace('@', '//').replaceAll('_', '..').replaceAll('-', './')

function contact(kind: Contact['kind'], value: string): Contact | undefined {
  const trimmed = value.trim()
  return trimmed ? { kind, value: trimmed } : undefined
}

/** `…-1OKAFOR/REMI`: the name in the PNR that some hosts glue to a value. */
const withoutPnrName = (text: string): string =>
  text.includes('-') ? text.replace(/-\d+(?:\.\d+)?[A-Z].*$/, '') : text

/** Fields between slashes, the leading slash optional, empty ones absent. */
function fields(text: string): (string | undefined)[] {
  const bare = text.startsWith('/') ? text.slice(1) : text
  return bare.split('/').map((field) => field.trim() || undefined)
}

type Loose<T> = { [K in keyof T]?: T[K] | undefined }

/** The same object without its undefined fields. */
function defined<T extends object>(object: Loose<T> & Pick<T, RequiredKeys<T>>): T {
  const all: Record<string, unknown> = { ...object }
  const kept: Record<string, unknown> = {}
  for (const key in all) if (all[key] !== undefined) kept[key] = all[key]
  return kept as T
}

type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T]
