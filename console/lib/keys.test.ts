import { describe, expect, test } from 'vitest'
import { keyName } from './keys.ts'

/** A key with nothing held. */
const press = (key: string, code: string, held: Partial<Parameters<typeof keyName>[0]> = {}) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('the name of a key', () => {
  test.each([
    ['a letter', press('j', 'KeyJ'), 'j'],
    ['a letter with capitals locked', press('J', 'KeyJ'), 'j'],
    ['a digit', press('1', 'Digit1'), '1'],
    ['a named key', press('Escape', 'Escape'), 'Escape'],
    ['Ctrl and Enter', press('Enter', 'Enter', { ctrlKey: true }), 'Ctrl+Enter'],
    ['Command and Enter', press('Enter', 'Enter', { metaKey: true }), 'Ctrl+Enter'],
    ['Alt and a letter', press('a', 'KeyA', { altKey: true }), 'Alt+a'],
    ['a question mark', press('?', 'Slash', { shiftKey: true }), '?'],
  ])('%s', (_, event, name) => {
    expect(keyName(event)).toBe(name)
  })
})

describe('on a keyboard whose letters are not Latin, the place of the key counts', () => {
  test.each([
    ['ф where others have a', press('ф', 'KeyA'), 'a'],
    ['ü where others have [', press('ü', 'BracketLeft'), '['],
    ['ğ where others have ]', press('ğ', 'BracketRight'), ']'],
    ['ə, which has no place of its own', press('ə', 'IntlBackslash'), 'ə'],
    ['Ctrl is kept', press('ф', 'KeyA', { ctrlKey: true }), 'Ctrl+a'],
  ])('%s', (_, event, name) => {
    expect(keyName(event)).toBe(name)
  })

  test('a Latin letter is taken as it is written, wherever it stands', () => {
    expect(keyName(press('q', 'KeyA'))).toBe('q')
  })
})
