import type { CatalogueEntry } from '../../catalogue.ts'

/** What a reader of PNRGOV may notice, how much it matters, and how it reads at a carrier's desk. */
export const PNRGOV_FINDINGS = {
  'pnrgov.function': {
    severity: 'warning',
    en: 'MSG is missing or names an unknown function; read as a full push',
    az: 'MSG yoxdur və ya naməlum funksiya göstərir; tam göndəriş kimi oxundu',
    clause: 'PNRGOV MSG 1225',
  },
  'pnrgov.leg-missing': {
    severity: 'error',
    en: 'the flight (TVL before the first SRC) is missing; taken from elsewhere in the message',
    az: 'uçuş (birinci SRC-dən əvvəlki TVL) yoxdur; xəbərin başqa yerindən götürüldü',
    clause: 'PNRGOV TVL, level 0',
  },
  'pnrgov.no-leg': {
    severity: 'fatal',
    en: 'no flight can be made out that this push is about',
    az: 'bu göndərişin hansı uçuş haqqında olduğu bilinmir',
    clause: 'PNRGOV TVL, level 0',
  },
  'pnrgov.total': {
    severity: 'warning',
    en: 'EQN and the number of PNRs differ',
    az: 'EQN ilə PNR-lərin sayı fərqlidir',
    clause: 'PNRGOV EQN, level 0',
  },
  'pnrgov.src-missing': {
    severity: 'warning',
    en: 'a PNR begins without SRC',
    az: 'PNR SRC olmadan başlayır',
    clause: 'PNRGOV SRC',
  },
  'pnrgov.pnr-empty': {
    severity: 'warning',
    en: 'SRC with nothing behind it',
    az: 'SRC-dən sonra heç nə yoxdur',
    clause: 'PNRGOV SRC',
  },
  'pnrgov.locator-missing': {
    severity: 'warning',
    en: 'the PNR has no record locator (RCI) of its own',
    az: 'PNR-in öz nömrəsi (RCI) yoxdur',
    clause: 'PNRGOV RCI, group 1',
  },
  'pnrgov.date-shifted': {
    severity: 'warning',
    en: 'RCI has its date where the type belongs',
    az: 'RCI-də tarix növün yerindədir',
    clause: 'PNRGOV RCI 9958',
  },
  'pnrgov.date': {
    severity: 'warning',
    en: 'a date is missing or does not exist',
    az: 'tarix yoxdur və ya mövcud deyil',
    clause: 'PNRGOV C310',
  },
  'pnrgov.time': {
    severity: 'warning',
    en: 'a time does not exist',
    az: 'belə saat mövcud deyil',
    clause: 'PNRGOV C310',
  },
  'pnrgov.three-part-time': {
    severity: 'warning',
    en: 'TVL has an arrival time without its date',
    az: 'TVL-də gəliş saatı tarixsizdir',
    clause: 'PNRGOV C310',
  },
  'pnrgov.leg-empty': { severity: 'warning', en: 'TVL says nothing', az: 'TVL boşdur', clause: 'PNRGOV TVL, group 5' },
  'pnrgov.name-missing': {
    severity: 'error',
    en: 'TIF has no surname',
    az: 'TIF-də soyad yoxdur',
    clause: 'PNRGOV TIF 9936',
  },
  'pnrgov.placeholder': {
    severity: 'info',
    en: 'TIF holds a seat that nobody is named for',
    az: 'TIF adı bilinməyən sərnişinin yeridir',
    clause: 'PNRGOV TIF',
  },
  'pnrgov.traveller-repeated': {
    severity: 'warning',
    en: 'TIF repeats a traveller',
    az: 'TIF eyni sərnişini təkrarlayır',
    clause: 'PNRGOV TIF',
  },
  'pnrgov.reference-repeated': {
    severity: 'warning',
    en: 'two travellers have one reference',
    az: 'iki sərnişinin istinadı eynidir',
    clause: 'PNRGOV TIF 9944',
  },
  'pnrgov.reference-unknown': {
    severity: 'warning',
    en: 'an SSR is for a traveller reference that no TIF has',
    az: 'SSR heç bir TIF-də olmayan istinada aiddir',
    clause: 'PNRGOV SSR 9944',
  },
  'pnrgov.docs-repaired': {
    severity: 'warning',
    en: 'DOCS has its fields in other places than it should',
    az: 'DOCS sahələri yerində deyil',
    clause: 'AIRIMP SSR DOCS',
  },
  'pnrgov.docs-date': {
    severity: 'error',
    en: 'DOCS has a date that does not exist',
    az: 'DOCS-da mövcud olmayan tarix var',
    clause: 'AIRIMP SSR DOCS',
  },
  'pnrgov.docs-unassigned': {
    severity: 'error',
    en: 'DOCS names a person that no TIF has; added to the PNR',
    az: 'DOCS heç bir TIF-də olmayan şəxsi göstərir; PNR-ə əlavə olundu',
    clause: 'AIRIMP SSR DOCS',
  },
  'pnrgov.infant-unnamed': {
    severity: 'warning',
    en: 'an infant is announced but not named',
    az: 'körpə bildirilib, adı göstərilməyib',
    clause: 'PNRGOV TIF 9946',
  },
  'pnrgov.ssr-code': {
    severity: 'warning',
    en: 'SSR has no code',
    az: 'SSR-in kodu yoxdur',
    clause: 'PNRGOV SSR 9962',
  },
  'pnrgov.check-in-unassigned': {
    severity: 'warning',
    en: 'a check-in is for none of the travellers',
    az: 'qeydiyyat heç bir sərnişinə aid deyil',
    clause: 'PNRGOV TRI, group 7',
  },
  'pnrgov.check-in-added': {
    severity: 'error',
    en: 'a check-in names a person that no TIF has; added to the PNR',
    az: 'qeydiyyat heç bir TIF-də olmayan şəxsi göstərir; PNR-ə əlavə olundu',
    clause: 'PNRGOV TIF, group 7',
  },
  'pnrgov.misplaced': {
    severity: 'warning',
    en: 'a segment does not belong where it stands',
    az: 'seqment öz yerində deyil',
    clause: 'PNRGOV segment table',
  },
  'pnrgov.segment-unknown': {
    severity: 'warning',
    en: 'an unknown segment',
    az: 'naməlum seqment',
    clause: 'PNRGOV segment table',
  },
  'pnrgov.terminator-lost': {
    severity: 'warning',
    en: 'the terminator before a segment is lost; put back',
    az: 'seqmentdən əvvəlki sonlandırıcı itib; bərpa olundu',
    clause: 'ISO 9735 segment terminator',
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>

export type FindingCode = keyof typeof PNRGOV_FINDINGS
