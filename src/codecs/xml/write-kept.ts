import type { KeptSegment } from '#domain/pnr-as-sent.ts'
import { element, type Node } from './markup.ts'

/** Puts back what no reader took: attributes and texts where they stood, elements behind those that were written. */
export function withKept(node: Node, kept: readonly KeptSegment[] | undefined): Node {
  let out = node
  for (const { path, elements } of kept ?? [])
    if (path !== undefined && WRITABLE_WAY.test(path)) out = put(out, path === '' ? [] : path.split('/'), elements)
  return out
}

/** Names as XML has them; what a document had otherwise cannot be written again. */
const WRITABLE_NAME = /^[\p{L}_][\p{L}\p{N}._-]*$/u
const WRITABLE_WAY = /^([\p{L}_][\p{L}\p{N}._-]*(\[\d+\])?(\/|$))*$/u

function put(node: Node, [step, ...further]: readonly string[], sent: KeptSegment['elements']): Node {
  if (step === undefined) return said(node, sent)
  const [, name = step, nth = '1'] = /^([^[]+)\[(\d+)\]$/.exec(step) ?? []
  const places = node.children.flatMap((one, at) => (one.name === name ? [at] : []))
  const place = places[Number(nth) - 1] ?? node.children.length
  const child = put(node.children[place] ?? element(name), further, sent)
  return { ...node, children: node.children.toSpliced(place, 1, child) }
}

function said(node: Node, sent: KeptSegment['elements']): Node {
  const attributes = sent.filter(([name = '']) => WRITABLE_NAME.test(name)).map(([name = '', value]) => [name, value])
  const text = sent.find(([name]) => name === '')?.[1] ?? node.text
  return { ...node, attributes: { ...Object.fromEntries(attributes), ...node.attributes }, text }
}
