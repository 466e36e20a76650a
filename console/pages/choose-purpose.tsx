import { Alert, Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { SessionView } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { put, RefusedError, remove } from '../lib/http.ts'
import { SESSION } from '../lib/session.ts'
import { Preferences } from '../parts/preferences.tsx'

/** Before anything personal is shown: why. The purpose stands on every page and in the log beside every sight of a person. */
export function ChoosePurpose({ session }: { readonly session: SessionView }) {
  const { say, sayCode, pick } = useWords()
  const queries = useQueryClient()
  const [wrong, setWrong] = useState<string>()
  const choose = async (purpose: string): Promise<void> => {
    try {
      queries.setQueryData(SESSION, await put<SessionView>('/v1/session/purpose', { purpose }))
    } catch (problem) {
      setWrong(problem instanceof RefusedError ? sayCode('refusal', problem.refusal.code) : say('state.unreachable'))
    }
  }
  const leave = async (): Promise<void> => {
    await remove('/v1/session').catch(() => undefined)
    queries.setQueryData(SESSION, null)
  }
  return (
    <Center mih="100dvh" p="md">
      <Stack w="100%" maw={640} component="main">
        <Group justify="space-between">
          <Title order={1}>{say('purpose.title')}</Title>
          <Preferences />
        </Group>
        <Text className="muted">
          {say('purpose.more', { name: session.user.name, agency: pick(session.agency.name) })}
        </Text>
        {wrong && (
          <Alert color="red" role="alert">
            {wrong}
          </Alert>
        )}
        {session.purposes.map((purpose) => (
          <Paper key={purpose.id} withBorder p="md">
            <Group justify="space-between" wrap="nowrap">
              <div>
                <Text fw={600}>{pick(purpose.label)}</Text>
                <Text size="sm" className="muted">
                  {purpose.legalBasis}
                </Text>
              </div>
              <Button
                onClick={() => void choose(purpose.id)}
                aria-label={say('purpose.choose.named', { purpose: pick(purpose.label) })}
              >
                {say('purpose.choose')}
              </Button>
            </Group>
          </Paper>
        ))}
        <Group>
          <Button variant="subtle" onClick={() => void leave()}>
            {say('shell.sign-out')}
          </Button>
        </Group>
      </Stack>
    </Center>
  )
}
