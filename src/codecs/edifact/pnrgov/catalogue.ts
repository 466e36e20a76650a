import type { Severity } from '#domain/finding.ts'

/** What a reader of PNRGOV may notice, and how much it matters. `{}` is replaced by the detail: a code or a count. */
export const PNRGOV_FINDINGS = {
  'pnrgov.function': {
    severity: 'warning',
    text: 'MSG is missing or names an unknown function {}; read as a full push',
  },
  'pnrgov.leg-missing': {
    severity: 'error',
    text: 'the flight (TVL before the first SRC) is missing; taken from elsewhere in the message',
  },
  'pnrgov.no-leg': { severity: 'fatal', text: 'no flight can be made out that this push is about' },
  'pnrgov.total': { severity: 'warning', text: 'EQN and the number of PNRs differ: {}' },
  'pnrgov.src-missing': { severity: 'warning', text: 'a PNR begins without SRC' },
  'pnrgov.pnr-empty': { severity: 'warning', text: 'SRC with nothing behind it' },
  'pnrgov.pnr-unreadable': { severity: 'error', text: 'this PNR could not be read to its end' },
  'pnrgov.locator-missing': { severity: 'warning', text: 'the PNR has no RCI of its own' },
  'pnrgov.date-shifted': { severity: 'warning', text: 'RCI has its date where the type belongs' },
  'pnrgov.date': { severity: 'warning', text: 'a date that does not exist' },
  'pnrgov.time': { severity: 'warning', text: 'a time that does not exist' },
  'pnrgov.three-part-time': { severity: 'warning', text: 'TVL has an arrival time without its date' },
  'pnrgov.leg-empty': { severity: 'warning', text: 'TVL says nothing' },
  'pnrgov.name-missing': { severity: 'error', text: 'TIF without a surname' },
  'pnrgov.placeholder': { severity: 'info', text: 'TIF holds a seat that nobody is named for' },
  'pnrgov.traveller-repeated': { severity: 'warning', text: 'TIF repeats a traveller' },
  'pnrgov.reference-repeated': { severity: 'warning', text: 'two travellers have one reference' },
  'pnrgov.reference-unknown': { severity: 'warning', text: '{} is for a traveller reference that no TIF has' },
  'pnrgov.docs-repaired': { severity: 'warning', text: 'DOCS has its fields in other places than AIRIMP says' },
  'pnrgov.docs-date': { severity: 'error', text: 'DOCS has a date that does not exist' },
  'pnrgov.docs-unassigned': { severity: 'error', text: 'DOCS names a person that no TIF has; added to the PNR' },
  'pnrgov.infant-unnamed': { severity: 'warning', text: 'an infant is announced but not named' },
  'pnrgov.ssr-code': { severity: 'warning', text: 'SSR without a code' },
  'pnrgov.check-in-unassigned': { severity: 'warning', text: 'a check-in that is for none of the travellers' },
  'pnrgov.check-in-added': { severity: 'error', text: 'a check-in names a person that no TIF has; added to the PNR' },
  'pnrgov.misplaced': { severity: 'warning', text: '{} does not belong here' },
  'pnrgov.segment-unknown': { severity: 'warning', text: 'unknown segment {}' },
  'pnrgov.terminator-lost': { severity: 'warning', text: 'the terminator before {} is lost; put back' },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly text: string }>>

export type FindingCode = keyof typeof PNRGOV_FINDINGS
