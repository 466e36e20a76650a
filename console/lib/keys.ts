import { useEffect } from 'react'

/** Single letters must not fire while somebody types, nor on a site where they were switched off. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** `Ctrl+Enter`, `j`, `?`, `Escape` */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const held = event.ctrlKey || event.metaKey ? 'Ctrl+' : event.altKey ? 'Alt+' : ''
  return held + (event.key.length === 1 ? event.key.toLowerCase() : event.key)
}

const SWITCH = 'preclear.single-keys'

export const singleKeysOn = (): boolean => localStorage.getItem(SWITCH) !== 'off'
export const setSingleKeys = (on: boolean): void => localStorage.setItem(SWITCH, on ? 'on' : 'off')

export type Keys = Readonly<Record<string, () => void>>

/** Keys of a page, while it is shown and nothing else has the keyboard. */
export function useKeys(keys: Keys, active = true): void {
  useEffect(() => {
    if (!active) return
    const hear = (event: KeyboardEvent): void => {
      const name = keyName(event)
      const single = name.length === 1
      if (single && (isTyping(event.target) || !singleKeysOn())) return
      if (document.querySelector('[role="dialog"]') && name !== 'Ctrl+Enter') return
      const act = keys[name]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [keys, active])
}
