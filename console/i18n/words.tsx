import { IntlMessageFormat } from 'intl-messageformat'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { type Catalogue, en, type Key } from './en.ts'

export type Language = 'en' | 'az'
export type Arguments = Readonly<Record<string, string | number>>
export type Say = (key: Key, args?: Arguments) => string

interface Words {
  readonly language: Language
  readonly say: Say
  /** For codes that come from the server: the words where there are some, else the code itself. */
  readonly sayCode: (prefix: string, code: string, args?: Arguments) => string
  /** Of a text that the server gives in both languages. */
  readonly pick: (texts: { readonly en: string; readonly az: string }) => string
  readonly choose: (language: Language) => void
}

const Context = createContext<Words | undefined>(undefined)
const CHOICE = 'preclear.language'

const loaders: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => en,
  az: async () => (await import('./az.ts')).az,
}

function firstLanguage(): Language {
  const chosen = localStorage.getItem(CHOICE)
  if (chosen === 'en' || chosen === 'az') return chosen
  return navigator.languages.some((one) => one.startsWith('az')) ? 'az' : 'en'
}

export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage)
  const [catalogue, setCatalogue] = useState<Catalogue | undefined>(language === 'en' ? en : undefined)
  useEffect(() => {
    let wanted = true
    void loaders[language]().then((found) => wanted && setCatalogue(found))
    document.documentElement.lang = language
    return () => {
      wanted = false
    }
  }, [language])
  const choose = useCallback((next: Language) => {
    localStorage.setItem(CHOICE, next)
    setLanguage(next)
  }, [])
  const words = useMemo(() => catalogue && makeWords(language, catalogue, choose), [language, catalogue, choose])
  return words ? <Context.Provider value={words}>{children}</Context.Provider> : null
}

function makeWords(language: Language, catalogue: Catalogue, choose: Words['choose']): Words {
  const formats = new Map<string, IntlMessageFormat>()
  const say: Say = (key, args) => {
    const text = catalogue[key]
    if (!args && !text.includes('{')) return text
    const known = formats.get(key) ?? new IntlMessageFormat(text, language)
    formats.set(key, known)
    return String(known.format(args))
  }
  return {
    language,
    say,
    sayCode: (prefix, code, args) => {
      const key = `${prefix}.${code}`
      return key in catalogue ? say(key as Key, args) : code
    },
    pick: (texts) => texts[language],
    choose,
  }
}

export function useWords(): Words {
  const words = useContext(Context)
  if (!words) throw new Error('words are used outside their provider')
  return words
}
