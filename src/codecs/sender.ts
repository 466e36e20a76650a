import { readTape } from './edifact/tape.ts'
import { readElements } from './xml/elements.ts'
import { isXml } from './xml/text.ts'
import { attribute } from './xml/values.ts'

/** Enough for what stands before the first message. */
const HEAD = 4_000

/** Who says that he sends: UNB of EDIFACT, `Originator` of XML; empty where neither is to be found at the beginning. */
export function senderOf(bytes: Uint8Array): string {
  const head = bytes.subarray(0, HEAD)
  if (isXml(bytes)) return originator(head)
  const tape = readTape(head)
  return (tape.segments > 0 && tape.tag(0) === 'UNB' && tape.text(0, 2)) || ''
}

function originator(head: Uint8Array): string {
  let sender = ''
  readElements(
    head,
    { add() {} },
    {
      close(element) {
        if (element.name === 'Originator') sender = attribute(element, 'AirlineCode', 'SystemCode')?.text ?? ''
        return true
      },
    },
  )
  return sender
}
