import { useEffect } from 'react'

/** Single letters must not fire while somebody types, nor for somebody who switched them off (WCAG 2.1.4). */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * `Ctrl+Enter`, `j`, `?`, `Escape`. Where the keyboard's own letter is not Latin (Cyrillic, or `ü` where others have
 * `w`), the place of the key counts.
 */
export function keyName(event: Pressed): string {
  const held = event.ctrlKey || event.metaKey ? 'Ctrl+' : event.altKey ? 'Alt+' : ''
  return held + (event.key.length === 1 ? letter(event) : event.key)
}

const PLACES: Readonly<Record<string, string>> = {
  Period: '.',
  Slash: '?',
  BracketLeft: '[',
  BracketRight: ']',
}

function letter({ key, code }: Pressed): string {
  if (key.charCodeAt(0) < 128) return key.toLowerCase()
  return PLACES[code] ?? (/^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key.toLowerCase())
}

const SWITCH = 'preclear.single-keys'

export const singleKeysOn = (): boolean => localStorage.getItem(SWITCH) !== 'off'
export const setSingleKeys = (on: boolean): void => localStorage.setItem(SWITCH, on ? 'on' : 'off')

/** `j`, `Ctrl+Enter`, or two in a row: `g q`. */
export type Keys = Readonly<Record<string, () => void>>

const LEADER = 'g'
const LEADER_MS = 1_200
let leaderAt = Number.NEGATIVE_INFINITY // a page counts from when it was opened: 0 would lead whatever is pressed first

/** Keys of a page, while it is shown and no dialog has the keyboard. */
export function useKeys(keys: Keys, active = true): void {
  useEffect(() => {
    if (!active) return
    const hear = (event: KeyboardEvent): void => {
      const pressed = keyName(event)
      if (event.defaultPrevented || isBarred(pressed, event)) return
      const led = pressed.length === 1 && event.timeStamp - leaderAt < LEADER_MS && event.timeStamp !== leaderAt
      if (pressed === LEADER) leaderAt = event.timeStamp
      const act = keys[led ? `${LEADER} ${pressed}` : pressed]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [keys, active])
}

function isBarred(pressed: string, event: KeyboardEvent): boolean {
  const single = pressed.length === 1
  if (single && (isTyping(event.target) || !singleKeysOn())) return true
  if (pressed === 'Enter' && takesEnter(event.target)) return true
  if (pressed === 'Ctrl+Enter') return false
  return document.querySelector('[role="dialog"], [role="menu"]') !== null
}

/** Enter belongs to the button, link or field that has the focus, where one has it. */
const takesEnter = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(BUTTON|A|INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
