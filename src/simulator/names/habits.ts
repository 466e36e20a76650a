import type { Random } from '../random.ts'

/** Spellings of one sound or name that carriers, agencies and passport offices mix; either side may stand in a name. */
const SPELLINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/MUHAMMAD|MOHAMMED|MOHAMED|MOHAMMAD|MUHAMMED|MAMMAD/, ['MUHAMMAD', 'MOHAMMED', 'MOHAMED', 'MUHAMMED', 'MAMED']],
  [/HUSEYN|HUSSEIN|HOSSEIN|HUSAIN/, ['HUSEYIN', 'HUSSEIN', 'HOSEIN', 'GUSEIN']],
  [/YUSIF|YOUSEF|YUSUF|YOUSSEF/, ['YUSUF', 'YOUSEF', 'IUSIF', 'YUSIF']],
  [/ABDUL(?=[A-Z])/, ['ABDUL ', 'ABD AL ', 'ABDEL']],
  [/^AL-|^EL-/, ['AL ', 'EL ', 'AL', 'EL']],
  [/^A(?=L[IE]Y)/, ['E']],
  [/YEV/, ['IEV', 'EV', 'YEW']],
  [/OV(?=A?$)/, ['OFF', 'OW']],
  [/II$/, ['IY', 'Y', 'I']],
  [/IIA$/, ['IYA', 'IA', 'YA']],
  [/IA$/, ['YA', 'IYA']],
  [/KH/, ['H', 'X']],
  [/SH/, ['S', 'SCH']],
  [/CH/, ['C', 'TCH']],
  [/ZH/, ['J', 'Z']],
  [/^J/, ['DJ', 'C']],
  [/G(?=[AOU])/, ['Q', 'K']],
  [/Q/, ['G', 'K']],
  [/OU/, ['U', 'OO']],
  [/OO/, ['U', 'OU']],
  [/EE/, ['I', 'IE']],
  [/OE/, ['O']],
  [/UE/, ['U']],
  [/([BDFLMNRST])\1/, ['$1']],
  [/Y(?=[AEOU])/, ['I', 'J']],
  [/W/, ['V']],
  [/V/, ['W']],
  [/TS/, ['C', 'TZ']],
  [/ZADE/, ['ZADEH', 'ZADA']],
  [/E/, ['A']],
  [/U/, ['O']],
  [/I/, ['Y']],
]

/** One name spelt another common way; the same name when no habit fits it. */
export function respell(name: string, random: Random): string {
  const fitting = SPELLINGS.filter(([from]) => from.test(name)).slice(0, 6)
  for (const [from, forms] of random.shuffled(fitting)) {
    const other = name.replace(from, random.pick(forms)).trim()
    if (other !== name && other.length > 1) return other
  }
  return name
}

export type Title = 'MR' | 'MRS' | 'MS' | 'MISS' | 'MSTR' | 'DR' | ''

/** What a booking writes behind the given name. */
export function titleOf(sex: 'M' | 'F', age: number, random: Random): Title {
  if (age < 12) return sex === 'M' ? 'MSTR' : 'MISS'
  if (random.chance(0.02)) return 'DR'
  return sex === 'M' ? 'MR' : random.pick(['MRS', 'MS', 'MS'])
}

/**
 * A name as it stands in a booking: blanks and hyphens often gone, later given names often dropped, the title glued
 * to the end (`ANNAMRS`), now and then another spelling or the two fields swapped.
 */
export function bookedName(
  name: { readonly surname: string; readonly givenNames: string; readonly calledBy: string },
  title: Title,
  random: Random,
): { readonly surname: string; readonly givenNames: string } {
  const dropsMiddle = random.chance(0.6)
  const given = (dropsMiddle && name.givenNames ? name.calledBy : name.givenNames).replaceAll(/[ -]/g, '')
  const surname = random.chance(0.7) ? name.surname.replaceAll(/[ -]/g, '') : name.surname.replaceAll('-', ' ')
  const spelt = random.chance(0.04) ? respell(surname, random) : surname
  if (given && random.chance(0.004)) return { surname: given, givenNames: `${spelt}${title}` }
  return { surname: spelt, givenNames: `${given || 'FNU'}${title}` }
}
