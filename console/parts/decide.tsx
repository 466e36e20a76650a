import { Alert, Button, Group, Modal, Radio, Select, Stack, Table, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type {
  DISPOSITION_REASONS,
  DispositionOutcome,
  DispositionRequest,
  HitView,
  Recipients,
  ReferralRow,
} from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, post, RefusedError } from '../lib/http.ts'
import { useKeys } from '../lib/keys.ts'

export const OUTCOMES = [
  'confirmed',
  'not-the-person',
  'no-further-action',
  'needs-more-data',
] as const satisfies readonly DispositionOutcome[]

const REASONS: typeof DISPOSITION_REASONS = {
  confirmed: ['document-same', 'identity-same', 'conduct-matches-rule'],
  'not-the-person': ['birth-date-differs', 'document-differs', 'name-only-alike', 'sex-differs', 'known-namesake'],
  'no-further-action': ['explained-by-booking', 'outdated-entry', 'rule-too-wide', 'already-dealt-with'],
  'needs-more-data': ['no-document', 'no-birth-date', 'asked-carrier'],
}

/** A preview is a sight, and logged: not one for each letter. */
const TYPED_MS = 500

interface Common {
  readonly leg: string
  readonly traveller: string
  readonly hits: readonly HitView[]
  readonly close: () => void
  readonly done: () => void
}

const reviewPath = (leg: string, traveller: string): string => `/v1/queue/${leg}/${traveller}`

function useSend(done: () => void, close: () => void) {
  const { say, sayCode } = useWords()
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const send = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setWrong(undefined)
    try {
      await work()
      done()
      close()
    } catch (problem) {
      setWrong(problem instanceof RefusedError ? sayCode('refusal', problem.refusal.code) : say('state.unreachable'))
    } finally {
      setBusy(false)
    }
  }
  return { wrong, busy, send }
}

/** The outcome is chosen; a reason is asked; nothing is final before the second, explicit step. */
export function DisposeDialog({
  leg,
  traveller,
  hits,
  outcome,
  close,
  done,
}: Common & { readonly outcome: DispositionOutcome }) {
  const { say, sayCode, pick } = useWords()
  const open = hits.filter((hit) => !hit.disposition && !hit.nowFalseSince)
  const [reason, setReason] = useState<string>(REASONS[outcome][0])
  const [note, setNote] = useState('')
  const { wrong, busy, send } = useSend(done, close)
  const needsNote = outcome === 'confirmed' && open.some((hit) => hit.severity === 'high')
  const missing = needsNote && note.trim() === ''
  const noteField = useRef<HTMLTextAreaElement>(null)
  const [asked, setAsked] = useState(false)
  const commit = (): void => {
    if (missing) {
      setAsked(true)
      noteField.current?.focus()
      return
    }
    void send(() =>
      post(`${reviewPath(leg, traveller)}/disposition`, {
        hits: open.map((hit) => hit.id),
        outcome,
        reason,
        ...(note && { note }),
      } satisfies DispositionRequest),
    )
  }
  useKeys({ 'Ctrl+Enter': commit })
  return (
    <Modal
      opened
      withCloseButton={false}
      onClose={close}
      title={say('decide.title', { outcome: sayCode('outcome', outcome) })}
      size="lg"
    >
      <Stack>
        <Text size="sm">
          {say('decide.hits', { count: open.length })} {open.map((hit) => pick(hit.titles)).join(' · ')}
        </Text>
        {wrong && (
          <Alert color="red" role="alert">
            {wrong}
          </Alert>
        )}
        <Radio.Group label={say('decide.reason')} value={reason} onChange={setReason} required>
          <Stack gap={6} mt={6}>
            {REASONS[outcome].map((one) => (
              <Radio
                key={one}
                value={one}
                label={sayCode('reason', one)}
                data-autofocus={one === reason || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={say('decide.note')}
          {...(needsNote && { description: say('decide.note.more'), required: true })}
          ref={noteField}
          error={asked && missing && say('refusal.disposition.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={2000}
          autosize
          minRows={2}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say('common.cancel')}
          </Button>
          <Button onClick={commit} loading={busy}>
            {say('decide.commit')}
          </Button>
        </Group>
        <Text size="xs" className="muted">
          {say('decide.keys')}
        </Text>
      </Stack>
    </Modal>
  )
}

/** To whom, to do what, and exactly what they will see. */
export function ReferDialog({ leg, traveller, hits, close, done }: Common) {
  const { say, sayCode, pick } = useWords()
  const confirmed = hits.filter((hit) => hit.disposition?.outcome === 'confirmed')
  const { data: recipients } = useQuery({
    queryKey: ['recipients'],
    queryFn: () => get<Recipients>('/v1/agencies/recipients'),
  })
  const [to, setTo] = useState<string | null>(null)
  const [action, setAction] = useState<string | null>(confirmed[0]?.action ?? null)
  const [reason, setReason] = useState('')
  const { wrong, busy, send } = useSend(done, close)
  const actions = recipients?.agencies.find((agency) => agency.id === to)?.actions ?? []
  const hitIds = confirmed.map((hit) => hit.id).join(' ')
  const request = useMemo(() => ({ to, action, reason, hits: hitIds.split(' ') }), [to, action, reason, hitIds])
  const ready: boolean = to !== null && action !== null && reason.trim().length >= 3 && confirmed.length > 0
  const [settled] = useDebouncedValue(request, TYPED_MS)
  const preview = useQuery({
    queryKey: ['referral-preview', leg, traveller, settled],
    queryFn: () => post<ReferralRow>(`${reviewPath(leg, traveller)}/referral?preview=true`, settled),
    enabled: ready && settled.to === to && settled.action === action && settled.reason.trim().length >= 3,
    retry: false,
    placeholderData: (before) => before,
  })
  const barred = preview.error instanceof RefusedError ? preview.error.refusal.code : undefined
  const seen = ready && settled === request && preview.isSuccess && !preview.isPlaceholderData
  const choose = (agency: string | null): void => {
    setTo(agency)
    const allowed = recipients?.agencies.find((one) => one.id === agency)?.actions ?? []
    if (!allowed.some((one) => one === action)) setAction(allowed[0] ?? null)
  }
  const commit = (): void => {
    if (seen) void send(() => post(`${reviewPath(leg, traveller)}/referral`, request))
  }
  useKeys({ 'Ctrl+Enter': commit })
  return (
    <Modal opened withCloseButton={false} onClose={close} title={say('refer.title')} size="lg">
      <Stack>
        {confirmed.length === 0 && <Alert color="orange">{say('refer.needs-confirmed')}</Alert>}
        {wrong && (
          <Alert color="red" role="alert">
            {wrong}
          </Alert>
        )}
        <Select
          label={say('refer.to')}
          value={to}
          onChange={choose}
          data-autofocus
          data={recipients?.agencies.map((agency) => ({ value: agency.id, label: pick(agency.name) })) ?? []}
          required
        />
        <Select
          label={say('refer.action')}
          value={action}
          onChange={setAction}
          data={actions.map((one) => ({ value: one, label: sayCode('action', one) }))}
          disabled={!to}
          required
        />
        <Textarea
          label={say('refer.reason')}
          description={say('refer.reason.more')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          autosize
          minRows={2}
          required
        />
        <div aria-live="polite">
          {barred && !wrong && <Alert color="orange">{sayCode('refusal', barred)}</Alert>}
          {ready && !seen && !barred && (
            <Text size="sm" className="muted">
              {say('refer.preparing')}
            </Text>
          )}
          {preview.data && !barred && <Preview row={preview.data} />}
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say('common.cancel')}
          </Button>
          <Button onClick={commit} loading={busy} disabled={!seen}>
            {say('refer.commit')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Preview({ row }: { readonly row: ReferralRow }) {
  const { say, sayCode, pick } = useWords()
  return (
    <section aria-label={say('refer.preview', { agency: pick(row.to.name) })}>
      <Text size="sm" fw={600}>
        {say('refer.preview', { agency: pick(row.to.name) })}
      </Text>
      <Table fz="sm" verticalSpacing={3}>
        <Table.Tbody>
          {Object.entries(row.person).map(([field, value]) => (
            <Table.Tr key={field}>
              <Table.Td className="muted">{sayCode('field', field)}</Table.Td>
              <Table.Td>
                <bdi>{String(value)}</bdi>
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td className="muted">{say('refer.action')}</Table.Td>
            <Table.Td>{sayCode('action', row.action)}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Td className="muted">{say('refer.reason')}</Table.Td>
            <Table.Td>
              {row.reasons.map((one) => (
                <div key={one}>{one}</div>
              ))}
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </section>
  )
}
