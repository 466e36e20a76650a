import { useEffect, useState } from 'react'
import type { LiveEvent } from '../../src/http/contract.ts'
import { get } from './http.ts'

type Hear = (event: LiveEvent) => void

/** Whether changes arrive, and if not, since when what is on screen may be old. */
export interface Connection {
  readonly connected: boolean
  readonly since: number
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

const hearers = new Set<Hear>()
const watchers = new Set<(connection: Connection) => void>()
let connection: Connection = { connected: false, since: Date.now() }

function tell(connected: boolean): void {
  if (connected === connection.connected) return
  connection = { connected, since: Date.now() }
  for (const watch of watchers) watch(connection)
}

/**
 * Opens the stream of events for this session and keeps it open. A browser gives up on a stream that a server refuses,
 * so we open a new one ourselves, more and more patiently; `again` is called when a broken stream is whole again, for
 * what was missed meanwhile.
 */
export function openLive(again: () => void): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = FIRST_PAUSE_MS
  let broken = false
  const open = (): void => {
    source = new EventSource('/v1/events')
    source.onopen = () => {
      pause = FIRST_PAUSE_MS
      tell(true)
      if (broken) again()
      broken = false
    }
    source.onerror = () => {
      broken = true
      tell(false)
      if (source?.readyState !== EventSource.CLOSED) return
      void get('/v1/session').catch(() => undefined)
      timer = setTimeout(open, pause)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
    source.onmessage = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as LiveEvent
      for (const hear of hearers) hear(event)
    }
  }
  open()
  return () => {
    clearTimeout(timer)
    source?.close()
    tell(false)
  }
}

export function useLive(hear: Hear): void {
  useEffect(() => {
    hearers.add(hear)
    return () => void hearers.delete(hear)
  }, [hear])
}

export function useConnection(): Connection {
  const [now, setNow] = useState(connection)
  useEffect(() => {
    watchers.add(setNow)
    setNow(connection)
    return () => void watchers.delete(setNow)
  }, [])
  return now
}
