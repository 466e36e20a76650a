import type { Random } from '../random.ts'
import { chinese, indian, indonesian, japanese, korean } from './asian.ts'
import type { NameCustom } from './custom.ts'
import { arabic, pakistani, persian } from './islamic.ts'
import { polish, russian, ukrainian } from './slavic.ts'
import { azerbaijani, kazakh, turkish, uzbek } from './turkic.ts'
import { african, british, french, georgian, german, italian, spanish } from './western.ts'

const CUSTOMS = {
  azerbaijani,
  turkish,
  kazakh,
  uzbek,
  russian,
  ukrainian,
  polish,
  persian,
  arabic,
  pakistani,
  indian,
  chinese,
  korean,
  japanese,
  indonesian,
  georgian,
  german,
  british,
  french,
  spanish,
  italian,
  african,
} satisfies Record<string, NameCustom>

export type Culture = keyof typeof CUSTOMS

export const CULTURES = Object.keys(CUSTOMS).filter((name): name is Culture => name in CUSTOMS)

/** A name as a machine-readable zone shows it; a person of one name has no given name. */
export interface Name {
  readonly surname: string
  readonly givenNames: string
  /** The name that friends and bookings use: the first given name, or the only name. */
  readonly calledBy: string
}

/** The stem of a family name, which relatives share whatever their sex. */
export function makeFamily(culture: Culture, random: Random): string {
  const custom: NameCustom = CUSTOMS[culture]
  const join = (): string => {
    const stem = random.pick(custom.family)
    return custom.endings ? joined(stem, random.pick(custom.endings)) : stem
  }
  return custom.shape === 'double' ? `${join()} ${join()}` : join()
}

/** The whole name of somebody of this family; `father` where his name is known. */
export function makeName(culture: Culture, sex: 'M' | 'F', family: string, random: Random, father?: string): Name {
  const custom: NameCustom = CUSTOMS[culture]
  const own = sex === 'M' ? custom.male : custom.female
  const first = random.pick(own)
  const surname = sex === 'F' && custom.feminine ? custom.feminine(family) : family
  switch (custom.shape) {
    case 'syllables': {
      const second = random.chance(0.85) ? random.pick(own) : ''
      const given = culture === 'korean' && second ? `${first} ${second}` : `${first}${second}`
      return { surname, givenNames: given, calledBy: given.replace(' ', '') }
    }
    case 'mononym':
      if (random.chance(0.4)) return { surname: first, givenNames: '', calledBy: first }
      break
    case 'chained': {
      const fathers = random.int(0, 2)
      const chain = Array.from({ length: fathers }, () => random.pick(custom.male))
      const known = father && chain.length > 0 ? [father, ...chain.slice(1)] : chain
      return { surname, givenNames: [first, ...known].join(' '), calledBy: first }
    }
    default:
  }
  const given = [first]
  if (custom.second && random.chance(custom.second)) given.push(random.pick(own))
  if (custom.patronymic && random.chance(custom.patronymic.share)) {
    given.push(custom.patronymic.form(father ?? random.pick(custom.male), sex))
  }
  return { surname, givenNames: [...new Set(given)].join(' '), calledBy: first }
}

/** A stem and its ending as they are spoken: `HASANLI`, `ALIYEV`, not `ALIOV`. */
function joined(stem: string, ending: string): string {
  if (ending === 'OV' && /[AEI]$/.test(stem)) return `${stem}YEV`
  if (ending === 'YEV' && !/[AEIOU]$/.test(stem)) return `${stem}OV`
  if (/^[AEIOU]/.test(ending) && stem.endsWith(ending.charAt(0))) return `${stem}${ending.slice(1)}`
  return `${stem}${ending}`
}
