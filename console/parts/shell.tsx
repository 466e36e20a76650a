import {
  ActionIcon,
  AppShell,
  Badge,
  Box,
  Burger,
  Button,
  Group,
  Menu,
  NavLink,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import type { Permission, SessionView } from '../../src/http/contract.ts'
import type { Key } from '../i18n/en.ts'
import { useWords } from '../i18n/words.tsx'
import { put, remove } from '../lib/http.ts'
import { useConnected } from '../lib/live.ts'
import { SESSION, useSession } from '../lib/session.ts'
import { clockAt } from '../lib/time.ts'
import { useNow } from './now.tsx'

const PAGES = [
  { to: '/queue', words: 'nav.queue', permission: 'queue.work' },
  { to: '/flights', words: 'nav.flights', permission: 'flights.read' },
  { to: '/referrals', words: 'nav.referrals', permission: 'referral.receive' },
  { to: '/messages', words: 'nav.messages', permission: 'messages.read' },
  { to: '/watchlists', words: 'nav.watchlists', permission: 'watchlist.read' },
  { to: '/rules', words: 'nav.rules', permission: 'rule.read' },
  { to: '/log', words: 'nav.log', permission: 'log.read' },
] as const satisfies readonly { to: string; words: Key; permission: Permission }[]

export function Shell() {
  const { say, pick } = useWords()
  const session = useSession()
  const [open, { toggle, close }] = useDisclosure()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return (
    <AppShell
      header={{ height: 58 }}
      navbar={{ width: 188, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding="md"
    >
      <a className="skip" href="#main">
        {say('shell.skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={say('shell.menu')} />
            <Text fw={700} size="lg">
              Preclear
            </Text>
            <Badge className={`banner-${session.environment}`} radius="sm" tt="none" miw="max-content">
              {say(`environment.${session.environment}`)}
            </Badge>
          </Group>
          <Clocks />
          <Group gap="xs" wrap="nowrap">
            <Connection />
            <Person session={session} />
            <Preferences />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <nav aria-label={say('shell.pages')}>
          {PAGES.filter(({ permission }) => session.permissions.includes(permission)).map(({ to, words }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={say(words)}
              active={path.startsWith(to)}
              onClick={close}
            />
          ))}
        </nav>
        <Box mt="auto" p="xs">
          <Text size="xs" className="muted">
            {pick(session.agency.name)}
          </Text>
          <Text size="xs" className="muted">
            {session.legalBasis}
          </Text>
        </Box>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Stale />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  )
}

function Clocks() {
  const { say } = useWords()
  const now = useNow()
  return (
    <Group gap="md" wrap="nowrap" visibleFrom="md" aria-label={say('shell.clocks')}>
      <Text size="sm">
        <b>{clockAt(now, 'Asia/Baku', true)}</b> <span className="muted">{say('shell.baku')}</span>
      </Text>
      <Text size="sm">
        {clockAt(now, 'UTC')} <span className="muted">UTC</span>
      </Text>
    </Group>
  )
}

function Connection() {
  const { say } = useWords()
  const connected = useConnected()
  return (
    <Tooltip label={say(connected ? 'shell.live' : 'shell.stale')}>
      <Badge variant="dot" color={connected ? 'accent' : 'orange'} tt="none" visibleFrom="sm">
        {say(connected ? 'shell.live.short' : 'shell.stale.short')}
      </Badge>
    </Tooltip>
  )
}

function Stale() {
  const { say } = useWords()
  const connected = useConnected()
  if (connected) return null
  return (
    <Box className="panel" p="xs" mb="sm" role="status">
      <Text size="sm">{say('shell.stale')}</Text>
    </Box>
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
    queries.clear()
    queries.setQueryData(SESSION, null)
  }
  return (
    <Menu width={340} position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="compact-md" aria-label={say('shell.account')}>
          <Text size="sm" truncate maw={300}>
            {session.user.name}
            {session.purpose && <span className="muted"> · {pick(session.purpose.label)}</span>}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{pick(session.agency.name)}</Menu.Label>
        {session.purposes.length > 0 && <Menu.Label>{say('shell.purpose')}</Menu.Label>}
        {session.purposes.map((purpose) => (
          <Menu.Item
            key={purpose.id}
            onClick={() => void change(purpose.id)}
            disabled={purpose.id === session.purpose?.id}
          >
            {pick(purpose.label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>{say('shell.sign-out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

export function Preferences() {
  const { say, language, choose } = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => choose(language === 'en' ? 'az' : 'en')}
        lang={language === 'en' ? 'az' : 'en'}
      >
        {language === 'en' ? 'Azərbaycanca' : 'English'}
      </Button>
      <ActionIcon
        variant="subtle"
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        aria-label={say(dark ? 'shell.light' : 'shell.dark')}
      >
        {dark ? '☀' : '☾'}
      </ActionIcon>
    </Group>
  )
}
