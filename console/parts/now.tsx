import { useCallback, useEffect, useRef, useState } from 'react'
import type { LiveEvent } from '../../src/http/contract.ts'
import { useLive } from '../lib/live.ts'
import { useSession } from '../lib/session.ts'

/** The site's clock, ticking: the real one, or the simulated one of a demo. */
export function useNow(everyMs = 1_000): number {
  const { simulatedNow, simulatedSpeed } = useSession()
  const base = useRef({
    site: simulatedNow ? Date.parse(simulatedNow) : Date.now(),
    real: Date.now(),
    speed: simulatedSpeed ?? 1,
  })
  const [now, setNow] = useState(base.current.site)
  const hear = useCallback((event: LiveEvent) => {
    if (event.kind === 'clock') base.current = { site: Date.parse(event.now), real: Date.now(), speed: event.speed }
  }, [])
  useLive(hear)
  useEffect(() => {
    const tick = (): void => setNow(base.current.site + (Date.now() - base.current.real) * base.current.speed)
    tick()
    const timer = setInterval(tick, everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
