/** An element: one value, or its components. */
export type Element = string | readonly (string | undefined)[] | undefined

/** `TVL+100426:1905:100426:2315+DOH+OSL+ZX+0330'`: service characters released, empty ends dropped. */
export function segment(tag: string, ...elements: readonly Element[]): string {
  let text = tag
  let pending = ''
  for (const element of elements) {
    pending += '+'
    const value = typeof element === 'string' ? release(element) : element === undefined ? '' : composite(element)
    if (value === '') continue
    text += pending + value
    pending = ''
  }
  return `${text}'`
}

function composite(components: readonly (string | undefined)[]): string {
  let text = ''
  let pending = ''
  for (const component of components) {
    if (component) {
      text += pending + release(component)
      pending = ''
    }
    pending += ':'
  }
  return text
}

const release = (value: string): string => (SERVICE.test(value) ? value.replace(/[?'+:]/g, '?$&') : value)

const SERVICE = /[?'+:]/

/** A free text in lines of 70 characters, the most that an element of one may hold (4440). */
export function lines(text: string): string[] {
  const found: string[] = []
  for (let at = 0; at < text.length; at += 70) found.push(text.slice(at, at + 70))
  return found
}
