import { senderOf } from '#codecs/sender.ts'
import { isCarrier } from '#store/carriers.ts'
import type { Deps } from './deps.ts'
import { receiptOf } from './receipt.ts'
import type { Reply } from './reply.ts'
import { takeIn } from './take-in.ts'

export interface MessageFile {
  readonly name: string
  readonly carrier?: string
  readonly bytes: Uint8Array
}

export interface Ingested {
  readonly ok: boolean
  readonly reply?: Uint8Array
  readonly text: string
  readonly receipt: ReturnType<typeof receiptOf>
}

/** Senders of files that no registered carrier can be found for. */
const NOBODY = 'inbox'

/** Takes a file in as if its carrier had sent it: the one it was laid down for, else the one that its UNB names. */
export async function ingestFile(file: MessageFile, deps: Deps): Promise<Ingested> {
  const carrier = await carrierOf(file, deps)
  const reply = await takeIn({ carrier, channel: 'inbox', bytes: file.bytes, receivedAt: deps.clock() }, deps)
  return {
    ok: reply.status === 'accepted' || reply.status === 'accepted-with-findings' || reply.status === 'received',
    text: inWords(file.name, carrier, reply),
    receipt: receiptOf(reply),
    ...(reply.body && { reply: reply.body }),
  }
}

async function carrierOf({ carrier, bytes }: MessageFile, { db }: Deps): Promise<string> {
  if (carrier && (await isCarrier(db, carrier.toUpperCase()))) return carrier.toUpperCase()
  const sender = senderOf(bytes)
  for (const code of [sender, sender.slice(0, 2), sender.slice(0, 3)])
    if (code && (await isCarrier(db, code))) return code
  return NOBODY
}

function inWords(name: string, carrier: string, reply: Reply): string {
  const receipt = receiptOf(reply)
  return [
    `${name}: ${reply.status}${reply.duplicate ? ' (the same came before)' : ''}`,
    `carrier ${carrier}, transmission ${reply.transmission}, ${reply.travellers} travellers, ${reply.findingCount} findings`,
    ...(reply.cause ? [`cause: ${reply.cause}`] : []),
    '',
    ...receipt.findings.map(
      (one) =>
        `${one.severity} ${one.code} at line ${one.line}, byte ${one.byte}, segment ${one.segment}: ${one.sentence.en}${one.detail ? ` (${one.detail})` : ''}`,
    ),
    '',
  ].join('\n')
}
