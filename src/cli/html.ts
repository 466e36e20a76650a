/** Markup that may stand in a page as it is; made by `html` only, so that every value in it is escaped. */
export interface Html {
  readonly markup: string
}

type Value = string | number | Html | undefined | readonly (Html | undefined)[]

/** A piece of a page. Whatever is no markup itself is escaped, wherever it stands: in text or between quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  let markup = parts[0] ?? ''
  for (const [index, value] of values.entries()) markup += `${markupOf(value)}${parts[index + 1] ?? ''}`
  return { markup }
}

/** For our own style sheet and script only. */
export const trusted = (markup: string): Html => ({ markup })

function markupOf(value: Value): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  if ('markup' in value) return value.markup
  return value.map((one) => one?.markup ?? '').join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Control signs are shown as pictures; those that turn the direction of writing by their number. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
    .replace(/\p{Cc}/gu, (sign) => {
      const code = sign.charCodeAt(0)
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '␡' : '�'
    })
    .replace(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (sign) => {
      return `⟨${sign.charCodeAt(0).toString(16).toUpperCase()}⟩`
    })
}
