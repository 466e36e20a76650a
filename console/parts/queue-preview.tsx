import { Button, Group, Kbd, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Dossier, QueueRow } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get } from '../lib/http.ts'
import { DecisionBar } from './decision-bar.tsx'
import { Countdown, LocalTime, PersonName, Route } from './facts.tsx'
import { Failed, Waiting } from './states.tsx'
import { Why } from './why.tsx'

/** Why first, then who, then the journey: enough to decide on the plain cases without leaving the queue. */
export function QueuePreview({
  row,
  now,
  open,
}: {
  readonly row: QueueRow
  readonly now: number
  readonly open: () => void
}) {
  const { say } = useWords()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['dossier', row.leg, row.traveller],
    queryFn: () => get<Dossier>(`/v1/flights/${row.leg}/travellers/${row.traveller}`),
  })
  if (isPending) return <Waiting rows={5} />
  if (error) return <Failed problem={error} retry={refetch} />
  return (
    <>
      <div className="preview-head">
        <Group justify="space-between" wrap="nowrap">
          <Title order={2}>
            <PersonName surname={data.surname} givenNames={data.givenNames} />
          </Title>
          <Button size="compact-sm" variant="subtle" onClick={open} rightSection={<Kbd size="xs">Enter</Kbd>}>
            {say('queue.open')}
          </Button>
        </Group>
        <DecisionBar leg={row.leg} traveller={row.traveller} hits={data.hits} review={data.review} />
      </div>
      <Stack p="md" gap="md">
        {data.hits.map((hit) => (
          <Why key={hit.id} hit={hit} />
        ))}
        <Person data={data} />
        <Text size="sm">
          <b>{row.flight.flight}</b> <Route flight={row.flight} /> ·{' '}
          <LocalTime local={row.flight.departsLocal} at={row.flight.departsAt} zone={row.flight.from.zone} withDate /> →{' '}
          <LocalTime local={row.flight.arrivesLocal} at={row.flight.arrivesAt} zone={row.flight.to.zone} withDate /> ·{' '}
          <Countdown flight={row.flight} now={now} />
        </Text>
      </Stack>
    </>
  )
}

function Person({ data }: { readonly data: Dossier }) {
  const { say } = useWords()
  const [document] = data.documents
  const facts: readonly (readonly [label: string, value: string | undefined, look?: string])[] = [
    [
      say('field.birthDate'),
      data.birthDate &&
        `${data.birthDate}${data.age === undefined ? '' : ` · ${say('dossier.age', { age: data.age })}`}`,
    ],
    [say('field.nationality'), data.nationality],
    [say('field.sex'), data.sex],
    [say('field.document'), document && [document.number, document.issuer].filter(Boolean).join(' '), 'mono'],
    [say('field.locator'), data.booking?.locator, 'mono'],
    [say('field.seat'), data.seat],
    [say('field.bags'), data.baggage.count?.toString()],
  ]
  return (
    <dl className="facts" aria-label={say('dossier.identity')}>
      {facts.map(([label, value, look]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={look}>{value ?? <span className="muted">—</span>}</dd>
        </div>
      ))}
    </dl>
  )
}
