/**
 * What a report shows of a segment where names, documents and contacts shall not be read over a shoulder: codes, places,
 * dates of flights and counts stay, all else keeps its shape only. What is not listed is hidden.
 */

/** Elements that hold no personal data, by tag: `*` all, `1` the element, `1.2` one component of it. */
const SHOWN: Readonly<Record<string, string>> = {
  UNA: '*',
  UNB: '*',
  UNG: '*',
  UNH: '*',
  UNT: '*',
  UNE: '*',
  UNZ: '*',
  UNS: '*',
  BGM: '*',
  TDT: '*',
  CNT: '*',
  NAT: '*',
  ATT: '*',
  MEA: '*',
  GEI: '*',
  ERP: '*',
  ERC: '*',
  AUT: '*',
  QTY: '*',
  UCI: '1 2 3 4 5',
  UCF: '*',
  UCM: '*',
  UCS: '*',
  UCD: '*',
  LOC: '1 2.1 2.2 2.3',
  NAD: '1',
  DOC: '1',
  RFF: '1.1',
  COM: '1.2',
  CTA: '1',
  FTX: '1 2 3',
  EMP: '1',
  CPI: '*',
  MSG: '*',
  ORG: '1 2 3 5 6',
  TVL: '1 2.1 3.1 4 5 6 7 8 9',
  EQN: '*',
  SRC: '*',
  RCI: '1.1 1.3 1.4 1.5',
  DAT: '*',
  IFT: '1',
  SSR: '1.1 1.2 1.3 1.4 1.5 1.6 1.7',
  TIF: '1.2 2.2',
  TKT: '1.2 1.3 1.4',
  MON: '*',
  PTK: '*',
  TXD: '*',
  FAR: '*',
  FOP: '1.1 1.2 1.3 1.4',
  RPI: '*',
  APD: '*',
  TRA: '*',
  SSD: '*',
  TRI: '2',
  TBD: '1 2 3 4',
  EBD: '*',
  ABI: '1 3 4',
  SAC: '*',
  FTI: '1.1',
  ADD: '1',
  PDT: '',
}

const shownIn = new Map(Object.entries(SHOWN).map(([tag, elements]) => [tag, new Set(elements.split(' '))]))

/** Whether a component of a segment may be read by whoever sees the report; `qualifier` is the first value of the segment. */
export function isShown(tag: string, element: number, component: number, qualifier: string | undefined): boolean {
  if (element === 0) return true
  if (tag === 'DTM') return qualifier !== '329' || component !== 2
  if (tag === 'LOC' && (qualifier === '174' || qualifier === '180')) return element === 1
  const shown = shownIn.get(tag)
  if (!shown) return false
  return shown.has('*') || shown.has(String(element)) || shown.has(`${element}.${component}`)
}

/**
 * Whether another segment begins at the end of a value, its terminator lost: what comes behind it is that one's, and may
 * be a name. `173\nNAD`, `FSSR`.
 */
export const beginsAnother = (text: string): boolean =>
  /[\r\n]|.(ADD|COM|DOC|FOP|FTX|IFT|LTS|NAD|REF|RFF|SSR|TIF)$/.test(text)

/** Shape only: `BERG-MÜLLER 14` → `XXXX-XXXXXX 00`. */
export const masked = (text: string): string =>
  text.replace(/[^\p{P}\p{Z}\p{S}]/gu, (one) => (/\p{Nd}/u.test(one) ? '0' : /\p{Ll}/u.test(one) ? 'x' : 'X'))
