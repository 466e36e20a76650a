import { Button, Group, Kbd, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue, useDocumentTitle } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Taken } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { post, RefusedError } from '../lib/http.ts'
import { useKeys } from '../lib/keys.ts'
import { More } from '../parts/more.tsx'
import { useNow } from '../parts/now.tsx'
import { keyOf, type QueueView, useQueue } from '../parts/queue-list.ts'
import { QueuePreview } from '../parts/queue-preview.tsx'
import { QueueRows } from '../parts/queue-rows.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'

const PREVIEW_AFTER_MS = 150

/** What waits for a decision, most urgent first, beside why it waits. */
export function Queue() {
  const { say, sayCode } = useWords()
  const { view = 'open', sel } = useSearch({ from: '/queue' })
  const navigate = useNavigate({ from: '/queue' })
  const toDossier = useNavigate()
  const now = useNow()
  const [after, setAfter] = useState<string>()
  const [told, setTold] = useState('')
  const why = useRef<HTMLDivElement>(null)
  const { shown, counts, next, fresh, error, isPending, refetch, load } = useQueue(view, after)
  useDocumentTitle(`${say('queue.title')} · Preclear`)
  const rows = shown?.view.rows ?? []
  const at = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === sel),
  )
  const row = rows[at]
  const [previewed] = useDebouncedValue(row, PREVIEW_AFTER_MS)

  const choose = useCallback(
    (key: string | undefined) =>
      void navigate({ search: (was) => ({ ...was, ...(key && { sel: key }) }), replace: true }),
    [navigate],
  )
  const show = (wanted: QueueView): void => {
    setAfter(undefined)
    void navigate({ search: { view: wanted }, replace: true })
  }
  const takeNext = useCallback(async () => {
    try {
      const taken = await post<Taken>('/v1/queue/take-next')
      setTold(say('queue.taken'))
      setAfter(undefined)
      await navigate({ search: { sel: keyOf(taken) }, replace: true })
    } catch (problem) {
      setTold(problem instanceof RefusedError ? sayCode('refusal', problem.refusal.code) : say('state.unreachable'))
    }
    await load()
  }, [load, navigate, say, sayCode])
  const open = useCallback(() => {
    if (!row) return
    const params = { leg: row.leg, id: row.traveller }
    void toDossier({ to: '/flights/$leg/travellers/$id', params, search: { from: 'queue' } })
  }, [row, toDossier])
  const keys = useMemo(() => {
    const move = (by: number) => () => {
      const other = rows[Math.min(rows.length - 1, Math.max(0, at + by))]
      if (other) choose(keyOf(other))
    }
    return {
      j: move(1),
      k: move(-1),
      ArrowDown: move(1),
      ArrowUp: move(-1),
      n: () => void takeNext(),
      '.': () => void load(),
      w: () => why.current?.querySelector<HTMLElement>('[data-why]')?.focus(),
      Escape: () => document.querySelector<HTMLElement>('[role="listbox"]')?.focus(),
      Enter: open,
    }
  }, [rows, at, choose, takeNext, load, open])
  useKeys(keys)

  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Group gap="lg">
          <Title order={1}>{say('queue.title')}</Title>
          {counts && (
            <Group gap="md">
              <Figure value={counts.dueWithinHour} label={say('queue.due')} urgent />
              <Figure value={counts.unclaimed} label={say('queue.unclaimed')} />
              <Figure value={counts.mine} label={say('queue.mine')} />
            </Group>
          )}
        </Group>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={say('queue.view')}
            value={view}
            onChange={(wanted) => show(wanted)}
            data={[
              { value: 'open', label: say('queue.view.open') },
              { value: 'mine', label: say('queue.view.mine') },
              { value: 'decided', label: say('queue.view.decided') },
            ]}
          />
          <Button size="xs" onClick={() => void takeNext()} rightSection={<Kbd size="xs">n</Kbd>}>
            {say('queue.take-next')}
          </Button>
        </Group>
      </Group>
      <div aria-live="polite" className="told">
        {fresh.count > 0 && (
          <Button size="compact-sm" variant="light" onClick={() => void load()}>
            {say('queue.fresh', fresh)}
          </Button>
        )}
        {told && <Text size="sm">{told}</Text>}
      </div>
      {isPending && <Waiting />}
      {error && <Failed problem={error} retry={refetch} />}
      {shown && rows.length === 0 && (
        <Empty title={say(`queue.empty.${view}`)}>
          <Text size="sm" className="muted">
            {say('queue.empty.more')}
          </Text>
        </Empty>
      )}
      {shown && rows.length > 0 && (
        <div className="triage">
          <div className="triage-list">
            <QueueRows rows={rows} gone={shown.gone} selected={row} now={now} choose={choose} open={open} />
            <More next={next} after={after} go={setAfter} />
          </div>
          <section className="panel scroll" ref={why} aria-label={say('queue.preview')}>
            {previewed && <QueuePreview key={keyOf(previewed)} row={previewed} now={now} open={open} />}
          </section>
        </div>
      )}
    </Stack>
  )
}

function Figure({
  value,
  label,
  urgent = false,
}: {
  readonly value: number
  readonly label: string
  readonly urgent?: boolean
}) {
  return (
    <Text size="sm">
      <b className={urgent && value > 0 ? 'severity-high' : undefined}>{value}</b>{' '}
      <span className="muted">{label}</span>
    </Text>
  )
}
