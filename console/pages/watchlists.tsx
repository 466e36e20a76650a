import { Alert, Button, Group, Modal, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { EntryProposal, EntryView, ProposalView, WatchlistDetail, WatchlistView } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, post, query, RefusedError } from '../lib/http.ts'
import { useMay } from '../lib/session.ts'
import { utc } from '../lib/time.ts'
import { Severity } from '../parts/facts.tsx'
import { More } from '../parts/more.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'

export function Watchlists() {
  const { say, sayCode, pick } = useWords()
  useDocumentTitle(`${say('lists.title')} · Preclear`)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['watchlists'],
    queryFn: () => get<readonly WatchlistView[]>('/v1/watchlists'),
  })
  return (
    <Stack gap="sm">
      <Title order={1}>{say('lists.title')}</Title>
      {isPending && <Waiting />}
      {error && <Failed problem={error} retry={refetch} />}
      {data && data.length === 0 && <Empty title={say('lists.none')} />}
      {data && data.length > 0 && (
        <div className="panel scroll">
          <table className="grid-table" aria-label={say('lists.title')}>
            <thead>
              <tr>
                <th>{say('lists.name')}</th>
                <th>{say('lists.owner')}</th>
                <th>{say('lists.basis')}</th>
                <th>{say('lists.severity')}</th>
                <th>{say('refer.action')}</th>
                <th>{say('lists.entries')}</th>
                <th>{say('lists.pending')}</th>
                <th>{say('lists.changed')}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((list) => (
                <tr key={list.id}>
                  <td>
                    <Link to="/watchlists/$id" params={{ id: list.id }}>
                      <b>{list.name}</b>
                    </Link>
                    <br />
                    <small className="muted">{list.purpose}</small>
                  </td>
                  <td>{pick(list.owner.name)}</td>
                  <td>{list.legalBasis}</td>
                  <td>
                    <Severity of={list.severity} />
                  </td>
                  <td>{sayCode('action', list.action)}</td>
                  <td>{list.entries}</td>
                  <td>{list.pending > 0 ? <b>{list.pending}</b> : '—'}</td>
                  <td className="nowrap">{utc(list.changedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Stack>
  )
}

export function WatchlistPage() {
  const { id } = useParams({ from: '/watchlists/$id' })
  const { say } = useWords()
  useDocumentTitle(`${say('lists.title')} · Preclear`)
  const mayPropose = useMay('watchlist.propose')
  const [words, setWords] = useState('')
  const [after, setAfter] = useState<string>()
  const [proposing, setProposing] = useState<EntryProposal>()
  const path = `/v1/watchlists/${id}${query({ text: words || undefined, after })}`
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['watchlist', id, path],
    queryFn: () => get<WatchlistDetail>(path),
    placeholderData: (before) => before,
  })
  if (isPending) return <Waiting />
  if (error) return <Failed problem={error} retry={refetch} />
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <div>
          <Title order={1}>{data.name}</Title>
          <Text size="sm" className="muted">
            {data.legalBasis} · {say('lists.version', { version: data.version })} ·{' '}
            {say('lists.count', { count: data.entries })}
          </Text>
        </div>
        {mayPropose && (
          <Button size="xs" onClick={() => setProposing({ reason: '' })}>
            {say('lists.add')}
          </Button>
        )}
      </Group>
      {data.proposals.map((proposal) => (
        <Proposal key={proposal.id} proposal={proposal} />
      ))}
      <TextInput
        size="xs"
        placeholder={say('lists.search')}
        aria-label={say('lists.search')}
        data-search
        maw={360}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {data.items.length === 0 ? (
        <Empty title={say('lists.no-entries')} />
      ) : (
        <div className="panel scroll">
          <table className="grid-table" aria-label={say('lists.entries')}>
            <thead>
              <tr>
                <th>{say('manifest.name')}</th>
                <th>{say('field.birthDate')}</th>
                <th>{say('field.sex')}</th>
                <th>{say('field.nationality')}</th>
                <th>{say('tab.documents')}</th>
                <th>{say('refer.reason')}</th>
                <th>
                  <span className="muted">ID</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((entry) => (
                <Entry
                  key={entry.id}
                  entry={entry}
                  remove={mayPropose ? () => setProposing({ entry: entry.id, remove: true, reason: '' }) : undefined}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More next={data.next} after={after} go={setAfter} />
      {proposing && <Propose list={id} start={proposing} close={() => setProposing(undefined)} />}
    </Stack>
  )
}

function Entry({ entry, remove }: { readonly entry: EntryView; readonly remove: (() => void) | undefined }) {
  const { say } = useWords()
  return (
    <tr>
      <td>
        <bdi>{entry.names.join(' / ') || '—'}</bdi>
      </td>
      <td className="nowrap">{entry.birthDates.join(', ') || '—'}</td>
      <td>{entry.sex ?? '—'}</td>
      <td>{entry.nationalities.join(', ') || '—'}</td>
      <td className="mono">{entry.documents.join(', ') || '—'}</td>
      <td>{entry.reason ?? '—'}</td>
      <td className="nowrap mono">
        {entry.id}{' '}
        {remove && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            onClick={remove}
            aria-label={say('lists.remove.named', { id: entry.id })}
          >
            {say('lists.remove')}
          </Button>
        )}
      </td>
    </tr>
  )
}

/** Waits for a second person; whoever proposed cannot approve. */
function Proposal({ proposal }: { readonly proposal: ProposalView }) {
  const { say, sayCode } = useWords()
  const queries = useQueryClient()
  const mayApprove = useMay('watchlist.approve')
  const [wrong, setWrong] = useState<string>()
  const decide = async (verb: 'approve' | 'reject'): Promise<void> => {
    try {
      await post(`/v1/proposals/${proposal.id}/${verb}`)
      await queries.invalidateQueries({ queryKey: ['watchlist'] })
      await queries.invalidateQueries({ queryKey: ['watchlists'] })
    } catch (problem) {
      setWrong(problem instanceof RefusedError ? sayCode('refusal', problem.refusal.code) : say('state.unreachable'))
    }
  }
  const { content } = proposal
  const what = content.remove
    ? say('lists.proposal.remove', { id: content.entry ?? '' })
    : [content.surname, content.givenNames, content.birthDate, content.nationality, content.document?.number]
        .filter(Boolean)
        .join(' · ')
  return (
    <Alert color="orange" title={say('lists.proposal', { by: proposal.by, at: utc(proposal.at) })}>
      <Group justify="space-between">
        <div>
          <Text size="sm">
            <bdi>{what}</bdi>
          </Text>
          <Text size="sm" className="muted">
            {content.reason}
          </Text>
          {wrong && (
            <Text size="sm" role="alert">
              {wrong}
            </Text>
          )}
        </div>
        {mayApprove && (
          <Group gap="xs">
            <Button
              size="xs"
              onClick={() => void decide('approve')}
              disabled={proposal.mine}
              title={proposal.mine ? say('lists.proposal.own') : undefined}
            >
              {say('lists.approve')}
            </Button>
            <Button size="xs" variant="default" onClick={() => void decide('reject')}>
              {say('lists.reject')}
            </Button>
          </Group>
        )}
      </Group>
    </Alert>
  )
}

function Propose({
  list,
  start,
  close,
}: {
  readonly list: string
  readonly start: EntryProposal
  readonly close: () => void
}) {
  const { say, sayCode } = useWords()
  const queries = useQueryClient()
  const [values, setValues] = useState({
    surname: '',
    givenNames: '',
    birthDate: '',
    sex: '',
    nationality: '',
    document: '',
    issuer: '',
    reason: '',
  })
  const [wrong, setWrong] = useState<string>()
  const set = (field: keyof typeof values, value: string): void => setValues((was) => ({ ...was, [field]: value }))
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const { surname, givenNames, birthDate, sex, nationality, document, issuer, reason } = values
    const proposal = start.remove
      ? { ...start, reason }
      : {
          reason,
          ...(surname && { surname }),
          ...(givenNames && { givenNames }),
          ...(birthDate && { birthDate }),
          ...(sex && { sex }),
          ...(nationality && { nationality: nationality.toUpperCase() }),
          ...(document && { document: { number: document, ...(issuer && { issuer: issuer.toUpperCase() }) } }),
        }
    try {
      await post(`/v1/watchlists/${list}/entries`, proposal)
      await queries.invalidateQueries({ queryKey: ['watchlist'] })
      close()
    } catch (problem) {
      setWrong(problem instanceof RefusedError ? sayCode('refusal', problem.refusal.code) : say('state.unreachable'))
    }
  }
  return (
    <Modal
      opened
      withCloseButton={false}
      onClose={close}
      title={start.remove ? say('lists.proposal.remove', { id: start.entry ?? '' }) : say('lists.add')}
      size="lg"
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <Text size="sm" className="muted">
            {say('lists.add.more')}
          </Text>
          {wrong && (
            <Alert color="red" role="alert">
              {wrong}
            </Alert>
          )}
          {!start.remove && (
            <>
              <Group grow>
                <TextInput
                  label={say('field.surname')}
                  value={values.surname}
                  onChange={(event) => set('surname', event.currentTarget.value)}
                />
                <TextInput
                  label={say('field.givenNames')}
                  value={values.givenNames}
                  onChange={(event) => set('givenNames', event.currentTarget.value)}
                />
              </Group>
              <Group grow>
                <TextInput
                  label={say('field.birthDate')}
                  placeholder="1990-02-28"
                  value={values.birthDate}
                  onChange={(event) => set('birthDate', event.currentTarget.value)}
                  pattern="\d{4}(-\d{2}(-\d{2})?)?"
                />
                <Select
                  label={say('field.sex')}
                  value={values.sex || null}
                  onChange={(value) => set('sex', value ?? '')}
                  data={['M', 'F', 'X']}
                  clearable
                />
                <TextInput
                  label={say('field.nationality')}
                  placeholder="AZE"
                  value={values.nationality}
                  onChange={(event) => set('nationality', event.currentTarget.value)}
                  maxLength={3}
                />
              </Group>
              <Group grow>
                <TextInput
                  label={say('field.document.number')}
                  value={values.document}
                  onChange={(event) => set('document', event.currentTarget.value)}
                />
                <TextInput
                  label={say('field.document.issuer')}
                  placeholder="AZE"
                  value={values.issuer}
                  onChange={(event) => set('issuer', event.currentTarget.value)}
                  maxLength={3}
                />
              </Group>
            </>
          )}
          <Textarea
            label={say('refer.reason')}
            value={values.reason}
            onChange={(event) => set('reason', event.currentTarget.value)}
            required
            minLength={3}
            maxLength={500}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say('common.cancel')}
            </Button>
            <Button type="submit">{say('lists.propose')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
