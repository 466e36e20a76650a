import { decode } from '#codecs/decode.ts'
import { isPaxlst, isPnrgov, type Message } from '#domain/message.ts'

const better = <T extends { readonly surname?: string }>(one: T): T =>
  one.surname?.startsWith('V') ? { ...one, surname: `BETTER ${one.surname}` } : one

/** A codec of tomorrow: surnames that begin with V are read otherwise, from the same bytes. */
export const betterReader: typeof decode = (bytes, context) => {
  const decoded = decode(bytes, context)
  const messages = decoded.messages.map((message): Message => {
    if (isPaxlst(message)) return { ...message, travellers: message.travellers.map(better) }
    if (!isPnrgov(message)) return message
    return { ...message, pnrs: message.pnrs.map((pnr) => ({ ...pnr, travellers: pnr.travellers.map(better) })) }
  })
  return { ...decoded, messages }
}
