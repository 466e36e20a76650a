/**
 * Country codes of travel documents: ICAO Doc 9303 part 3 (three letters; ISO 3166-1 with the document-specific
 * additions) and their two-letter forms.
 */
const PAIRS = `
AF AFG AX ALA AL ALB DZ DZA AS ASM AD AND AO AGO AI AIA AQ ATA AG ATG AR ARG AM ARM AW ABW AU AUS AT AUT AZ AZE BS BHS BH BHR BD BGD BB BRB
BY BLR BE BEL BZ BLZ BJ BEN BM BMU BT BTN BO BOL BQ BES BA BIH BW BWA BV BVT BR BRA IO IOT BN BRN BG BGR BF BFA BI BDI CV CPV KH KHM CM CMR
CA CAN KY CYM CF CAF TD TCD CL CHL CN CHN CX CXR CC CCK CO COL KM COM CG COG CD COD CK COK CR CRI CI CIV HR HRV CU CUB CW CUW CY CYP CZ CZE
DK DNK DJ DJI DM DMA DO DOM EC ECU EG EGY SV SLV GQ GNQ ER ERI EE EST SZ SWZ ET ETH FK FLK FO FRO FJ FJI FI FIN FR FRA GF GUF PF PYF TF ATF
GA GAB GM GMB GE GEO DE DEU GH GHA GI GIB GR GRC GL GRL GD GRD GP GLP GU GUM GT GTM GG GGY GN GIN GW GNB GY GUY HT HTI HM HMD VA VAT HN HND
HK HKG HU HUN IS ISL IN IND ID IDN IR IRN IQ IRQ IE IRL IM IMN IL ISR IT ITA JM JAM JP JPN JE JEY JO JOR KZ KAZ KE KEN KI KIR KP PRK KR KOR
KW KWT KG KGZ LA LAO LV LVA LB LBN LS LSO LR LBR LY LBY LI LIE LT LTU LU LUX MO MAC MG MDG MW MWI MY MYS MV MDV ML MLI MT MLT MH MHL MQ MTQ
MR MRT MU MUS YT MYT MX MEX FM FSM MD MDA MC MCO MN MNG ME MNE MS MSR MA MAR MZ MOZ MM MMR NA NAM NR NRU NP NPL NL NLD NC NCL NZ NZL NI NIC
NE NER NG NGA NU NIU NF NFK MK MKD MP MNP NO NOR OM OMN PK PAK PW PLW PS PSE PA PAN PG PNG PY PRY PE PER PH PHL PN PCN PL POL PT PRT PR PRI
QA QAT RE REU RO ROU RU RUS RW RWA BL BLM SH SHN KN KNA LC LCA MF MAF PM SPM VC VCT WS WSM SM SMR ST STP SA SAU SN SEN RS SRB SC SYC SL SLE
SG SGP SX SXM SK SVK SI SVN SB SLB SO SOM ZA ZAF GS SGS SS SSD ES ESP LK LKA SD SDN SR SUR SJ SJM SE SWE CH CHE SY SYR TW TWN TJ TJK TZ TZA
TH THA TL TLS TG TGO TK TKL TO TON TT TTO TN TUN TR TUR TM TKM TC TCA TV TUV UG UGA UA UKR AE ARE GB GBR US USA UM UMI UY URY UZ UZB VU VUT
VE VEN VN VNM VG VGB VI VIR WF WLF EH ESH YE YEM ZM ZMB ZW ZWE XK RKS
`

/** Codes that exist on documents only: organisations, refugees, stateless persons, British classes of nationality. */
export const SPECIAL_CODES = [
  'EUE',
  'UNO',
  'UNA',
  'UNK',
  'XAA',
  'XXA',
  'XXB',
  'XXC',
  'XXX',
  'XOM',
  'XPO',
  'XBA',
  'XIM',
  'XCC',
  'XCO',
  'XEC',
  'XMP',
  'XES',
  'XCE',
  'XCT',
  'XDC',
  'GBD',
  'GBN',
  'GBO',
  'GBP',
  'GBS',
  'IAO',
  'UTO',
  'XKX',
] as const

/** What is still sent for a code that was replaced, or in a State's own short form. */
const ALIASES: Readonly<Record<string, string>> = {
  D: 'DEU',
  ROM: 'ROU',
  ZAR: 'COD',
  TMP: 'TLS',
  SCG: 'SRB',
  YUG: 'SRB',
  KOS: 'RKS',
  XKX: 'RKS',
}

const threeByTwo = new Map<string, string>()
const threeLetters = new Set<string>()
const tokens = PAIRS.trim().split(/\s+/)
for (let at = 0; at + 1 < tokens.length; at += 2) {
  const [two = '', three = ''] = [tokens[at], tokens[at + 1]]
  threeByTwo.set(two, three)
  threeLetters.add(three)
}
const special = new Set<string>(SPECIAL_CODES)

/** The three-letter code for what a sender wrote: `D`, `AZ`, `aze`, `XXB`; nothing for what is no code. */
export function countryCode(sent: string): string | undefined {
  if (threeLetters.has(sent)) return sent
  const code = sent.trim().toUpperCase().replace(/<+$/, '')
  const known = ALIASES[code] ?? code
  if (known.length === 2) return threeByTwo.get(known)
  return threeLetters.has(known) || special.has(known) ? known : undefined
}
