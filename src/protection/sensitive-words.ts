/**
 * Words that reveal what a passenger unit may not know (Directive (EU) 2016/681 art. 13(4); ICAO Annex 9, 9.30 b), by
 * category and language, in the scripts and transliterations in which carriers send them. Own lists: a profile may add.
 *
 * Entries are parted by commas: `kosher` is a word, `diabet*` how words begin, `musulman~` how they begin unless the rest
 * makes a surname of it (-OV, -EVA, -ZADE …), `union delegate*` words in a row. Words that are also names, streets or
 * everyday words (Church, Jain, Union, Gay, kor, sakat …) stand only in rows. Accents, dotless ı, ə and ё are no matter:
 * texts are folded before they are compared. The languages know nothing of each other: a word goes in whatever text.
 */
import { BELIEFS } from './sensitive-words-beliefs.ts'
import { HEALTH } from './sensitive-words-health.ts'
import { RELIGION } from './sensitive-words-religion.ts'

export type Category = 'religion' | 'health' | 'politics' | 'union' | 'ethnicity' | 'sexual-life'

/** `ru-latin`: Russian as travel agents type it. */
export type Language = 'en' | 'az' | 'ru' | 'ru-latin' | 'tr' | 'de' | 'fr' | 'fa' | 'ar'

export type WordList = Readonly<Partial<Record<Language, string>>>

export const SENSITIVE_WORDS: Readonly<Record<Category, WordList>> = {
  religion: RELIGION,
  health: HEALTH,
  ...BELIEFS,
}

/** After one of these an entry was the name of a street, a station or a State: Mosque Street, Union Square. */
export const PLACE_WORDS =
  'street st str road rd lane ln avenue ave av square sq place hill court drive station metro row gate close terrace kush ' +
  'kucesi kuc prospekti meydani caddesi cad cd sokak sokagi sk mahallesi mah mh ulitsa ul ulica pereulok ploshchad strasse ' +
  'str platz gasse weg rue boulevard улица ул переулок площадь проспект republic'

/** What makes a surname of a word that an entry with `~` begins. */
export const SURNAME_ENDINGS =
  'ov ova ev eva yev yeva iev ieva in ina ovich evich ovna evna zade zada oglu ogli qizi kizi kyzy li lu lou yan ian dze shvili enko ski ' +
  'skiy skaya ов ова ев ева ин ина ович евич овна евна заде оглы кызы ян дзе швили енко ский ская'
