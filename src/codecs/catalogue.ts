import type { Finding, Place } from '#domain/finding.ts'

import type { CatalogueEntry, ReplyCodes } from './catalogue-entry.ts'
import { CONFORMANCE_FINDINGS } from './conformance/catalogue.ts'
import { ENVELOPE_FINDINGS } from './edifact/catalogue.ts'
import { PAXLST_FINDINGS } from './edifact/paxlst/catalogue.ts'
import { PNRGOV_FINDINGS } from './edifact/pnrgov/catalogue.ts'
import { REPLY_FINDINGS } from './edifact/reply-catalogue.ts'
import type { FindingSink } from './edifact/tape.ts'
import { MRZ_FINDINGS } from './mrz/catalogue.ts'
import { XML_FINDINGS } from './xml/catalogue.ts'

export type Findings = Readonly<Record<string, CatalogueEntry>>

/** Every reader's findings by what it reads, in the order in which they are documented. */
export const CATALOGUES: readonly { readonly of: string; readonly findings: Findings }[] = [
  { of: 'Interchange and envelope', findings: ENVELOPE_FINDINGS },
  { of: 'PAXLST', findings: PAXLST_FINDINGS },
  { of: 'PNRGOV', findings: PNRGOV_FINDINGS },
  { of: 'PNRGOV XML', findings: XML_FINDINGS },
  { of: 'CUSRES, ACKRES, GOVREQ, CONTRL', findings: REPLY_FINDINGS },
  { of: 'Machine-readable zones', findings: MRZ_FINDINGS },
  { of: 'Conformance checks (validate)', findings: CONFORMANCE_FINDINGS },
]

export const CATALOGUE: Findings = Object.assign({}, ...CATALOGUES.map(({ findings }) => findings))

/** What a finding becomes in an answer; nothing where none fits. */
export const replyCodes = ({ code }: Finding): ReplyCodes => CATALOGUE[code]?.reply ?? {}

/** Findings beyond these are dropped: broken input must not cost memory. */
const MOST_FINDINGS = 1_000
/** Of a code that is rare still so many: the one real error does not drown in a thousand trifles. */
const MOST_OF_RARE = 20

export interface CollectedFindings extends FindingSink {
  readonly findings: readonly Finding[]
}

/** Gathers findings, each with the severity that the catalogue gives its code; one tells once that some were dropped. */
export function collectFindings(): CollectedFindings {
  const findings: Finding[] = []
  const counts = new Map<string, number>()
  let full = false
  return {
    findings,
    add(code: string, at: Place, detail: string): void {
      const count = counts.get(code) ?? 0
      if (findings.length >= MOST_FINDINGS && count >= MOST_OF_RARE) {
        if (!full) findings.push({ severity: 'warning', code: 'input.more-findings', at, detail: '' })
        full = true
        return
      }
      counts.set(code, count + 1)
      findings.push({ severity: CATALOGUE[code]?.severity ?? 'warning', code, at, detail })
    },
  }
}
