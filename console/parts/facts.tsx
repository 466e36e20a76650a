import { Badge, Tooltip } from '@mantine/core'
import type { FlightView, HitView, SourceRef } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { dayOf, minutesBetween, timeOf, utc, zoneName } from '../lib/time.ts'

const SHAPES = { high: '▲', medium: '◆', low: '●' } as const

/** Shape, word and colour: none of them alone. */
export function Severity({ of }: { readonly of: HitView['severity'] }) {
  const { say } = useWords()
  return (
    <span className={`severity severity-${of}`}>
      <span aria-hidden="true">{SHAPES[of]}</span>
      {say(`severity.${of}`)}
    </span>
  )
}

export function PersonName({
  surname,
  givenNames,
}: {
  readonly surname?: string | undefined
  readonly givenNames?: string | undefined
}) {
  const { say } = useWords()
  if (!surname && !givenNames) return <em>{say('person.unnamed')}</em>
  return (
    <bdi>
      <b>{surname}</b>
      {givenNames && `, ${givenNames}`}
    </bdi>
  )
}

/** Local at the airport, with its zone; UTC on hover and for readers. */
export function LocalTime({
  local,
  at,
  zone,
  withDate = false,
}: {
  readonly local?: string | undefined
  readonly at?: string | undefined
  readonly zone: string
  readonly withDate?: boolean
}) {
  const { language } = useWords()
  if (!local) return <span className="muted">—</span>
  const shown = withDate ? (
    <>
      <span className="muted">{dayOf(local, language)}</span> {timeOf(local)}
    </>
  ) : (
    timeOf(local) || local
  )
  if (!at) return <span className="nowrap">{shown}</span>
  return (
    <Tooltip label={utc(at)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the UTC time must be reachable by keyboard */}
      <span tabIndex={0} className="nowrap">
        {shown} <small className="muted">{zoneName(zone, at)}</small>
      </span>
    </Tooltip>
  )
}

export function Route({ flight }: { readonly flight: FlightView }) {
  return (
    <span className="nowrap">
      {flight.from.city}
      <span className="muted wide"> {flight.from.code}</span> → {flight.to.city}
      <span className="muted wide"> {flight.to.code}</span>
    </span>
  )
}

export function FlightStatus({ of }: { readonly of: FlightView['status'] }) {
  const { say } = useWords()
  const colours = { expected: 'gray', closed: 'blue', departed: 'indigo', arrived: 'accent', cancelled: 'red' } as const
  return (
    <Badge color={colours[of]} variant="light" radius="sm" size="sm" tt="none" miw="max-content">
      {say(`status.${of}`)}
    </Badge>
  )
}

/** Minutes to the next moment at which somebody can act, and what that moment is. */
export function Countdown({ flight, now }: { readonly flight: FlightView; readonly now: number }) {
  const { say } = useWords()
  const { controlPoint } = flight
  if (!controlPoint) return <span className="muted">{say('control.over')}</span>
  const minutes = minutesBetween(now, controlPoint.at)
  const size = Math.abs(minutes)
  const left =
    size >= 60
      ? say('time.hours', { hours: Math.floor(size / 60), minutes: String(size % 60).padStart(2, '0') })
      : say('time.minutes', { minutes: size })
  return (
    <span className="nowrap">
      <span className={minutes < 30 ? 'severity-high' : undefined}>
        {minutes < 0 ? '−' : ''}
        {left}
      </span>{' '}
      <span className="muted">{say(`control.${controlPoint.kind}`)}</span>
    </span>
  )
}

export function Sources({ of }: { readonly of: readonly ('api' | 'pnr')[] }) {
  return <span className="nowrap">{of.map((one) => one.toUpperCase()).join(' + ')}</span>
}

export type OpenSource = (source: SourceRef) => void
