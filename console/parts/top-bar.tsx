import { ActionIcon, Badge, Box, Button, Group, Menu, Text, Tooltip, VisuallyHidden } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { SessionView } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { put, remove } from '../lib/http.ts'
import { useConnection } from '../lib/live.ts'
import { SESSION } from '../lib/session.ts'
import { clockAt, dayOf, localAt } from '../lib/time.ts'
import { Brand } from './marks.tsx'
import { useNow } from './now.tsx'
import { Preferences } from './preferences.tsx'

const HOME_ZONE = 'Asia/Baku'

/** Where one is, what time it is there, whether changes arrive, who one is and why one is looking. */
export function TopBar({
  session,
  menu,
  help,
}: {
  readonly session: SessionView
  readonly menu: ReactNode
  readonly help: () => void
}) {
  const { say } = useWords()
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
      <Group gap="xs" wrap="nowrap">
        {menu}
        <Group gap={6} wrap="nowrap" c="var(--mantine-primary-color-light-color)" visibleFrom="xs">
          <Brand />
          <Text fw={650} c="var(--mantine-color-text)">
            Preclear
          </Text>
        </Group>
        <Badge className={`banner-${session.environment}`} radius="sm" tt="none" miw="max-content">
          {say(`environment.${session.environment}`)}
        </Badge>
      </Group>
      <Clocks speed={session.simulatedSpeed} />
      <Group gap="xs" wrap="nowrap">
        <Live />
        <Person session={session} />
        <Preferences />
        <ActionIcon variant="subtle" onClick={help} aria-label={`? ${say('queue.keys')}`} visibleFrom="sm">
          ?
        </ActionIcon>
      </Group>
    </Group>
  )
}

function Clocks({ speed }: { readonly speed: number | undefined }) {
  const { say, language } = useWords()
  const now = useNow()
  const local = localAt(now, HOME_ZONE)
  return (
    <Box className="clocks" role="group" aria-label={say('shell.clocks')} visibleFrom="xs">
      <span className="nowrap">
        <b>{clockAt(now, HOME_ZONE)}</b> {say('shell.baku')}
        <span className="muted"> · {dayOf(local, language)}</span>
      </span>
      <span className="nowrap muted">
        {clockAt(now, 'UTC')} UTC
        {speed !== undefined && speed !== 1 && ` · ${say('shell.simulated', { speed })}`}
      </span>
    </Box>
  )
}

function Live() {
  const { say } = useWords()
  const { connected } = useConnection()
  return (
    <Tooltip label={say(connected ? 'shell.live' : 'shell.stale.short')}>
      <Badge
        variant="dot"
        color={connected ? 'accent' : 'orange'}
        radius="sm"
        tt="none"
        fw={500}
        visibleFrom="md"
        miw="max-content"
      >
        {say(connected ? 'shell.live.short' : 'shell.stale.short')}
      </Badge>
    </Tooltip>
  )
}

function Person({ session }: { readonly session: SessionView }) {
  const { say, pick } = useWords()
  const queries = useQueryClient()
  const change = async (purpose: string): Promise<void> => {
    queries.setQueryData(SESSION, await put<SessionView>('/v1/session/purpose', { purpose }))
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] })
  }
  const leave = async (): Promise<void> => {
    await remove('/v1/session').catch(() => undefined)
    queries.setQueryData(SESSION, null)
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] })
  }
  return (
    <Menu width={360} position="bottom-end">
      <Menu.Target>
        <Button variant="default" h={42} px="sm" fw={400} classNames={{ label: 'person' }}>
          <VisuallyHidden>{say('shell.account')}: </VisuallyHidden>
          <VisuallyHidden>{say('shell.account')}: </VisuallyHidden>
          <span className="person-name">{session.user.name}</span>
          {session.purpose && <span className="person-purpose muted">{pick(session.purpose.label)}</span>}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.user.name} · {pick(session.agency.name)}
        </Menu.Label>
        {session.purposes.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>{say('shell.purpose')}</Menu.Label>
          </>
        )}
        {session.purposes.map((purpose) => {
          const chosen = purpose.id === session.purpose?.id
          return (
            <Menu.Item
              key={purpose.id}
              onClick={() => void change(purpose.id)}
              aria-current={chosen}
              leftSection={<span aria-hidden="true">{chosen ? '●' : '○'}</span>}
            >
              <Text size="sm">{pick(purpose.label)}</Text>
              <Text size="xs" className="muted">
                {purpose.legalBasis}
              </Text>
            </Menu.Item>
          )
        })}
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>{say('shell.sign-out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
