/** What a CUSRES says of a passenger list: board, or what is lacking; of one that says nothing usable, why. */
import type { Cusres } from '#codecs/edifact/cusres.ts'
import { refusalCodes } from '#codecs/edifact/reply-codes.ts'
import type { Finding } from '#domain/finding.ts'
import { type CusresDecision, type CusresStatus, isPaxlst, type Message, type PaxlstMessage } from '#domain/message.ts'
import { type Missing, repliesAgreed } from '#domain/reply-profile.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { CarrierProfile } from '#store/tables.ts'

/** Nothing for who expects no answer: he gave no transaction number. */
export function cusresTo(
  message: Message,
  usable: boolean,
  profile: CarrierProfile,
  findings: readonly Finding[],
): Cusres | undefined {
  if (message.type !== 'PAXLST' || !('transaction' in message) || message.transaction === undefined) return undefined
  const { version, transaction, revision } = message
  const about = { kind: 'response' as const, version, transaction, ...(revision !== undefined && { revision }) }
  const legs = isPaxlst(message) ? message.legs : []
  if (usable && isPaxlst(message)) {
    const decisions = message.travellers.flatMap((traveller) => decisionsOn(traveller, message, profile))
    return { ...about, legs, header: [], decisions }
  }
  return { ...about, legs, header: refusal(message, profile, findings), decisions: [] }
}

/** Each reason by its number where the carrier's system reads numbers, else all of them as the text of one rejection. */
function refusal(message: Message, profile: CarrierProfile, findings: readonly Finding[]): readonly CusresStatus[] {
  const { messageErrors, rejected } = repliesAgreed(profile.replies)
  const reasons = refusalCodes(findings, message.span, 'cusres', messageErrors)
  if (profile.errorNumbers && reasons.length > 0)
    return reasons.map((code) => ({ code, text: [messageErrors[code] ?? ''] }))
  return [{ code: rejected, text: ['MESSAGE REJECTED', ...reasons.map((code) => `${code} ${messageErrors[code]}`)] }]
}

/** `0Z`, board. Only where a carrier has agreed to it is incomplete data asked for again by `4Z`. */
function decisionsOn(
  traveller: ApiTraveller,
  message: PaxlstMessage,
  profile: CarrierProfile,
): readonly CusresDecision[] {
  const { board, incomplete, missing } = repliesAgreed(profile.replies)
  const lacking = message.function === 'list' || message.function === 'change' ? missingData(traveller) : []
  const { passengerReference, locator } = traveller
  const about = { ...(passengerReference && { passengerReference }), ...(locator && { locator }) }
  const asked = lacking.length > 0 && profile.asksForMissingData
  const text = lacking.length > 0 ? [`DATA MISSING - ${lacking.map((one) => missing[one].text).join(', ')}`] : []
  const numbers = asked && profile.errorNumbers ? lacking.map((one) => missing[one]) : []
  return [
    { ...about, code: asked ? incomplete : board, text },
    ...numbers.map(({ code, text: name }) => ({ ...about, code, text: [`${name} MISSING`] })),
  ]
}

function missingData({ surname, birthDate, nationality, documents }: ApiTraveller): readonly Missing[] {
  return [
    ...(surname ? [] : ['surname' as const]),
    ...(birthDate ? [] : ['birthDate' as const]),
    ...(nationality ? [] : ['nationality' as const]),
    ...(documents.length > 0 ? [] : ['document' as const]),
  ]
}
