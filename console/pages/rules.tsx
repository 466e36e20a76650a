import { Badge, Button, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { LiveEvent, RescreenView, RuleRow } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, post, RefusedError } from '../lib/http.ts'
import { useLive } from '../lib/live.ts'
import { useMay } from '../lib/session.ts'
import { utc } from '../lib/time.ts'
import { Severity } from '../parts/facts.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'

export function Rules() {
  const { say } = useWords()
  useDocumentTitle(`${say('rules.title')} · Preclear`)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['rules'],
    queryFn: () => get<readonly RuleRow[]>('/v1/rules'),
  })
  return (
    <Stack gap="sm">
      <Title order={1}>{say('rules.title')}</Title>
      {isPending && <Waiting />}
      {error && <Failed problem={error} retry={refetch} />}
      {data && data.length === 0 && <Empty title={say('rules.none')} />}
      {data?.map((rule) => (
        <Rule key={rule.id} rule={rule} />
      ))}
      <Rescreens />
    </Stack>
  )
}

function Rule({ rule }: { readonly rule: RuleRow }) {
  const { say, sayCode, pick } = useWords()
  const queries = useQueryClient()
  const mayPause = useMay('rule.pause')
  const [wrong, setWrong] = useState<string>()
  const turn = async (): Promise<void> => {
    try {
      await post(`/v1/rules/${rule.id}/${rule.state === 'live' ? 'pause' : 'resume'}`)
      setWrong(undefined)
    } catch (problem) {
      setWrong(problem instanceof RefusedError ? sayCode('refusal', problem.refusal.code) : say('state.unreachable'))
    }
    await queries.invalidateQueries({ queryKey: ['rules'] })
  }
  return (
    <article className="panel" aria-label={pick(rule.title)}>
      <Stack p="md" gap={6}>
        <Group justify="space-between">
          <Group gap="sm">
            <Title order={2}>{pick(rule.title)}</Title>
            <Badge color={rule.state === 'live' ? 'accent' : 'gray'} variant="light" radius="sm" tt="none">
              {say(`rules.${rule.state}`)}
            </Badge>
            <Severity of={rule.severity} />
          </Group>
          {mayPause && (
            <Button size="xs" variant="default" onClick={() => void turn()}>
              {say(rule.state === 'live' ? 'rules.pause' : 'rules.resume')}
            </Button>
          )}
        </Group>
        <Text>{pick(rule.sentence)}</Text>
        <Text size="sm" className="muted">
          {rule.purpose} · {sayCode('action', rule.action)} · {say('lists.version', { version: rule.version })} ·{' '}
          {say('rules.hits', { count: rule.hits })}
          {rule.pausedBy && ` · ${say('rules.paused-by', { name: rule.pausedBy })}`}
        </Text>
        {wrong && (
          <Text size="sm" role="alert" className="severity-high">
            {wrong}
          </Text>
        )}
      </Stack>
    </article>
  )
}

function Rescreens() {
  const { say } = useWords()
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey: ['rescreens'], queryFn: () => get<readonly RescreenView[]>('/v1/rescreens') })
  const hear = useCallback(
    (event: LiveEvent) => {
      if (event.kind === 'rescreen') void queries.invalidateQueries({ queryKey: ['rescreens'] })
    },
    [queries],
  )
  useLive(hear)
  if (!data || data.length === 0) return null
  return (
    <section aria-label={say('rules.rescreens')}>
      <Title order={2} mb="xs">
        {say('rules.rescreens')}
      </Title>
      <Stack gap="xs">
        {data.slice(0, 5).map((one) => (
          <div key={one.id} className="panel">
            <Stack p="sm" gap={4}>
              <Text size="sm">
                {say('rules.rescreen', {
                  at: utc(one.startedAt),
                  done: one.done,
                  total: Math.max(one.done, one.total),
                  hits: one.hitsRaised,
                })}
              </Text>
              <Progress
                value={one.finishedAt ? 100 : Math.min(99, (one.done / Math.max(1, one.total)) * 100)}
                aria-label={say('rules.rescreens')}
              />
            </Stack>
          </div>
        ))}
      </Stack>
    </section>
  )
}
