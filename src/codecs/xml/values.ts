import { attributeKey, type XmlElement, type XmlValue } from './elements.ts'
import type { Component, XmlSegment } from './tape.ts'

const key = attributeKey

/** An attribute by the first of its names that is there and says something. */
export function attribute(element: XmlElement | undefined, ...names: readonly string[]): XmlValue | undefined {
  for (const name of names) {
    const value = element?.attributes.get(key(name))
    if (!value || value.text.trim() === '') continue
    value.taken = true
    return value
  }
  return undefined
}

export function child(element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
  const found = element?.children.find((one) => names.includes(one.name))
  if (found) found.taken = true
  return found
}

export function childrenOf(element: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  const found = element.children.filter((one) => names.includes(one.name))
  for (const one of found) one.taken = true
  return found
}

/** What an element says itself. */
export function textIn(element: XmlElement | undefined): XmlValue | undefined {
  if (element?.text) element.text.taken = true
  return element?.text
}

/** A value that nobody sent: a code of the segment, or punctuation of a text. */
export const said = (text: string): XmlValue => ({ text, at: [0, 0] })

export const companyOf = (element: XmlElement | undefined): XmlValue | undefined =>
  attribute(child(element, 'CompanyName', 'Airline'), 'Code', 'CompanyShortName') ?? attribute(element, 'CompanyCode')

/** `2026-03-03T08:15:00` as the day and time of a segment, the year in full: `03032026`, `0815`. */
export function dayAndTime(value: XmlValue | undefined): [Component, Component] {
  const match = value && /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(value.text.trim())
  if (!value || !match) return [value, undefined]
  const [, year, month, day, hour, minute, second] = match
  const { at } = value
  return [
    { text: `${day}${month}${year}`, at },
    hour ? { text: `${hour}${minute}${second && second !== '00' ? second : ''}`, at } : undefined,
  ]
}

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'

/** `1988-04-14` as an SSR text has it, the year in full: `14APR1988`; anything else as it is. */
export function textDate(value: XmlValue | undefined): XmlValue | undefined {
  const match = value && /^(\d{4})-(\d{2})-(\d{2})$/.exec(value.text.trim())
  if (!value || !match) return value
  const month = (Number(match[2]) - 1) * 3
  return { text: `${match[3]}${MONTHS.slice(month, month + 3)}${match[1]}`, at: value.at }
}

/** `/P/NOR/N01234567/…`: fields with slashes between. */
export const slashed = (fields: readonly (XmlValue | undefined)[]): readonly XmlValue[] =>
  fields.flatMap((field) => [said('/'), ...(field ? [{ ...field, text: field.text.replaceAll('/', ' ') }] : [])])

/** However many there are: a call takes only so many arguments. */
export const append = (out: XmlSegment[], more: readonly XmlSegment[]): void => {
  for (const one of more) out.push(one)
}
