import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import { instant } from '#lib/time.ts'
import { decode } from './decode.ts'
import { paxlstProfile } from './edifact/paxlst/profile.ts'
import { DEFAULT_PNRGOV_PROFILE } from './edifact/pnrgov/profile.ts'

const receivedAt = instant(Date.parse('2026-06-12T07:00:00.000Z'))
const sent = (name: string): Buffer => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))

test('what was agreed about codes reaches the reader of PNRGOV, in EDIFACT and in XML', () => {
  const pnrgov = { ...DEFAULT_PNRGOV_PROFILE, payments: new Map([['CA', 'cheque' as const]]) }
  for (const file of ['pnrgov-xml/single-passenger.xml', 'pnrgov/clean-10-1.edi']) {
    const bytes = sent(file)
    const forms = (context: Parameters<typeof decode>[1]): readonly string[] =>
      decode(bytes, context)
        .messages.filter(isPnrgov)
        .flatMap(({ pnrs }) => pnrs.flatMap(({ travellers }) => travellers.flatMap(({ tickets }) => tickets)))
        .flatMap(({ payments }) => payments.filter(({ formAsSent }) => formAsSent === 'CA').map(({ form }) => form))
    expect(new Set(forms({ receivedAt }))).toEqual(new Set(['cash']))
    expect(new Set(forms({ receivedAt, pnrgov }))).toEqual(new Set(['cheque']))
  }
})

test('what a State asks for, or was agreed, reaches the reader of PAXLST', () => {
  const roles = (context: Parameters<typeof decode>[1]): readonly string[] =>
    decode(sent('paxlst/manifest.edi'), context)
      .messages.filter(isPaxlst)
      .flatMap(({ travellers }) => travellers.map(({ role }) => role))
  const usual = paxlstProfile()
  expect(roles({ receivedAt })).toContain('passenger')
  const paxlst = { ...usual, roles: new Map([...usual.roles, ['FL', 'crew' as const]]) }
  expect(roles({ receivedAt, paxlst })).not.toContain('passenger')
})
