import type { CatalogueEntry } from '../catalogue.ts'

/** What may be wrong with an interchange and its envelopes, whatever message stands in it. */
export const ENVELOPE_FINDINGS = {
  'input.too-large': {
    severity: 'fatal',
    en: 'the input is larger than is accepted',
    az: 'məlumat qəbul edilən həcmdən böyükdür',
  },
  'input.no-interchange': {
    severity: 'fatal',
    en: 'no interchange (UNB) was found',
    az: 'mübadilə (UNB) tapılmadı',
    clause: 'ISO 9735',
  },
  'input.more-findings': {
    severity: 'warning',
    en: 'there are more findings than are listed',
    az: 'qeydlərin sayı göstəriləndən çoxdur',
  },
  'una.damaged': {
    severity: 'warning',
    en: 'UNA is damaged; delimiters were taken from UNB',
    az: 'UNA zədəlidir; ayırıcılar UNB-dən götürüldü',
    clause: 'ISO 9735 UNA',
  },
  'segment.terminator-in-data': {
    severity: 'warning',
    en: 'a terminator inside data lacks its release character',
    az: 'məlumatın içindəki sonlandırıcının qarşısında azadetmə işarəsi yoxdur',
    clause: 'ISO 9735 release character',
  },
  'segment.typographic-terminator': {
    severity: 'warning',
    en: 'a typographic apostrophe ends the segment',
    az: 'seqment tipoqrafik apostrofla bitir',
  },
  'segment.unterminated': {
    severity: 'warning',
    en: 'the last segment has no terminator',
    az: 'son seqmentin sonlandırıcısı yoxdur',
  },
  'envelope.prepared': {
    severity: 'warning',
    en: 'UNB has no readable date and time of preparation',
    az: 'UNB-də hazırlanma tarixi və saatı oxunmur',
    clause: 'UNB S004',
  },
  'envelope.sender': {
    severity: 'warning',
    en: 'UNB names no sender',
    az: 'UNB-də göndərən göstərilməyib',
    clause: 'UNB S002',
  },
  'envelope.unb-missing': {
    severity: 'warning',
    en: 'a message stands outside any interchange',
    az: 'xəbər mübadilədən kənardadır',
    clause: 'UNB',
  },
  'envelope.unz-missing': {
    severity: 'warning',
    en: 'the interchange has no UNZ: it may be cut off',
    az: 'mübadilədə UNZ yoxdur: kəsilmiş ola bilər',
    clause: 'UNZ',
  },
  'envelope.unz-reference': {
    severity: 'info',
    en: 'UNZ and UNB have different references',
    az: 'UNZ və UNB-nin istinadları fərqlidir',
    clause: 'UNZ 0020',
  },
  'envelope.unt-missing': {
    severity: 'warning',
    en: 'the message has no UNT: it may be cut off',
    az: 'xəbərdə UNT yoxdur: kəsilmiş ola bilər',
    clause: 'UNT',
  },
  'envelope.unt-alone': { severity: 'info', en: 'UNT without UNH', az: 'UNH-siz UNT', clause: 'UNT' },
  'envelope.unt-count': {
    severity: 'info',
    en: 'UNT counts the segments wrongly',
    az: 'UNT seqmentləri səhv sayır',
    clause: 'UNT 0074',
  },
  'envelope.unt-reference': {
    severity: 'info',
    en: 'UNT and UNH have different references',
    az: 'UNT və UNH-nin istinadları fərqlidir',
    clause: 'UNT 0062',
  },
  'envelope.count': {
    severity: 'info',
    en: 'a trailer counts wrongly',
    az: 'sonluq səhv sayır',
    clause: 'UNE 0060, UNZ 0036',
  },
  'message.unknown-type': {
    severity: 'fatal',
    en: 'a message of this type is not read here',
    az: 'bu növ xəbər burada oxunmur',
    clause: 'UNH S009',
  },
  'message.unknown-version': {
    severity: 'info',
    en: 'the version is not known; read like the others',
    az: 'versiya məlum deyil; digərləri kimi oxundu',
    clause: 'UNH S009',
  },
  'cusres.document': {
    severity: 'warning',
    en: 'BGM is missing or has an unknown code; read as an answer',
    az: 'BGM yoxdur və ya kodu naməlumdur; cavab kimi oxundu',
    clause: 'BGM 1001',
  },
  'message.failed': { severity: 'fatal', en: 'the message could not be read', az: 'xəbər oxuna bilmədi' },
  'leg.day-implausible': {
    severity: 'error',
    en: 'the day of departure is more than a year away',
    az: 'uçuş günü bir ildən uzaqdır',
    clause: 'TDT/DTM, TVL C310',
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>
