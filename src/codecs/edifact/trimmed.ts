/** Without blanks at its ends; costs nothing where there are none, as nearly always. */
export function trimmed(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const clean = text.charCodeAt(0) > 0x20 && isInk(text.charCodeAt(text.length - 1))
  return clean ? text : text.trim() || undefined
}

const isInk = (code: number): boolean => code > 0x20 && code < 0x7f
