import type { CatalogueEntry } from '../catalogue-entry.ts'

/** What a reader of answers and requests may notice. */
export const REPLY_FINDINGS = {
  'cusres.document': {
    severity: 'warning',
    en: 'BGM is missing or has an unknown code; read as an answer',
    az: 'BGM yoxdur və ya kodu naməlumdur; cavab kimi oxundu',
    clause: 'BGM 1001',
    reply: { contrl: '12' },
    example: "UNH+1+CUSRES:D:05B:UN:IATA'BGM+999'",
  },
  'govreq.request': {
    severity: 'warning',
    en: 'MSG does not say what is asked for',
    az: 'MSG nəyin istənildiyini göstərmir',
    clause: 'MSG 1225',
    reply: { contrl: '13' },
    example: "UNH+1+GOVREQ:14:1:IA'ORG+XL:OSL'",
  },
  'contrl.subject': {
    severity: 'warning',
    en: 'UCI is missing: it is not known which interchange is meant',
    az: 'UCI yoxdur: hansı mübadilənin nəzərdə tutulduğu bilinmir',
    clause: 'UCI',
    reply: { contrl: '13' },
    example: "UNH+1+CONTRL:D:3:UN'UCM+1+PAXLST:D:12B:UN+7'",
  },
  'message.kept-too-many': {
    severity: 'warning',
    en: 'more segments than are kept are not understood',
    az: 'başa düşülməyən seqmentlərin sayı saxlanılandan çoxdur',
    clause: 'ISO 9735 message specification',
    reply: { contrl: '35' },
    example: 'the 251st segment of an answer that nobody understands',
  },
  'message.not-for-us': {
    severity: 'error',
    en: 'such a message is sent by a State, not to it',
    az: 'belə xəbəri dövlət göndərir, dövlətə göndərilmir',
    clause: 'UNH S009',
    reply: { contrl: '17' },
    example: "UNH+1+GOVREQ:14:1:IA'MSG+:43'",
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>
