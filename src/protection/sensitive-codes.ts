import type { Category } from './sensitive-words.ts'

/**
 * SSR codes (9962) that reveal what may not be known, by what they reveal. `indirect`: what somebody eats may indicate
 * belief or origin; a policy may let such a code stay. Every other `??ML` counts as a medical meal.
 *
 * Source: PNRGOV guide, SSR; IATA code lists. Codes of single carriers (POXY, NSML …) are among them.
 */
interface CodeClass {
  readonly category: Category
  readonly indirect?: true
  readonly codes: string
}

const CLASSES: readonly CodeClass[] = [
  { category: 'religion', codes: 'HNML KSML MOML VJML AVML' },
  { category: 'religion', indirect: true, codes: 'VGML VLML VOML RVML SPML' },
  { category: 'ethnicity', indirect: true, codes: 'ORML JPML CNML OBML' },
  { category: 'ethnicity', codes: 'LANG' },
  { category: 'health', codes: 'DBML GFML LFML LCML LSML NLML BLML LPML HFML PRML PFML NFML NSML' },
  { category: 'health', codes: 'WCHR WCHS WCHC WCHP WCOB WCMP WCBD WCBW WCLB' },
  {
    category: 'health',
    codes: 'MEDA MEQT STCR OXYG POXY PPOC BLND DEAF DPNA LEGL LEGR LEGB ESAN SVAN MAAS',
  },
]

const listed = (wanted: (one: CodeClass) => boolean): [string, Category][] =>
  CLASSES.filter(wanted).flatMap(({ category, codes }) =>
    codes.split(' ').map((code): [string, Category] => [code, category]),
  )

export const SENSITIVE_CODES: ReadonlyMap<string, Category> = new Map(listed(() => true))
export const INDIRECT_CODES: ReadonlySet<string> = new Set(listed(({ indirect }) => !!indirect).map(([code]) => code))

/**
 * What may stay of the text of an SSR whose code may stay. `keep`: a fixed layout that carries names and numbers, never
 * screened for words; `screen`: free text, gone when a word hits; `remark`: a general remark, treated like OSI.
 * Codes that are not listed keep nothing but the code.
 */
const BY_TREATMENT = {
  keep: 'DOCS DOCA DOCO FOID FQTV FQTU FQTR FQTS INFT TKNE TKNA TKNM TKNR CTCE',
  screen:
    'UMNR CHLD TKTL SEAT RQST NSST NSSA NSSW NSSB NSSR CTCM CTCH CTCB CTCP CTCF CTCT CTCA CTCR PCTC XBAG ABAG CBBG PDBG BIKE BULK FRAG SPEQ WEAP PETC AVIH BSCT TWOV SEMN COUR DIPL GRPF GRPS CLID ADTK ADPI ADMD',
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
