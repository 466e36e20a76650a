import { createReadStream } from 'node:fs'
import { Command } from 'commander'
import { CATALOGUE } from '#codecs/catalogue.ts'
import { decodeStream } from '#codecs/decode-stream.ts'
import { describe, type Json } from '#codecs/describe.ts'
import { CONTRL_ERRORS } from '#codecs/edifact/contrl.ts'
import type { Finding } from '#domain/finding.ts'
import type { Decoded, Message } from '#domain/message.ts'
import { isPaxlst, isPnrgov, isReply, type ReplyMessage } from '#domain/message.ts'
import { USUAL_REPLIES } from '#domain/reply-profile.ts'
import { instant } from '#lib/time.ts'

type Language = 'en' | 'az'

interface Options {
  readonly json: boolean
  readonly language: Language
}

/** Exit codes: 0 understood; 1 nothing usable in it; 2 the command was used wrongly. */
export function command(): Command {
  return new Command('decode')
    .description('show what is understood of a message file, and what is wrong with it')
    .argument('<file>', 'PAXLST, PNRGOV (EDIFACT or XML), CUSRES, ACKRES, GOVREQ or CONTRL; - for standard input')
    .option('--json', 'one JSON object: messages and findings', false)
    .option('--language <code>', 'en or az', 'en')
    .action(async (file: string, { json, language }: Options) => {
      const pieces = decodeStream(file === '-' ? process.stdin : createReadStream(file), {
        receivedAt: instant(Date.now()),
      })
      const useful = await (json ? printJson(pieces) : printWords(pieces, language === 'az' ? 'az' : 'en'))
      process.exitCode = useful ? 0 : 1
    })
}

const isUseful = (message: Message): boolean => !('unreadable' in message)

/** Messages as they are read; findings, which are few, behind all of them. Tells whether anything was understood. */
async function printJson(pieces: AsyncIterable<Decoded>): Promise<boolean> {
  const findings: Json[] = []
  let useful = false
  let count = 0
  process.stdout.write('{"messages":[')
  for await (const decoded of pieces) {
    const described = describe(decoded)
    for (const message of described.messages)
      process.stdout.write(`${count++ > 0 ? ',' : ''}${JSON.stringify(message)}`)
    findings.push(...described.findings)
    useful ||= decoded.messages.some(isUseful)
  }
  process.stdout.write(`],"findings":${JSON.stringify(findings)}}\n`)
  return useful
}

async function printWords(pieces: AsyncIterable<Decoded>, language: Language): Promise<boolean> {
  const findings: Finding[] = []
  let useful = false
  let count = 0
  for await (const decoded of pieces) {
    for (const message of decoded.messages) process.stdout.write(`${messageLines(message, language).join('\n')}\n`)
    findings.push(...decoded.findings)
    useful ||= decoded.messages.some(isUseful)
    count += decoded.messages.length
  }
  process.stdout.write(findingLines(findings, count, language))
  return useful
}

function findingLines(findings: readonly Finding[], messages: number, language: Language): string {
  const lines = messages === 0 ? ['no message'] : []
  lines.push('', findings.length === 0 ? 'no findings' : `${findings.length} findings`)
  for (const { severity, code, at, detail } of findings) {
    const sentence = CATALOGUE[code]?.[language] ?? code
    lines.push(
      `  ${severity.padEnd(8)} line ${at.line}, byte ${at.byte}, segment ${at.segment}: ${sentence}${detail ? ` (${detail})` : ''}  [${code}]`,
    )
  }
  return `${lines.join('\n')}\n`
}

function messageLines(message: Message, language: Language): string[] {
  const { sender, reference, part } = message.envelope
  const head = `${message.type} ${message.version} from ${sender || 'nobody'}, reference ${reference}${part ? `, part ${part.number}${part.final ? ' (last)' : ''}` : ''}`
  if (isPnrgov(message)) {
    const { leg } = message
    return [
      head,
      `  ${message.function} push for ${leg.carrier} ${leg.number} ${leg.from}–${leg.to} ${leg.departs ?? ''}`,
      ...message.pnrs.flatMap((pnr) => [
        `  PNR ${pnr.locator}${pnr.cancelled ? ' (cancelled)' : ''}`,
        ...pnr.travellers.map(
          ({ surname, givenNames, documents, seat }) =>
            `    ${[[surname, givenNames].filter(Boolean).join(', '), documents.map((one) => `${one.type} ${one.number}`).join(' '), seat].filter(Boolean).join(' · ')}`,
        ),
      ]),
    ]
  }
  if (isPaxlst(message)) {
    return [
      head,
      ...message.legs.map(
        (leg) =>
          `  ${message.function} for ${leg.carrier} ${leg.number} ${leg.from}–${leg.to} ${leg.departs ?? ''} (${leg.place})`,
      ),
      ...message.travellers.map(
        ({ role, surname, givenNames, birthDate, documents, seat }) =>
          `    ${role}: ${[[surname, givenNames].filter(Boolean).join(', '), birthDate, documents.map((one) => `${one.type} ${one.number}`).join(' '), seat].filter(Boolean).join(' · ')}`,
      ),
    ]
  }
  if (isReply(message)) return [head, ...replyLines(message, language)]
  return [head, '  nothing usable']
}

/** Codes with what they usually mean: what was agreed with a carrier is not known here. */
function replyLines(message: ReplyMessage, language: Language): string[] {
  switch (message.type) {
    case 'CUSRES':
      return [
        `  ${message.kind}${message.transaction ? ` to ${message.transaction}` : ''}`,
        ...message.header.map(
          ({ code, text }) => `    message: ${[inUse(code, USUAL_REPLIES.messageErrors[code]), ...text].join(' · ')}`,
        ),
        ...message.decisions.map(
          ({ passengerReference, locator, code, text, detail = [] }) =>
            `    ${passengerReference ?? locator ?? 'nobody named'}: ${[inUse(code, USUAL_REPLIES.statuses[code]?.[language]), ...text, ...detail].join(' · ')}`,
        ),
      ]
    case 'ACKRES':
      return [
        `  ${message.accepted ? 'accepted' : `refused: ${message.errors.map((code) => inUse(code, USUAL_REPLIES.ackresErrors[code])).join(', ') || 'no reason given'}`}`,
      ]
    case 'GOVREQ':
      return [
        `  request ${message.request} of ${message.originator ?? 'nobody'}${message.leg ? ` for ${message.leg.flightAsSent}` : ''}`,
        ...message.locators.map(({ company, locator }) => `    PNR ${company} ${locator}`),
      ]
    case 'CONTRL':
      return [
        `  interchange ${message.subject.reference}: ${message.subject.action}`,
        ...[...message.reports, ...message.groups.flatMap(({ reports }) => reports)].flatMap(
          ({ reference, action, segments }) => [
            `    message ${reference}: ${action}`,
            ...segments.flatMap(({ position, error, elements }) => [
              `      segment ${position}${error ? `: ${inUse(error, CONTRL_ERRORS[error])}` : ''}`,
              ...elements.map(
                (one) =>
                  `        element ${one.element ?? '?'}: ${inUse(one.error ?? '?', CONTRL_ERRORS[one.error ?? ''])}`,
              ),
            ]),
          ],
        ),
      ]
  }
}

const inUse = (code: string, meaning: string | undefined): string => (meaning ? `${code} (${meaning})` : code)
