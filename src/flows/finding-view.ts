import type { Finding } from '#domain/finding.ts'

/** A finding with its place. */
export const findingView = ({ severity, code, at, detail }: Finding) => ({
  severity,
  code,
  sentence: { en: code, az: code },
  line: at.line,
  byte: at.byte,
  segment: at.segment,
  detail,
})
