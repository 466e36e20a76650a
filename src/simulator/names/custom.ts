/** How names of one culture are put together, in Latin capitals as a machine-readable zone shows them. */
export interface NameCustom {
  readonly male: readonly string[]
  readonly female: readonly string[]
  /** Family names (for a man, where the forms differ); joined as `first + last` where `endings` are given. */
  readonly family: readonly string[]
  readonly endings?: readonly string[]
  readonly feminine?: (family: string) => string
  /** Share of people with a second given name. */
  readonly second?: number
  /** A father's name that documents show after the given name, and the share of documents that do. */
  readonly patronymic?: { readonly share: number; readonly form: (father: string, sex: 'M' | 'F') => string }
  /** `chained`: father's and grandfather's names follow; `mononym`: some have one name only; `double`: two family names. */
  readonly shape: 'plain' | 'chained' | 'mononym' | 'double' | 'syllables'
}

/** Names written in one line, blank between. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/)
