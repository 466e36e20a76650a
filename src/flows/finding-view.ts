import { CATALOGUE } from '#codecs/catalogue.ts'
import type { Finding } from '#domain/finding.ts'

/** A finding with its place and in plain words, in the console's languages. */
export function findingView({ severity, code, at, detail }: Finding) {
  const { en = code, az = code } = CATALOGUE[code] ?? {}
  return { severity, code, sentence: { en, az }, line: at.line, byte: at.byte, segment: at.segment, detail }
}
