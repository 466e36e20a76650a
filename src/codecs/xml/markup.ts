export type Value = string | number | boolean | undefined

export interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, Value>>
  readonly children: readonly Node[]
  readonly text?: string | undefined
}

export const element = (
  name: string,
  attributes: Readonly<Record<string, Value>> = {},
  children: readonly (Node | undefined)[] = [],
  text?: string,
): Node => ({ name, attributes, children: children.filter((one) => one !== undefined), text })

export const textElement = (name: string, text: string | undefined): Node | undefined =>
  text === undefined ? undefined : element(name, {}, [], text)

/** One element a line; text stands on the line of its element, so that no blank of it is lost. */
export function lines({ name, attributes, children, text }: Node, indent: string): string {
  const sent = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== '')
  const head = `${indent}<${name}${sent.map(([key, value]) => ` ${key}="${escaped(String(value))}"`).join('')}`
  if (text !== undefined && text !== '' && children.length === 0) return `${head}>${escaped(text)}</${name}>\n`
  if (children.length === 0) return `${head}/>\n`
  return `${head}>${escaped(text ?? '')}\n${children.map((child) => lines(child, `${indent}  `)).join('')}${indent}</${name}>\n`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}

/** XML 1.0 has no way to write these: control characters, halves of pairs, and two that are no characters. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu

/** Characters that cannot be written are left out. */
const escaped = (text: string): string =>
  text.replace(UNWRITABLE, '').replace(/[&<>"\n\r\t]/g, (found) => ESCAPES[found] ?? found)
