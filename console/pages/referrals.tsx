import {
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { LiveEvent, OutcomeCode, OutcomeRequest, ReferralRow, Referrals as View } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, query } from '../lib/http.ts'
import { useLive } from '../lib/live.ts'
import { onSent, sendOutcome, useOutbox } from '../lib/outbox.ts'
import { clockAt, utc } from '../lib/time.ts'
import { Countdown, LocalTime, PersonName, Route, Severity } from '../parts/facts.tsx'
import { useNow } from '../parts/now.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'

const CODES = ['found', 'not-found', 'no-show', 'seized', 'other'] as const satisfies readonly OutcomeCode[]

/** For officers on their feet: few cards, big targets, three taps to an outcome, and no network needed for the last. */
export function Referrals() {
  const { say, sayCode } = useWords()
  const queries = useQueryClient()
  const now = useNow(5_000)
  const [state, setState] = useState('open')
  const [recording, setRecording] = useState<ReferralRow>()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['referrals', state],
    queryFn: () => get<View>(`/v1/referrals${query({ state })}`),
  })
  const reload = useCallback(() => void queries.invalidateQueries({ queryKey: ['referrals'] }), [queries])
  const hear = useCallback(
    (event: LiveEvent) => {
      if (event.kind === 'referrals') reload()
    },
    [reload],
  )
  useLive(hear)
  useEffect(() => onSent(reload), [reload])
  const { pending, refused } = useOutbox()
  useDocumentTitle(`${say('referrals.title')} · Preclear`)
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={1}>{say('referrals.title')}</Title>
        <Group gap="sm">
          <Text size="sm" role="status" className={pending.length > 0 ? 'stale' : undefined}>
            {pending.length > 0 && say('referrals.pending', { count: pending.length })}
          </Text>
          <SegmentedControl
            size="md"
            aria-label={say('queue.view')}
            value={state}
            onChange={setState}
            data={[
              { value: 'open', label: say('referrals.open') },
              { value: 'done', label: say('referrals.done') },
            ]}
          />
        </Group>
      </Group>
      {refused && (
        <Alert color="red" role="alert">
          {sayCode('refusal', refused)}
        </Alert>
      )}
      {isPending && <Waiting rows={4} />}
      {error && <Failed problem={error} retry={refetch} />}
      {data && data.rows.length === 0 && (
        <Empty
          title={
            data.nextDueAt
              ? say('referrals.none.until', { at: clockAt(data.nextDueAt, 'Asia/Baku') })
              : say(state === 'done' ? 'referrals.none.done' : 'referrals.none')
          }
        >
          <Text size="sm" className="muted">
            {say('referrals.none.more')}
          </Text>
        </Empty>
      )}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="sm">
        {data?.rows.map((row) => (
          <Card
            key={row.id}
            row={row}
            now={now}
            waiting={pending.some((one) => one.referral === row.id)}
            record={() => setRecording(row)}
          />
        ))}
      </SimpleGrid>
      {recording && (
        <Record
          row={recording}
          close={() => setRecording(undefined)}
          save={(request) => {
            sendOutcome({ referral: recording.id, request })
            setRecording(undefined)
          }}
        />
      )}
    </Stack>
  )
}

function Card({
  row,
  now,
  waiting,
  record,
}: {
  readonly row: ReferralRow
  readonly now: number
  readonly waiting: boolean
  readonly record: () => void
}) {
  const { say, sayCode, pick } = useWords()
  const { person } = row
  return (
    <article className="panel" aria-label={[person.surname, person.givenNames].filter(Boolean).join(', ')}>
      <Stack p="md" gap="xs">
        <Group justify="space-between">
          <Text component="h2" size="lg" fw={650}>
            {sayCode('action', row.action)}
          </Text>
          <Severity of={row.severity} />
        </Group>
        <Text size="lg">
          <PersonName surname={person.surname} givenNames={person.givenNames} />
        </Text>
        <Text size="sm">
          {[
            person.birthDate,
            person.sex,
            person.nationality,
            person.document,
            person.seat && `${say('field.seat')} ${person.seat}`,
            person.bags !== undefined && `${say('field.bags')} ${person.bags}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <Text size="sm">
          <b>{row.flight.flight}</b> <Route flight={row.flight} /> ·{' '}
          <LocalTime
            local={row.flight.direction === 'in' ? row.flight.arrivesLocal : row.flight.departsLocal}
            at={row.flight.direction === 'in' ? row.flight.arrivesAt : row.flight.departsAt}
            zone={row.flight.direction === 'in' ? row.flight.to.zone : row.flight.from.zone}
            withDate
          />{' '}
          · <Countdown flight={row.flight} now={now} />
        </Text>
        <ul className="reasons">
          {row.reasons.slice(0, 3).map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        <Text size="xs" className="muted">
          {say('referrals.from', { agency: pick(row.from.name), at: utc(row.sentAt) })}
        </Text>
        {row.outcomes.length > 1 && (
          <Text size="sm" className="severity-medium">
            {say('referrals.differ')}
          </Text>
        )}
        {row.outcomes.map((outcome) => (
          <Text key={outcome.at + outcome.by} size="sm">
            <b>{say(`found.${outcome.code}`)}</b>
            {outcome.count !== undefined && ` (${outcome.count})`}
            {outcome.note && (
              <>
                {' '}
                · <bdi>{outcome.note}</bdi>
              </>
            )}
            <span className="muted">{` · ${outcome.by} · ${utc(outcome.at)}`}</span>
          </Text>
        ))}
        {!row.outcome && (
          <Button className="tap" onClick={record} disabled={waiting}>
            {say(waiting ? 'referrals.waiting' : 'referrals.record')}
          </Button>
        )}
      </Stack>
    </article>
  )
}

function Record({
  row,
  close,
  save,
}: {
  readonly row: ReferralRow
  readonly close: () => void
  readonly save: (request: OutcomeRequest) => void
}) {
  const { say } = useWords()
  const [key] = useState(() => crypto.randomUUID())
  const [code, setCode] = useState<OutcomeCode>()
  const [count, setCount] = useState<number | string>('')
  const [note, setNote] = useState('')
  return (
    <Modal
      opened
      withCloseButton={false}
      onClose={close}
      title={say('referrals.record.title', {
        name: [row.person.surname, row.person.givenNames].filter(Boolean).join(', '),
      })}
      size="lg"
    >
      <Stack>
        <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="xs" role="radiogroup" aria-label={say('referrals.outcome')}>
          {CODES.map((one) => (
            <Button
              key={one}
              className="tap"
              variant={code === one ? 'filled' : 'default'}
              role="radio"
              aria-checked={code === one}
              onClick={() => setCode(one)}
            >
              {say(`found.${one}`)}
            </Button>
          ))}
        </SimpleGrid>
        {(code === 'found' || code === 'seized') && (
          <NumberInput label={say('referrals.count')} value={count} onChange={setCount} min={0} max={9_999} />
        )}
        <Textarea
          label={say('decide.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={1000}
          autosize
          minRows={2}
        />
        <Group justify="flex-end">
          <Button className="tap" variant="default" onClick={close}>
            {say('common.cancel')}
          </Button>
          <Button
            className="tap"
            disabled={!code}
            onClick={() =>
              code && save({ key, code, ...(typeof count === 'number' && { count }), ...(note && { note }) })
            }
          >
            {say('referrals.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
