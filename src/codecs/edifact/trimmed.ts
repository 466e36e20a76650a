/** Without blanks at its ends; costs nothing where there are none, as nearly always. */
export function trimmed(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const clean = text.charCodeAt(0) > 0x20 && isInk(text.charCodeAt(text.length - 1))
  return clean ? text : text.trim() || undefined
}

/** Without what stands at its end again and again: `A//` without `/`. In one pass, which a regular expression does not promise. */
export function withoutEnd(text: string, what: string): string {
  let to = text.length
  while (to > 0 && text.charAt(to - 1) === what) to--
  return text.slice(0, to)
}

const isInk = (code: number): boolean => code > 0x20 && code < 0x7f
