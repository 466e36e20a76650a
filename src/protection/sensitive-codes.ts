import type { Category } from './sensitive-words.ts'

/** SSR codes (9962) that reveal what may not be known, by what they reveal. Every other `??ML` meal counts as health. */
const BY_CATEGORY: Readonly<Partial<Record<Category, string>>> = {
  religion: 'HNML KSML MOML VJML AVML VGML VLML VOML RVML',
  ethnicity: 'ORML JPML CNML OBML LANG',
  health:
    'WCHR WCHS WCHC WCHP WCOB WCMP WCBD WCBW WCLB MEDA MEQT STCR OXYG POXY PPOC BLND DEAF DPNA LEGL LEGR LEGB ESAN SVAN MAAS',
}

export const SENSITIVE_CODES: ReadonlyMap<string, Category> = new Map(
  Object.entries(BY_CATEGORY).flatMap(([category, codes]) =>
    codes.split(' ').map((code): [string, Category] => [code, category as Category]),
  ),
)

/**
 * What may stay of the text of an SSR whose code may stay. `keep`: a fixed layout that carries names and numbers, never
 * screened for words; `screen`: free text, gone when a word hits; `remark`: a general remark, treated like OSI.
 * Codes that are not listed keep nothing but the code.
 */
const BY_TREATMENT = {
  keep: 'DOCS DOCA DOCO FOID FQTV FQTU FQTR FQTS INFT CHLD TKNE TKNA TKNM TKNR TKTL SEAT RQST NSST NSSA NSSW NSSB NSSR CTCE CTCR',
  screen:
    'UMNR CTCM CTCH CTCB CTCP CTCF CTCT CTCA PCTC XBAG ABAG CBBG PDBG BIKE BULK FRAG SPEQ WEAP PETC AVIH BSCT TWOV SEMN COUR DIPL GRPF GRPS CLID ADTK ADPI ADMD',
  remark: 'OTHS CKIN EXST GPST DEPA DEPU',
} as const

export type Treatment = keyof typeof BY_TREATMENT | 'drop'

export const TREATMENTS: ReadonlyMap<string, Treatment> = new Map(
  Object.entries(BY_TREATMENT).flatMap(([treatment, codes]) =>
    codes.split(' ').map((code): [string, Treatment] => [code, treatment as Treatment]),
  ),
)

/** Action and status codes (4405) that stand glued to an SSR code in history lines: `KSMLHK1`, `KSMLZXHK1`. */
export const GLUED_STATUS =
  'HK|KK|KL|TK|RR|SS|LK|OK|GK|BK|MK|AK|PK|DK|ZK|YK|VK|HL|LL|TL|US|UU|PB|PC|NN|HN|PN|SA|SQ|IN|TN|RQ|XX|XK|XL|HX|UC|UN|NO|OX|IX|WL|WK|UX|GN|GL'

/** Four letters that end in ML and are no meal. */
export const NO_MEALS: ReadonlySet<string> = new Set(['HTML', 'YAML', 'DHML', 'WSML'])
