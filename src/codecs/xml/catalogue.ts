import type { CatalogueEntry } from '../catalogue-entry.ts'

/** What a reader of XML may notice; what a PNRGOV says wrongly has the codes of PNRGOV. */
export const XML_FINDINGS = {
  'xml.malformed': {
    severity: 'warning',
    en: 'the document is not well-formed here; read on as far as possible',
    az: 'sənəd burada düzgün qurulmayıb; mümkün qədər oxundu',
    clause: 'XML 1.0',
    reply: { ackres: '118' },
    example: '<PNR><Passenger></PNR>',
  },
  'xml.cut-off': {
    severity: 'warning',
    en: 'the document ends before its elements do',
    az: 'sənəd elementləri bağlanmadan bitir',
    clause: 'XML 1.0',
    reply: { ackres: '118' },
    example: '<IATA_PNRGOV_NotifRQ><FlightLeg',
  },
  'xml.doctype': {
    severity: 'warning',
    en: 'a document type is not looked at, nor any entity that it declares',
    az: 'sənəd növü və onun elan etdiyi obyektlər nəzərə alınmır',
    clause: 'XML 1.0, 2.8',
    example: '<!DOCTYPE IATA_PNRGOV_NotifRQ>',
  },
  'xml.encoding': {
    severity: 'info',
    en: 'the declared encoding is not the one that was sent',
    az: 'elan edilmiş kodlaşdırma göndəriləndən fərqlidir',
    clause: 'XML 1.0, 4.3.3',
    example: '<?xml version="1.0" encoding="UTF-16"?>',
  },
  'xml.too-deep': {
    severity: 'error',
    en: 'elements are nested deeper than is read',
    az: 'elementlər oxunan dərinlikdən daha dərindir',
    clause: 'XML 1.0',
    example: '<a><a><a>…',
  },
  'xml.value-too-long': {
    severity: 'error',
    en: 'a value is longer than is read; its beginning was kept',
    az: 'qiymət oxunandan uzundur; başlanğıcı saxlanıldı',
    clause: 'XML 1.0',
    example: '<Text>…',
  },
  'xml.attributes': {
    severity: 'error',
    en: 'an element has more attributes than are read',
    az: 'elementin atributları oxunandan çoxdur',
    clause: 'XML 1.0',
    example: '<PNR a1="" a2="" …>',
  },
  'xml.unknown-element': {
    severity: 'info',
    en: 'an element that is not known; it is kept as it was sent',
    az: 'naməlum element; göndərildiyi kimi saxlanılır',
    clause: 'PNRGOV XML',
    example: '<PNR><Weather/></PNR>',
  },
  'xml.no-message': {
    severity: 'fatal',
    en: 'no PNRGOV message was found in the document',
    az: 'sənəddə PNRGOV xəbəri tapılmadı',
    clause: 'PNRGOV XML, root element',
    reply: { ackres: '118' },
    example: '<html/>',
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>
