import type { Address, Contact } from '#domain/traveller.ts'
import { putTextAside } from './sent.ts'
import { readEmail } from './ssr-texts.ts'
import { addContact, isBlanked, type Open, type Work } from './work.ts'

/**
 * Reads an address, and what stands in its free text:
 *
 *     ADD++700:FJORDVEIEN 12:OSLO:::NO:0150:4790000001'
 *
 * purpose, street, city, state code, state, country, postcode, text: a phone, an e-mail address, or in GR2 whom to call.
 */
export function readAdd(work: Work, segment: number): void {
  const { traveller, pnr } = work
  putTextAside(work, segment, 'ADD')
  const owner = work.group >= 2 && work.group <= 4 && traveller ? traveller : pnr
  addAddress(work, segment, 'contact', (address) => owner.addresses.push(address))
}

export function addAddress(work: Work, segment: number, kind: Address['kind'], take: (address: Address) => void): void {
  const { tape, traveller, pnr } = work
  const personal = work.group >= 2 && work.group <= 4 && traveller !== undefined
  const contacts = personal && kind !== 'billing' ? traveller.contacts : pnr.contacts
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const components = tape.components(segment, element)
    if (components === 0) continue
    const purpose = tape.text(segment, element)
    const meant = purpose === undefined ? undefined : work.profile.purposes.get(purpose)
    const street = tape.text(segment, element, 2)
    if (meant) {
      let value = street
      for (let at = 3; value === undefined && at <= components; at++) value = tape.text(segment, element, at)
      if (value !== undefined && !isBlanked(value)) {
        addContact(contacts, {
          kind: meant,
          value: meant === 'email' ? readEmail(value) : value,
          at: tape.span(segment, element),
        })
      }
      continue
    }
    const address: Open<Address> = { kind }
    const city = tape.text(segment, element, 3)
    const state = tape.text(segment, element, 5) ?? tape.text(segment, element, 4)
    const country = tape.text(segment, element, 6)
    const postcode = tape.text(segment, element, 7)
    if (street !== undefined) address.street = street
    if (city !== undefined) address.city = city
    if (state !== undefined) address.state = state
    if (postcode !== undefined) address.postcode = postcode
    if (country !== undefined) address.country = country
    if (street ?? city ?? state ?? country ?? postcode) take(address)
    if (components < 8) continue
    let text = tape.text(segment, element, 8)
    for (let at = 9; at <= components; at++) {
      const more = tape.text(segment, element, at)
      if (more !== undefined) text = text === undefined ? more : `${text}:${more}`
    }
    if (text !== undefined && !isBlanked(text)) {
      addContact(contacts, { ...freeContact(text, personal), at: tape.span(segment, element, 8) })
    }
  }
}

const PHONE = /^[\d\s()+./-]{6,}$/

function freeContact(text: string, personal: boolean): { readonly kind: Contact['kind']; readonly value: string } {
  if (PHONE.test(text)) return { kind: 'phone', value: text }
  if (text.includes('@') || /^\S+\/\/\S+$/.test(text)) return { kind: 'email', value: readEmail(text) }
  return { kind: personal ? 'emergency' : 'other', value: text }
}
