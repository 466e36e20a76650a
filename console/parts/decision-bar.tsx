import { Button, Group, Kbd, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { DispositionOutcome, HitView, ReviewState } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { post, RefusedError, remove } from '../lib/http.ts'
import { useKeys } from '../lib/keys.ts'
import { useMay } from '../lib/session.ts'
import { DisposeDialog, OUTCOMES, ReferDialog } from './decide.tsx'
import { useNow } from './now.tsx'

const HEARTBEAT_MS = 120_000

interface Props {
  readonly leg: string
  readonly traveller: string
  readonly hits: readonly HitView[]
  readonly review: ReviewState | undefined
}

/** Claim, decide, refer, undo: each by button and by key. A claim is kept alive while its page is open. */
export function DecisionBar({ leg, traveller, hits, review }: Props) {
  const { say, sayCode } = useWords()
  const queries = useQueryClient()
  const mayWork = useMay('queue.work')
  const mayRefer = useMay('referral.send')
  const [deciding, setDeciding] = useState<DispositionOutcome>()
  const [referring, setReferring] = useState(false)
  const [told, setTold] = useState('')
  const path = `/v1/queue/${leg}/${traveller}`

  const refresh = useCallback(() => {
    for (const key of ['queue', 'dossier', 'flights', 'manifest', 'referrals'])
      void queries.invalidateQueries({ queryKey: [key] })
  }, [queries])
  const act = useCallback(
    async (work: () => Promise<unknown>, done: string): Promise<void> => {
      try {
        await work()
        setTold(done)
      } catch (problem) {
        setTold(problem instanceof RefusedError ? sayCode('refusal', problem.refusal.code) : say('state.unreachable'))
      }
      refresh()
    },
    [refresh, say, sayCode],
  )
  const mine = review?.mine ?? false
  const open = hits.some((hit) => !hit.disposition && !hit.nowFalseSince)
  const confirmed = hits.some((hit) => hit.disposition?.outcome === 'confirmed')
  const now = useNow(15_000)
  const undoable = hits.some((hit) => Date.parse(hit.disposition?.undoUntil ?? '') > now)

  useEffect(() => {
    if (!mine) return
    const timer = setInterval(() => void post(`${path}/claim`).catch(refresh), HEARTBEAT_MS)
    return () => clearInterval(timer)
  }, [mine, path, refresh])

  const claim = useCallback(() => void act(() => post(`${path}/claim`), say('decide.claimed')), [act, path, say])
  const keys = useMemo(() => {
    const decide = Object.fromEntries(
      OUTCOMES.map((outcome, index) => [String(index + 1), () => mine && open && setDeciding(outcome)]),
    )
    return {
      ...decide,
      a: claim,
      r: () => confirmed && mayRefer && setReferring(true),
      u: () => undoable && void act(() => post(`${path}/undo`), say('decide.undone')),
    }
  }, [act, claim, confirmed, mayRefer, mine, open, path, say, undoable])
  useKeys(keys, mayWork && !deciding && !referring)

  if (!mayWork || hits.length === 0) return null
  return (
    <Group gap="xs" role="toolbar" aria-label={say('decide.bar')}>
      {!mine && open && (
        <Button size="xs" onClick={claim} disabled={review?.claimedBy !== undefined}>
          {say('decide.claim')}
        </Button>
      )}
      {review?.claimedBy && !mine && <Text size="sm">{say('decide.claimed-by', { name: review.claimedBy.name })}</Text>}
      {mine &&
        open &&
        OUTCOMES.map((outcome, index) => (
          <Button
            key={outcome}
            size="xs"
            variant={outcome === 'confirmed' ? 'filled' : 'default'}
            onClick={() => setDeciding(outcome)}
          >
            {sayCode('outcome', outcome)}
            <Kbd size="xs" ms={6}>
              {index + 1}
            </Kbd>
          </Button>
        ))}
      {confirmed && mayRefer && (
        <Button size="xs" variant="outline" onClick={() => setReferring(true)}>
          {say('refer.open')}
        </Button>
      )}
      {undoable && (
        <Button size="xs" variant="subtle" onClick={() => void act(() => post(`${path}/undo`), say('decide.undone'))}>
          {say('decide.undo')}
        </Button>
      )}
      {mine && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => void act(() => remove(`${path}/claim`), say('decide.released'))}
        >
          {say('decide.release')}
        </Button>
      )}
      {mine && !open && (
        <Text size="sm" className="muted">
          {say('decide.nothing-open')}
        </Text>
      )}
      <Text size="sm" role="status">
        {told}
      </Text>
      {deciding && (
        <DisposeDialog
          leg={leg}
          traveller={traveller}
          hits={hits}
          outcome={deciding}
          close={() => setDeciding(undefined)}
          done={() => void act(async () => undefined, say('decide.decided'))}
        />
      )}
      {referring && (
        <ReferDialog
          leg={leg}
          traveller={traveller}
          hits={hits}
          close={() => setReferring(false)}
          done={() => void act(async () => undefined, say('refer.sent'))}
        />
      )}
    </Group>
  )
}
