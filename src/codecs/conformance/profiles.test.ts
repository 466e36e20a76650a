import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FLIGHT_ELEMENTS, PERSON_ELEMENTS } from './elements.ts'
import { readProfile } from './read-profile.ts'

const PROFILES = new URL('../../../profiles/', import.meta.url)
const ELEMENTS = new Set([...FLIGHT_ELEMENTS, ...PERSON_ELEMENTS].map(({ id }) => id))

test.each(readdirSync(PROFILES))('%s is a profile, and asks for elements that there are', (file) => {
  const read = readProfile(JSON.parse(readFileSync(new URL(file, PROFILES), 'utf8')))
  if (!read.ok) throw new Error(read.problems.map(({ detail }) => detail).join(', '))
  expect(Object.keys(read.value.obligations).filter((id) => !ELEMENTS.has(id))).toEqual([])
})
