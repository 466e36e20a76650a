import { Alert, Button, Center, Group, Paper, PasswordInput, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { SessionView, SiteView } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, post, RefusedError } from '../lib/http.ts'
import { SESSION } from '../lib/session.ts'
import { Preferences } from '../parts/preferences.tsx'

export function SignIn() {
  const { say, sayCode, pick } = useWords()
  const queries = useQueryClient()
  const { data: site } = useQuery({ queryKey: ['site'], queryFn: () => get<SiteView>('/v1/site') })
  useDocumentTitle(`${say('sign-in.title')} · Preclear`)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setWrong(undefined)
    try {
      const session = await post<SessionView>('/v1/session', { login, password })
      queries.setQueryData(SESSION, session)
    } catch (problem) {
      setWrong(problem instanceof RefusedError ? sayCode('refusal', problem.refusal.code) : say('state.unreachable'))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Center mih="100dvh" p="md">
      <Stack w="100%" maw={720} gap="lg" component="main">
        <Group justify="space-between">
          <Title order={1}>Preclear</Title>
          <Preferences />
        </Group>
        <Paper withBorder p="lg">
          <form onSubmit={(event) => void submit(event)}>
            <Stack gap="sm">
              <Title order={2}>{say('sign-in.title')}</Title>
              {wrong && (
                <Alert color="red" role="alert">
                  {wrong}
                </Alert>
              )}
              <TextInput
                label={say('sign-in.login')}
                value={login}
                onChange={(event) => setLogin(event.currentTarget.value)}
                autoComplete="username"
                required
                data-autofocus
              />
              <PasswordInput
                label={say('sign-in.password')}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete="current-password"
                required
              />
              <Button type="submit" loading={busy}>
                {say('sign-in.go')}
              </Button>
            </Stack>
          </form>
        </Paper>
        {site?.demoAccounts && (
          <Paper withBorder p="lg">
            <Text fw={600}>{say('sign-in.demo')}</Text>
            <Text size="sm" className="muted" mb="xs">
              {say('sign-in.demo.more')}
            </Text>
            <Table fz="sm" verticalSpacing={2} aria-label={say('sign-in.demo')}>
              <Table.Tbody>
                {site.demoAccounts.map((account) => (
                  <Table.Tr key={account.login}>
                    <Table.Td>
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        fw={500}
                        onClick={() => {
                          setLogin(account.login)
                          setPassword(account.password)
                        }}
                      >
                        {account.login}
                      </Button>
                    </Table.Td>
                    <Table.Td>{sayCode('role', account.role)}</Table.Td>
                    <Table.Td className="muted">{pick(account.agency.name)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Paper>
        )}
      </Stack>
    </Center>
  )
}
