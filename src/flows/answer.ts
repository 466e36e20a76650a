/**
 * The answer to a transmission: ACKRES to each PNRGOV, CUSRES to each PAXLST of a carrier that wants it; others get a
 * receipt. It says "received and readable" and "board": that somebody is to be looked at is never told to a carrier,
 * and no machine keeps anybody from boarding.
 */
import { writeAckres } from '#codecs/edifact/ackres.ts'
import { writeContrl } from '#codecs/edifact/contrl.ts'
import { contrlFor } from '#codecs/edifact/contrl-for.ts'
import { writeCusres } from '#codecs/edifact/cusres.ts'
import { refusalCodes } from '#codecs/edifact/reply-codes.ts'
import type { Finding } from '#domain/finding.ts'
import { type Decoded, isReply, type Message, type PaxlstMessage, type PnrgovMessage } from '#domain/message.ts'
import type { LegReport } from '#domain/normalise.ts'
import { repliesAgreed } from '#domain/reply-profile.ts'
import type { CarrierProfile } from '#store/tables.ts'
import type { Settlement, TransmissionHead } from '#store/transmissions.ts'
import { cusresTo } from './answer-cusres.ts'
import type { Deps } from './deps.ts'

/** What a transmission says, and what was noticed while it was read. */
export interface Understood extends Decoded {
  readonly bytes: Uint8Array
}

export function answerTo(
  { profile }: TransmissionHead,
  understood: Understood,
  reports: readonly LegReport[],
  deps: Deps,
): Settlement {
  const { messages, findings } = understood
  const leg = reports[0]?.leg
  const usable = new Set(reports.map((report) => report.message))
  const replies = messages.flatMap((message) =>
    replyTo(message, usable.has(message as never), profile, understood, deps),
  )
  replies.push(...reportsOn(understood, profile, deps))
  const rejected = reports.length === 0 && !messages.some(isAcknowledgement)
  const misdirected = messages.filter((message) => isReply(message) && !isAcknowledgement(message)).map(notForUs)
  const all = [...findings, ...misdirected]
  return {
    state: rejected ? 'rejected' : all.some((one) => one.severity !== 'info') ? 'accepted-with-findings' : 'accepted',
    at: deps.clock(),
    type: [...new Set(messages.map((message) => message.type))].join(' ') || undefined,
    flight: leg && `${leg.carrier} ${leg.number}${leg.suffix} ${leg.from}–${leg.to} ${leg.date}`,
    legs: [...new Set(reports.map((report) => report.leg.id))],
    travellers: [...usable].reduce((sum, message) => sum + travellersIn(message), 0),
    findings: all,
    reply: replies.length > 0 ? Buffer.concat(replies) : undefined,
    replyType: replies.length > 0 ? 'application/edifact' : undefined,
    cause: rejected
      ? (all.find((one) => one.severity === 'fatal')?.code ?? misdirected[0]?.code ?? 'message.nothing-usable')
      : undefined,
  }
}

/** Syntax reports, where the carrier has agreed to them. */
function reportsOn(understood: Understood, { contrl }: CarrierProfile, deps: Deps): readonly Uint8Array[] {
  const reported = understood.messages.filter((message) => !isReply(message) && message.envelope.syntax !== 'XML')
  if (contrl === undefined || contrl === 'never' || reported.length === 0) return []
  return contrlFor(understood.bytes, understood)
    .filter(({ rejects }) => rejects || contrl === 'always')
    .map(({ request, report }) => writeContrl(request, report, { prepared: deps.clock() }))
}

/** What a carrier says of something that we sent him: taken note of, and never answered. */
const isAcknowledgement = (message: Message): boolean =>
  isReply(message) &&
  (message.type === 'ACKRES' ||
    message.type === 'CONTRL' ||
    (message.type === 'CUSRES' && message.kind === 'acknowledgement'))

const notForUs = ({ type, span }: Message): Finding => ({
  severity: 'error',
  code: 'message.not-for-us',
  at: { byte: span[0], line: 1, segment: 1 },
  detail: type,
})

const travellersIn = (message: PaxlstMessage | PnrgovMessage): number =>
  message.type === 'PNRGOV'
    ? message.pnrs.reduce((sum, pnr) => sum + pnr.travellers.length, 0)
    : message.travellers.length

function replyTo(
  message: Message,
  usable: boolean,
  profile: CarrierProfile,
  { findings }: Understood,
  deps: Deps,
): readonly Uint8Array[] {
  const { type, version, envelope: request, span } = message
  const prepared = deps.clock()
  // How a push in XML is acknowledged is not settled: its sender gets a receipt
  if (request.syntax === 'XML') return []
  if (type === 'PNRGOV') {
    const { ackresErrors, ackresOtherwise } = repliesAgreed(profile.replies)
    const reasons = usable ? [] : refusalCodes(findings, span, 'ackres', ackresErrors)
    const errors = usable || reasons.length > 0 ? reasons : [ackresOtherwise]
    return [writeAckres({ request, version, accepted: usable, errors }, { prepared })]
  }
  const answer = profile.cusres ? cusresTo(message, usable, profile, findings) : undefined
  return answer ? [writeCusres(request, answer, { prepared })] : []
}
