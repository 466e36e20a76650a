import { useEffect, useState } from 'react'
import type { LiveEvent } from '../../src/http/contract.ts'

type Hear = (event: LiveEvent) => void

const hearers = new Set<Hear>()
const watchers = new Set<(connected: boolean) => void>()
let source: EventSource | undefined
let connected = false

function tellConnected(now: boolean): void {
  connected = now
  for (const watch of watchers) watch(now)
}

/** Opens the stream of events for this session; the browser itself connects again when it breaks. */
export function openLive(): () => void {
  const opened = new EventSource('/v1/events')
  source = opened
  opened.onopen = () => tellConnected(true)
  opened.onerror = () => tellConnected(false)
  opened.onmessage = (message: MessageEvent<string>) => {
    const event = JSON.parse(message.data) as LiveEvent
    for (const hear of hearers) hear(event)
  }
  return () => {
    opened.close()
    if (source === opened) source = undefined
    tellConnected(false)
  }
}

export function useLive(hear: Hear): void {
  useEffect(() => {
    hearers.add(hear)
    return () => void hearers.delete(hear)
  }, [hear])
}

export function useConnected(): boolean {
  const [now, setNow] = useState(connected)
  useEffect(() => {
    watchers.add(setNow)
    setNow(connected)
    return () => void watchers.delete(setNow)
  }, [])
  return now
}
