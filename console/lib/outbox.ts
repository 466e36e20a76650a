import { useSyncExternalStore } from 'react'
import type { OutcomeRequest } from '../../src/http/contract.ts'
import { post, RefusedError } from './http.ts'

export interface Pending {
  readonly referral: string
  readonly request: OutcomeRequest
}

interface State {
  readonly pending: readonly Pending[]
  /** Why the server would not take the last one: a key of the catalogue. */
  readonly refused?: string
}

const TRY_AGAIN_MS = 5_000

let state: State = { pending: [] }
let timer: ReturnType<typeof setTimeout> | undefined
let sending = false
const watchers = new Set<() => void>()
const sentHearers = new Set<() => void>()

function set(next: State): void {
  state = next
  for (const watch of watchers) watch()
}

const without = (key: string): readonly Pending[] => state.pending.filter(({ request }) => request.key !== key)

/**
 * Outcomes on their way. What the network does not take now waits here, through every page, and is sent again; its key
 * makes a repetition harmless. It lives in memory only: a note may name a person, and a tablet gets lost.
 */
export function sendOutcome(one: Pending): void {
  set({ pending: [...state.pending, one] })
  void deliver()
}

async function deliver(): Promise<void> {
  if (sending) return
  sending = true
  clearTimeout(timer)
  try {
    for (const one of state.pending) {
      const refused = await offer(one)
      set({ pending: without(one.request.key), ...(refused && { refused }) })
      for (const hear of sentHearers) hear()
    }
  } catch {
    timer = setTimeout(() => void deliver(), TRY_AGAIN_MS)
  } finally {
    sending = false
  }
}

/** The code of a refusal; throws where the server was not reached. */
async function offer({ referral, request }: Pending): Promise<string | undefined> {
  try {
    await post(`/v1/referrals/${referral}/outcome`, request)
    return undefined
  } catch (problem) {
    if (problem instanceof RefusedError && problem.status < 500 && problem.status !== 401) return problem.refusal.code
    throw problem
  }
}

export const onSent = (hear: () => void): (() => void) => {
  sentHearers.add(hear)
  return () => void sentHearers.delete(hear)
}

const watch = (changed: () => void): (() => void) => {
  watchers.add(changed)
  return () => void watchers.delete(changed)
}

export const useOutbox = (): State => useSyncExternalStore(watch, () => state)

window.addEventListener('online', () => void deliver())
window.addEventListener('beforeunload', (event) => {
  if (state.pending.length > 0) event.preventDefault()
})
