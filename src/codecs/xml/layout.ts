import type { Span } from '#domain/finding.ts'
import { readElements } from './elements.ts'

/** One element of a document as a person reads it: its opening tag, and the text behind it. */
export interface XmlLine {
  /** Elements counted from 1, as places count them. */
  readonly number: number
  readonly name: string
  readonly depth: number
  readonly span: Span
}

/** The elements of a document, one after the other as they begin. */
export function layoutXml(bytes: Uint8Array): readonly XmlLine[] {
  const opened: { readonly number: number; readonly name: string; readonly depth: number; readonly opening: Span }[] =
    []
  const ends = new Map<number, number>()
  readElements(
    bytes,
    { add() {} },
    {
      open: ({ number, name, at }, parents) => void opened.push({ number, name, depth: parents.length, opening: at }),
      close({ number, text }) {
        if (text) ends.set(number, text.at[1])
        return true
      },
    },
  )
  return opened.map(({ number, name, depth, opening: [start, end] }) => ({
    number,
    name,
    depth,
    span: [start, Math.max(end, ends.get(number) ?? end)],
  }))
}
