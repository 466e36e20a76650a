import { Badge, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { MessageContent, MessageDetail } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, query } from '../lib/http.ts'
import { useKeys } from '../lib/keys.ts'
import { useMay } from '../lib/session.ts'
import { utc } from '../lib/time.ts'
import { MessageLines, type Place } from '../parts/message-lines.tsx'
import { Replay } from '../parts/replay.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'

type Line = MessageContent['lines'][number]
type Severity = MessageContent['findings'][number]['severity']

/** A message as it was sent, each value named, with what was found in it and of whom it speaks. */
export function Message() {
  const { say, pick } = useWords()
  const { id } = useParams({ from: '/messages/$id' })
  const { at, from, find } = useSearch({ from: '/messages/$id' })
  const navigate = useNavigate({ from: '/messages/$id' })
  useDocumentTitle(`${say('message.title')} · Preclear`)
  const mayReplay = useMay('messages.replay')
  const path = `/v1/messages/${id}/content${query({ at: given(at), from: given(from), find })}`
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['content', path],
    queryFn: () => get<MessageContent>(path),
    placeholderData: keepPreviousData,
  })
  const [place, setPlace] = useState<Place>()
  const [severity, setSeverity] = useState<string | null>(null)
  const jumped = useRef<string>(undefined)
  const lines = data?.lines
  useEffect(() => {
    if (!data || data.found === undefined || jumped.current === path) return
    jumped.current = path
    const line = data.lines.find((one) => one.number === data.found)
    if (line) setPlace({ row: line.number, piece: pieceAt(line, at), focus: true })
  }, [data, path, at])
  const jump = useCallback(
    (row: number, byte: number) => {
      const line = lines?.find((one) => one.number === row)
      if (line) setPlace({ row, piece: pieceAt(line, byte), focus: true })
      else void navigate({ search: { at: byte } })
    },
    [lines, navigate],
  )
  const page = useCallback(
    (first: number) => {
      setPlace(undefined)
      void navigate({ search: { from: Math.max(0, first) } })
    },
    [navigate],
  )
  const findings = useMemo(
    () => (data?.findings ?? []).filter((one) => severity === null || one.severity === severity),
    [data, severity],
  )
  const step = useCallback(
    (by: 1 | -1) => {
      if (findings.length === 0) return
      const here = place?.row ?? 0
      const next =
        by === 1
          ? (findings.find((one) => one.row > here) ?? findings[0])
          : (findings.findLast((one) => one.row < here) ?? findings.at(-1))
      if (next) jump(next.row, next.byte)
    },
    [findings, place, jump],
  )
  const keys = useMemo(() => ({ n: () => step(1), p: () => step(-1) }), [step])
  useKeys(keys)
  if (isPending) return <Waiting />
  if (error) return <Failed problem={error} retry={refetch} />
  const line = place && data.lines.find((one) => one.number === place.row)
  const piece = line && place ? line.pieces[place.piece] : undefined
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="end">
        <div>
          <Title order={1}>
            {say('message.title')}{' '}
            <Text span className="muted" fw={400}>
              {data.carrier} · {data.type}
            </Text>
          </Title>
          <Text size="sm">
            {say('source.received', { at: utc(data.receivedAt) })} · <span className="mono">{data.id}</span>
          </Text>
          {!data.whole && <Text size="sm">{say('message.part')}</Text>}
          {mayReplay && <ReplayParked id={data.id} />}
        </div>
        <Find key={find ?? ''} find={find} from={data.from} missed={find !== undefined && data.found === undefined} />
      </Group>
      <Pages data={data} go={page} />
      <div className="message-page">
        <div className="panel message-body">
          {data.lines.length === 0 && <Empty title={say('message.none')} />}
          <MessageLines content={data} place={place} go={setPlace} />
        </div>
        <aside className="message-side">
          <section className="panel side-part" aria-label={say('message.value')} aria-live="polite">
            <Title order={2}>{say('message.value')}</Title>
            {line ? (
              <Named line={line} piece={piece} />
            ) : (
              <Text size="sm" className="muted">
                {say('message.choose')}
              </Text>
            )}
          </section>
          <section className="panel side-part">
            <Group justify="space-between">
              <Title order={2}>{say('messages.findings')}</Title>
              <Select
                size="xs"
                w={130}
                aria-label={say('message.severity')}
                placeholder={say('message.all')}
                value={severity}
                onChange={setSeverity}
                data={SEVERITIES.map((one) => ({ value: one, label: say(`finding.${one}`) }))}
                clearable
              />
            </Group>
            {findings.length === 0 && (
              <Text size="sm" className="muted">
                {say('dossier.no-findings')}
              </Text>
            )}
            <ol className="finding-list">
              {findings.map((one) => (
                <li key={`${one.code}-${one.byte}-${one.row}`}>
                  <button type="button" className="linkish" onClick={() => jump(one.row, one.byte)}>
                    <SeverityMark of={one.severity} /> {pick(one.sentence)}
                  </button>
                  <small className="muted">
                    {' '}
                    {say('finding.place', { line: one.line, byte: one.byte, segment: one.segment })}
                  </small>
                </li>
              ))}
            </ol>
          </section>
          <section className="panel side-part">
            <Title order={2}>{say('message.travellers')}</Title>
            {data.travellers.length === 0 && (
              <Text size="sm" className="muted">
                {say('message.nobody')}
              </Text>
            )}
            <ul className="finding-list">
              {data.travellers.map((one) => (
                <li key={`${one.leg}/${one.id}`}>
                  <Link to="/flights/$leg/travellers/$id" params={{ leg: one.leg, id: one.id }}>
                    {one.name || say('message.nameless')}
                  </Link>{' '}
                  <button
                    type="button"
                    className="linkish"
                    onClick={() => jump(one.rows[0] ?? 1, byteOf(data, one.rows[0]))}
                  >
                    <small>{say('message.row', { row: one.rows[0] ?? 0 })}</small>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        </aside>
      </div>
      <Pages data={data} go={page} />
    </Stack>
  )
}

/** Of a message that was put aside: why, and the way back. */
function ReplayParked({ id }: { readonly id: string }) {
  const { say } = useWords()
  const [asking, setAsking] = useState(false)
  const { data } = useQuery({ queryKey: ['messages', id], queryFn: () => get<MessageDetail>(`/v1/messages/${id}`) })
  if (asking) return <Replay asked={{ ids: [id] }} count={1} close={() => setAsking(false)} />
  if (data?.state !== 'parked' || data.duplicateOf) return null
  return (
    <Group gap="sm">
      <Text size="sm">{say('parked.because', { cause: data.cause ?? '' })}</Text>
      <Button size="compact-xs" onClick={() => setAsking(true)}>
        {say('replay.one')}
      </Button>
    </Group>
  )
}

const SEVERITIES = ['fatal', 'error', 'warning', 'info'] as const satisfies readonly Severity[]
const COLOURS = { fatal: 'red', error: 'red', warning: 'yellow', info: 'gray' } as const

/** The word, not the colour alone. */
function SeverityMark({ of }: { readonly of: Severity }) {
  const { say } = useWords()
  return (
    <Badge color={COLOURS[of]} variant="light" radius="sm" tt="none" size="sm">
      {say(`finding.${of}`)}
    </Badge>
  )
}

const given = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value))

const byteOf = (data: MessageContent, row: number | undefined): number =>
  data.lines.find((one) => one.number === row)?.byte ?? 0

/** The value of a line that holds a byte; the tag where none does. */
function pieceAt(line: Line, byte: number | undefined): number {
  const at = line.pieces.findIndex(
    (one) => one.from !== undefined && one.to !== undefined && byte !== undefined && one.from <= byte && byte < one.to,
  )
  return at >= 0
    ? at
    : Math.max(
        0,
        line.pieces.findIndex((one) => one.element !== undefined),
      )
}

function Named({ line, piece }: { readonly line: Line; readonly piece: Line['pieces'][number] | undefined }) {
  const { say, pick } = useWords()
  const where = piece?.element
    ? say('message.element', { element: piece.element, component: piece.component ?? 1 })
    : say('message.segment')
  return (
    <dl className="facts">
      <dt>{say('message.name')}</dt>
      <dd>{piece?.element && piece.name ? pick(piece.name) : line.name ? pick(line.name) : say('message.unnamed')}</dd>
      <dt>{say('message.in')}</dt>
      <dd>
        <span className="mono">{line.tag}</span> {line.name ? pick(line.name) : ''} · {where}
      </dd>
      {piece?.element !== undefined && (
        <>
          <dt>{say('message.value')}</dt>
          <dd className="mono">
            <bdi>{piece.text}</bdi>
          </dd>
        </>
      )}
      <dt>{say('message.where')}</dt>
      <dd>{say('source.place', { segment: line.number, byte: piece?.from ?? line.byte })}</dd>
    </dl>
  )
}

function Pages({ data, go }: { readonly data: MessageContent; readonly go: (first: number) => void }) {
  const { say } = useWords()
  const { rows, from, pageSize, lines } = data
  if (rows <= pageSize) return null
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" disabled={from === 0} onClick={() => go(from - pageSize)}>
        {say('message.previous')}
      </Button>
      <Text size="sm">{say('message.range', { from: from + 1, to: from + lines.length, rows })}</Text>
      <Button size="xs" variant="default" disabled={from + lines.length >= rows} onClick={() => go(from + pageSize)}>
        {say('common.next-page')}
      </Button>
    </Group>
  )
}

/** Looks in the whole message; the page with the first match is shown. */
function Find({
  find,
  from,
  missed,
}: {
  readonly find: string | undefined
  /** The page that is shown, and stays where nothing is found. */
  readonly from: number
  readonly missed: boolean
}) {
  const { say } = useWords()
  const navigate = useNavigate({ from: '/messages/$id' })
  const [text, setText] = useState(find ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void navigate({ search: text.trim() ? { find: text.trim(), from } : { from } })
  }
  return (
    <search>
      <form onSubmit={submit}>
        <TextInput
          size="xs"
          data-search
          aria-label={say('message.find')}
          placeholder={say('message.find')}
          value={text}
          maxLength={60}
          error={missed && say('message.missed')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </search>
  )
}
