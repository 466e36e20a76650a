import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { az } from './az.ts'
import { type Catalogue, en } from './en.ts'

const CATALOGUES: Readonly<Record<'en' | 'az', Catalogue>> = { en, az }

/** Every argument's value once as one, once as many: plural messages take both ways. */
const COUNTS = [1, 2]

type Part = ReturnType<IntlMessageFormat['getAst']>[number]

/** Names of the arguments, also of those inside a plural's choices. */
function argumentsOf(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    const own = 'value' in part && part.type !== 0 ? [part.value] : []
    const inner = 'options' in part ? Object.values(part.options).flatMap((option) => argumentsOf(option.value)) : []
    return [...own, ...inner]
  })
}

const namesIn = (text: string, language: string): string[] =>
  [...new Set(argumentsOf(new IntlMessageFormat(text, language).getAst()))].toSorted()

test('both languages have the same keys', () => {
  expect(Object.keys(az).toSorted()).toEqual(Object.keys(en).toSorted())
})

describe.each(['en', 'az'] as const)('%s', (language) => {
  const entries = Object.entries(CATALOGUES[language])

  test('every message takes its arguments and leaves none of them unfilled', () => {
    const wrong = entries.filter(([, text]) =>
      COUNTS.some((count) => {
        const given = Object.fromEntries(namesIn(text, language).map((name) => [name, count]))
        const said = String(new IntlMessageFormat(text, language).format(given))
        return said.trim() === '' || /[{}#]/.test(said)
      }),
    )
    expect(wrong).toEqual([])
  })

  test('no message is empty or has blanks at its ends', () => {
    expect(entries.filter(([, text]) => text === '' || text !== text.trim())).toEqual([])
  })
})

test('a message takes the same arguments in both languages', () => {
  const differing = Object.entries(en).filter(
    ([key, text]) => namesIn(text, 'en').join() !== namesIn(az[key as keyof Catalogue], 'az').join(),
  )
  expect(differing).toEqual([])
})

/** The same word in both languages, or an abbreviation of the field. */
const SAME = ['environment.demo', 'push.pnr', 'role.administrator']

test('nothing else is left in English', () => {
  const alike = Object.entries(en).filter(([key, text]) => {
    const written = text.replaceAll(/\{\w+\}/g, '')
    return /\p{L}{2}/u.test(written) && az[key as keyof Catalogue] === text
  })
  expect(alike.map(([key]) => key).toSorted()).toEqual(SAME)
})
