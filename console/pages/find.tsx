import { Alert, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { FindKind, FoundRow, FoundTravellers } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { post } from '../lib/http.ts'
import { useKeys } from '../lib/keys.ts'
import { LocalTime, PersonName, Sources } from '../parts/facts.tsx'
import { More } from '../parts/more.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'

const KINDS: readonly FindKind[] = ['name', 'document', 'phone', 'email', 'locator', 'ticket', 'card']

interface Question {
  readonly kind: FindKind
  readonly text: string
  readonly birthDate?: string
  readonly from?: string
  readonly to?: string
  readonly wide?: boolean
  readonly after?: string
}

/** What is asked stays out of the address and is asked once: each time is a line in the log. */
export function Find() {
  const { say } = useWords()
  useDocumentTitle(`${say('find.title')} · Preclear`)
  const [kind, setKind] = useState<FindKind>('name')
  const [text, setText] = useState('')
  const [birthDate, setBirthDate] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const { mutate, data, error, isPending, variables } = useMutation({
    mutationFn: (question: Question) => post<FoundTravellers>('/v1/find', question),
  })
  const ask = (event: FormEvent): void => {
    event.preventDefault()
    mutate({ kind, text, ...(kind === 'name' && birthDate && { birthDate }), ...(from && { from }), ...(to && { to }) })
  }
  return (
    <Stack gap="sm">
      <Title order={1}>{say('find.title')}</Title>
      <form onSubmit={ask}>
        <Group gap="sm" align="end">
          <Select
            size="sm"
            w={150}
            label={say('find.by')}
            value={kind}
            onChange={(value) => setKind(KINDS.find((one) => one === value) ?? 'name')}
            data={KINDS.map((one) => ({ value: one, label: say(`find.kind.${one}`) }))}
            allowDeselect={false}
          />
          <TextInput
            size="sm"
            w={300}
            label={say(`find.kind.${kind}`)}
            description={say(`find.hint.${kind}`)}
            inputWrapperOrder={['label', 'input', 'description']}
            data-search
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            maxLength={200}
            required
            autoComplete="off"
          />
          {kind === 'name' && (
            <TextInput
              size="sm"
              w={150}
              label={say('find.birth-date')}
              placeholder={say('find.birth-date.form')}
              value={birthDate}
              onChange={(event) => setBirthDate(event.currentTarget.value.trim())}
              maxLength={10}
              autoComplete="off"
            />
          )}
          <Month label={say('find.from')} value={from} set={setFrom} />
          <Month label={say('find.to')} value={to} set={setTo} />
          <Button type="submit" size="sm" loading={isPending}>
            {say('find.go')}
          </Button>
        </Group>
      </form>
      <div aria-live="polite">
        {isPending && <Waiting />}
        {!isPending && error && <Failed problem={error} {...(variables && { retry: () => mutate(variables) })} />}
        {!isPending && !error && data && (
          <Answer data={data} asked={variables} ask={mutate} key={`${variables?.text} ${variables?.after ?? ''}`} />
        )}
        {!isPending && !error && !data && <Text className="muted">{say('find.before')}</Text>}
      </div>
    </Stack>
  )
}

function Month({
  label,
  value,
  set,
}: {
  readonly label: string
  readonly value: string
  readonly set: (value: string) => void
}) {
  return (
    <TextInput
      size="sm"
      type="month"
      label={label}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

function Answer({
  data,
  asked,
  ask,
}: {
  readonly data: FoundTravellers
  readonly asked: Question | undefined
  readonly ask: (question: Question) => void
}) {
  const { say } = useWords()
  const navigate = useNavigate()
  const [at, setAt] = useState(0)
  const rows = data.rows
  const open = (row: FoundRow | undefined): void => {
    if (row) void navigate({ to: '/flights/$leg/travellers/$id', params: { leg: row.leg, id: row.traveller } })
  }
  useKeys({
    j: () => setAt((was) => Math.min(rows.length - 1, was + 1)),
    k: () => setAt((was) => Math.max(0, was - 1)),
    Enter: () => open(rows[at]),
  })
  const wider = asked?.kind === 'name' && !asked.wide && (
    <Button size="compact-sm" variant="light" onClick={() => ask({ ...asked, wide: true })}>
      {say('find.wider')}
    </Button>
  )
  const months = say('find.months', { from: data.months.from.slice(0, 7), to: data.months.to.slice(0, 7) })
  if (rows.length === 0)
    return (
      <Stack gap="sm" align="start">
        <Empty title={say('find.none')} />
        <Text className="muted">{months}</Text>
        {wider}
      </Stack>
    )
  return (
    <Stack gap="sm">
      {data.capped && <Alert color="yellow">{say('find.capped')}</Alert>}
      <Group gap="sm">
        <Text size="sm">
          {say('find.count', { total: data.total })} · <span className="muted">{months}</span>
        </Text>
        {wider}
      </Group>
      <div className="panel scroll">
        <table className="grid-table" aria-label={say('find.title')}>
          <thead>
            <tr>
              <th>{say('manifest.name')}</th>
              <th>{say('find.birth-date')}</th>
              <th>{say('find.kind.document')}</th>
              <th>{say('find.kind.locator')}</th>
              <th>{say('flights.flight')}</th>
              <th>{say('manifest.status')}</th>
              <th>{say('manifest.sources')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, number) => (
              <tr key={row.traveller} className="pick" aria-selected={number === at} onClick={() => open(row)}>
                <td>
                  <Link to="/flights/$leg/travellers/$id" params={{ leg: row.leg, id: row.traveller }} search={{}}>
                    <PersonName surname={row.surname} givenNames={row.givenNames} />
                  </Link>
                  {row.likeness !== 'same' && <small className="muted"> {say(`find.likeness.${row.likeness}`)}</small>}
                </td>
                <td className="nowrap">{row.birthDate ?? '—'}</td>
                <td className="mono">{row.document ?? '—'}</td>
                <td className="mono">{row.locator ?? '—'}</td>
                <td className="nowrap">
                  {row.flight.flight} {row.flight.from.code}–{row.flight.to.code}{' '}
                  <LocalTime
                    local={row.flight.departsLocal}
                    at={row.flight.departsAt}
                    zone={row.flight.from.zone}
                    withDate
                  />
                </td>
                <td className="nowrap">{say(`traveller-status.${row.status}`)}</td>
                <td>
                  <Sources of={row.sources} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {asked && (
        <More
          next={data.next}
          after={asked.after}
          go={(after) => {
            const { after: _, ...first } = asked
            ask(after ? { ...first, after } : first)
          }}
        />
      )}
    </Stack>
  )
}
