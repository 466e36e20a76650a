import type { CatalogueEntry } from '../catalogue-entry.ts'

/** What a reader of machine-readable zones may notice. */
export const MRZ_FINDINGS = {
  'mrz.format': {
    severity: 'fatal',
    en: 'the lines are none of TD1, TD2, TD3, MRV-A and MRV-B',
    az: 'sətirlər TD1, TD2, TD3, MRV-A və MRV-B formatlarından heç biri deyil',
    clause: 'ICAO Doc 9303 parts 4 to 7',
    reply: { cusres: '125' },
    example: 'P<UTO',
  },
  'mrz.length': {
    severity: 'warning',
    en: 'a line is shorter or longer than its format; it was filled up or cut',
    az: 'sətir formatından qısa və ya uzundur; tamamlandı və ya kəsildi',
    clause: 'ICAO Doc 9303 parts 4 to 7',
    example: 'P<UTODOE<<ADA',
  },
  'mrz.character': {
    severity: 'warning',
    en: 'a character that no machine-readable zone has',
    az: 'maşınla oxunan zonada ola bilməyən simvol',
    clause: 'ICAO Doc 9303 part 3',
    example: 'P<UTOD-E<<ADA',
  },
  'mrz.check-digit': {
    severity: 'error',
    en: 'a check digit is wrong',
    az: 'yoxlama rəqəmi səhvdir',
    clause: 'ICAO Doc 9303 part 3, check digits',
    reply: { cusres: '125' },
    example: 'K7X04219P8UTO',
  },
  'mrz.suggestion': {
    severity: 'info',
    en: 'another reading of a field makes its check digit right',
    az: 'sahənin başqa oxunuşu yoxlama rəqəmini düzgün edir',
    clause: 'ICAO Doc 9303 part 3, check digits',
    example: 'K7XO4219P7UTO',
  },
  'mrz.date': {
    severity: 'error',
    en: 'a date does not exist',
    az: 'belə tarix yoxdur',
    clause: 'ICAO Doc 9303 part 3, dates',
    reply: { cusres: '122' },
    example: '841399',
  },
  'mrz.code': {
    severity: 'warning',
    en: 'the document code or a country code is not known',
    az: 'sənəd kodu və ya ölkə kodu məlum deyil',
    clause: 'ICAO Doc 9303 part 3, codes',
    reply: { cusres: '129' },
    example: 'P<QQQ',
  },
  'mrz.specimen': {
    severity: 'warning',
    en: 'the document is a specimen of Utopia',
    az: 'sənəd Utopiya nümunəsidir',
    clause: 'ICAO Doc 9303 part 3, codes',
    example: 'P<UTO',
  },
  'mrz.sex': {
    severity: 'info',
    en: 'the sex is neither M, F nor unspecified',
    az: 'cins M, F və ya göstərilməmiş deyil',
    clause: 'ICAO Doc 9303 part 3',
    example: '8402297X3107140',
  },
  'mrz.truncated': {
    severity: 'info',
    en: 'the name may be cut: its field is full',
    az: 'ad kəsilmiş ola bilər: sahə doludur',
    clause: 'ICAO Doc 9303 part 3, names',
    example: 'P<UTOAVERYLONGNAME<<THATFILLSTHEFIELDTOTHEEND',
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>
