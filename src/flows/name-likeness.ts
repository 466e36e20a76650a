import { likeness } from '#screening/align.ts'
import { foldName } from '#screening/name.ts'

/**
 * The rule by which two senders' spellings are one name, word by word: `transliteration`, or `truncated` where one cut
 * it. A slip of the hand is a difference, and an officer has to see it.
 */
export function nameLikeness(api: string, pnr: string): string | undefined {
  const ours = foldName(api).split(' ')
  const theirs = foldName(pnr).split(' ')
  if (ours.join('') === theirs.join('')) return 'transliteration'
  if (ours.length !== theirs.length) return undefined
  const met = ours.map((word, at) => likeness(word, theirs[at] ?? ''))
  if (!met.every((how) => how === 'same' || how === 'transliteration' || how === 'truncated')) return undefined
  return met.includes('truncated') ? 'truncated' : 'transliteration'
}
