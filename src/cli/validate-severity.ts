import type { Severity } from '#domain/finding.ts'
import { type Html, html } from './html.ts'
import { type Language, WORDS } from './validate-words.ts'

const SIGNS = { fatal: '✖', error: '▲', warning: '◆', info: '●' } as const

/** Never by colour alone. */
export const severityTag = (severity: Severity, language: Language): Html =>
  html`<span class="s ${severity}">${SIGNS[severity]} ${WORDS[language][severity]}</span>`
