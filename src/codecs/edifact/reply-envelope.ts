import type { Envelope } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'

/** Sender and recipient change places; a reply is never one part of several, and has no application of its own. */
export function replyEnvelope(
  request: Envelope,
  { prepared, interchange }: { readonly prepared?: Instant; readonly interchange?: string },
): Envelope {
  const { senderQualifier, recipientQualifier, prepared: _, part: __, application: ___, ...kept } = request
  return {
    ...kept,
    sender: request.recipient,
    recipient: request.sender,
    ...(recipientQualifier && { senderQualifier: recipientQualifier }),
    ...(senderQualifier && { recipientQualifier: senderQualifier }),
    syntax: request.syntax || 'IATA',
    syntaxVersion: request.syntaxVersion || '1',
    reference: request.reference || '1',
    interchange: interchange ?? request.interchange,
    ...(prepared && { prepared }),
  }
}
