import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { MessageContent } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'

/** A value of a message: its row's number, and which piece of the row it is. */
export interface Place {
  readonly row: number
  readonly piece: number
  /** It has the keyboard, not only the pointer over it. */
  readonly focus?: boolean
}

type Line = MessageContent['lines'][number]

/**
 * The segments of a message, one under the other. One value at a time has the tab stop; arrows walk: left and right
 * through the values of a segment, up and down through segments, Home and End within one.
 */
export function MessageLines({
  content,
  place,
  go,
}: {
  readonly content: MessageContent
  readonly place: Place | undefined
  readonly go: (place: Place) => void
}) {
  const { say, pick } = useWords()
  const list = useRef<HTMLOListElement>(null)
  const { lines, findings } = content
  useEffect(() => {
    if (!place?.focus) return
    const wanted = list.current?.querySelector<HTMLElement>(`[data-place="${place.row}.${place.piece}"]`)
    wanted?.focus({ preventScroll: true })
    wanted?.scrollIntoView({ block: 'nearest' })
  }, [place])
  const stop = place ?? firstOf(lines)
  const walk = (event: KeyboardEvent, line: Line, piece: number): void => {
    const next = nextPlace(event.key, lines, line, piece)
    if (!next) return
    event.preventDefault()
    go({ ...next, focus: true })
  }
  return (
    <ol className="message-lines" ref={list} aria-label={say('message.segments')}>
      {lines.map((line) => {
        const found = findings.filter((one) => one.row === line.number)
        const worst = found.find((one) => one.severity === 'fatal' || one.severity === 'error') ?? found[0]
        return (
          <li key={line.number} className={worst ? `line-${worst.severity}` : undefined}>
            <span className="line-number muted" aria-hidden="true">
              {line.number}
            </span>
            <code className="mono source" style={{ paddingInlineStart: `${line.depth * 14}px` }}>
              {line.pieces.map((piece, at) =>
                piece.element === undefined ? (
                  <span key={`behind ${line.pieces[at - 1]?.from ?? line.byte}`} className="muted">
                    {piece.text}
                  </span>
                ) : (
                  <button
                    key={piece.from}
                    type="button"
                    className="value"
                    data-place={`${line.number}.${at}`}
                    aria-current={place?.row === line.number && place.piece === at ? 'true' : undefined}
                    tabIndex={stop?.row === line.number && stop.piece === at ? 0 : -1}
                    aria-label={`${piece.name ? pick(piece.name) : line.tag}: ${piece.text}`}
                    title={piece.name ? pick(piece.name) : undefined}
                    onFocus={() => go({ row: line.number, piece: at })}
                    onMouseEnter={() => go({ row: line.number, piece: at })}
                    onKeyDown={(event) => walk(event, line, at)}
                  >
                    {piece.text}
                  </button>
                ),
              )}
            </code>
            {worst && (
              <span className="line-finding">
                {found.length > 1
                  ? say('message.findings-here', { count: found.length })
                  : `${say(`finding.${worst.severity}`)}: ${pick(worst.sentence)}`}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

const valuesOf = (line: Line): readonly number[] =>
  line.pieces.flatMap(({ element }, at) => (element === undefined ? [] : [at]))

function firstOf(lines: readonly Line[]): Place | undefined {
  for (const line of lines) {
    const [piece] = valuesOf(line)
    if (piece !== undefined) return { row: line.number, piece }
  }
  return undefined
}

/** Where a key leads from a value; nothing where it leads nowhere. */
export function nextPlace(key: string, lines: readonly Line[], line: Line, piece: number): Place | undefined {
  const values = valuesOf(line)
  const here = values.indexOf(piece)
  const within = (at: number): Place | undefined =>
    values[at] === undefined ? undefined : { row: line.number, piece: values[at] }
  switch (key) {
    case 'ArrowRight':
      return within(here + 1)
    case 'ArrowLeft':
      return here > 0 ? within(here - 1) : undefined
    case 'Home':
      return within(0)
    case 'End':
      return within(values.length - 1)
    case 'ArrowDown':
    case 'ArrowUp': {
      const step = key === 'ArrowDown' ? 1 : -1
      for (let at = lines.indexOf(line) + step; at >= 0 && at < lines.length; at += step) {
        const next = lines[at]
        const there = next ? valuesOf(next) : []
        const value = there[Math.min(here, there.length - 1)]
        if (next && value !== undefined) return { row: next.number, piece: value }
      }
      return undefined
    }
    default:
      return undefined
  }
}
