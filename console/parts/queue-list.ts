import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { LiveEvent, QueueRow, Queue as View } from '../../src/http/contract.ts'
import { get, query } from '../lib/http.ts'
import { freshRows, inPlace } from '../lib/in-place.ts'
import { useLive } from '../lib/live.ts'

export type QueueView = 'open' | 'mine' | 'decided'

export const keyOf = (row: Pick<QueueRow, 'leg' | 'traveller'>): string => `${row.leg}/${row.traveller}`

const SETTLE_MS = 3_000

interface Shown {
  readonly of: string
  readonly view: View
  /** Rows that stay where they are although the server no longer lists them. */
  readonly gone: ReadonlySet<string>
}

/**
 * The queue as one works on it: rows on screen change in place when something happens to them, but none comes, goes or
 * moves under the cursor before `load`. What came meanwhile is counted.
 */
export function useQueue(view: QueueView, after: string | undefined) {
  const queries = useQueryClient()
  const of = `${view} ${after ?? ''}`
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: ['queue', view, after],
    queryFn: () => get<View>(`/v1/queue${query({ view, after })}`),
    placeholderData: keepPreviousData,
  })
  const [shown, setShown] = useState<Shown>()
  const taking = useRef(true)
  useEffect(() => {
    if (!data || isPlaceholderData) return
    setShown((was) => {
      if (taking.current || was?.of !== of || was.view.rows.length === 0) return { of, view: data, gone: new Set() }
      const { rows, gone } = inPlace(was.view.rows, data.rows, keyOf)
      return { of, view: { ...data, rows }, gone }
    })
    taking.current = false
  }, [data, isPlaceholderData, of])

  const load = useCallback(() => {
    taking.current = true
    return queries.invalidateQueries({ queryKey: ['queue'] })
  }, [queries])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const hear = useCallback(
    (event: LiveEvent) => {
      if (event.kind !== 'queue') return
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void queries.invalidateQueries({ queryKey: ['queue'] }), SETTLE_MS)
    },
    [queries],
  )
  useLive(hear)

  const fresh = shown && data && !isPlaceholderData ? freshRows(shown.view.rows, data.rows, keyOf) : []
  return {
    shown,
    counts: data?.counts,
    next: data?.next,
    fresh: { count: fresh.length, urgent: fresh.filter((row) => row.severity === 'high').length },
    error,
    isPending,
    refetch,
    load,
  }
}
