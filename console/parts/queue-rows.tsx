import { useEffect, useRef } from 'react'
import type { QueueRow } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { Countdown, PersonName, Severity, Sources } from './facts.tsx'
import { keyOf } from './queue-list.ts'

interface Props {
  readonly rows: readonly QueueRow[]
  readonly gone: ReadonlySet<string>
  readonly selected: QueueRow | undefined
  readonly now: number
  readonly choose: (key: string) => void
  readonly open: () => void
}

export function QueueRows({ rows, gone, selected, now, choose, open }: Props) {
  const { say } = useWords()
  return (
    <div
      className="panel scroll"
      role="listbox"
      aria-label={say('queue.title')}
      tabIndex={0}
      aria-activedescendant={selected && `row-${keyOf(selected)}`}
    >
      {rows.map((row) => (
        <Row
          key={keyOf(row)}
          row={row}
          gone={gone.has(keyOf(row))}
          now={now}
          selected={row === selected}
          choose={() => choose(keyOf(row))}
          open={open}
        />
      ))}
    </div>
  )
}

function Row({
  row,
  gone,
  now,
  selected,
  choose,
  open,
}: {
  readonly row: QueueRow
  readonly gone: boolean
  readonly now: number
  readonly selected: boolean
  readonly choose: () => void
  readonly open: () => void
}) {
  const { say, pick } = useWords()
  const own = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (selected) own.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus; its active descendant is this option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the list move and open
    <div
      ref={own}
      id={`row-${keyOf(row)}`}
      role="option"
      aria-selected={selected}
      className={gone ? 'queue-row queue-row-gone' : 'queue-row'}
      onClick={choose}
      onDoubleClick={open}
    >
      <div className="queue-line">
        <Severity of={row.severity} />
        <Countdown flight={row.flight} now={now} />
      </div>
      <div className="queue-line">
        <span>
          <PersonName surname={row.surname} givenNames={row.givenNames} />
          <small className="muted">
            {row.age !== undefined && ` · ${row.age}`}
            {row.nationality && ` · ${row.nationality}`}
            {row.groupSize > 1 && ` · ${say('queue.group', { count: row.groupSize })}`}
          </small>
        </span>
        <small className="nowrap">
          {row.flight.flight} <span className="muted">{`${row.flight.from.code} → ${row.flight.to.code}`}</span>
        </small>
      </div>
      <div className="queue-line">
        <small>
          {row.hits.slice(0, 3).map((hit) => (
            <span key={hit.id} className="chip">
              {pick(hit.titles)}
              {hit.kind === 'watchlist' && ` ${hit.score.toFixed(2)}`}
            </span>
          ))}
          {row.hits.length > 3 && ` +${row.hits.length - 3}`}
        </small>
        <small className="muted nowrap">
          {gone ? (
            say('queue.gone')
          ) : row.review.mine ? (
            <b>{say('queue.claimed.mine')}</b>
          ) : row.review.claimedBy ? (
            say('decide.claimed-by', { name: row.review.claimedBy.name })
          ) : (
            <Sources of={row.sources} />
          )}
        </small>
      </div>
    </div>
  )
}
