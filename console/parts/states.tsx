import { Alert, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../i18n/words.tsx'
import { RefusedError } from '../lib/http.ts'

/** The outline of what comes, after a moment; a word when it takes long. */
export function Waiting({ rows = 8 }: { readonly rows?: number }) {
  const { say } = useWords()
  const [since, setSince] = useState(0)
  useEffect(() => {
    const timers = [setTimeout(() => setSince(1), 200), setTimeout(() => setSince(2), 3_000)]
    return () => timers.forEach(clearTimeout)
  }, [])
  if (since === 0) return null
  return (
    <Stack gap="xs" p="md" aria-busy="true">
      {since === 2 && <Text size="sm">{say('state.slow')}</Text>}
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: outlines have no identity
        <Skeleton key={at} height={26} />
      ))}
    </Stack>
  )
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Stack align="center" gap="xs" p="xl">
      <Text fw={600}>{title}</Text>
      {children}
    </Stack>
  )
}

/** What failed, the number to quote, and another try. What does not exist and what is not for one look the same. */
export function Failed({ problem, retry }: { readonly problem: Error; readonly retry?: () => unknown }) {
  const { say, sayCode } = useWords()
  if (problem instanceof RefusedError && problem.status === 404) return <NotFound />
  const refusal = problem instanceof RefusedError ? problem.refusal : undefined
  return (
    <Alert color="red" title={say('state.failed')} m="md" role="alert">
      <Stack gap="xs">
        <Text size="sm">{refusal ? sayCode('refusal', refusal.code) : say('state.unreachable')}</Text>
        {refusal?.correlation && (
          <Text size="xs" className="mono">
            {say('state.correlation')} {refusal.correlation}
          </Text>
        )}
        {retry && (
          <Group>
            <Button size="xs" variant="default" onClick={() => void retry()}>
              {say('state.retry')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  )
}

export function NotFound() {
  const { say } = useWords()
  return (
    <Stack align="center" p="xl" gap="xs">
      <Title order={1}>{say('state.not-found')}</Title>
      <Text className="muted">{say('state.not-found.more')}</Text>
    </Stack>
  )
}

/** A page that cannot be shown: the rest of the console stays. */
export function Broken({ problem, retry }: { readonly problem: unknown; readonly retry: () => void }) {
  const { say } = useWords()
  return (
    <Alert color="red" title={say('state.broken')} m="md" role="alert">
      <Stack gap="xs" align="start">
        <Text size="xs" className="mono">
          {problem instanceof Error ? problem.name : ''}
        </Text>
        <Button size="xs" variant="default" onClick={retry}>
          {say('state.retry')}
        </Button>
      </Stack>
    </Alert>
  )
}
