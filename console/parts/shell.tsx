import { AppShell, Box, Burger, NavLink, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Permission } from '../../src/http/contract.ts'
import type { Key } from '../i18n/en.ts'
import { useWords } from '../i18n/words.tsx'
import { useKeys } from '../lib/keys.ts'
import { useConnection } from '../lib/live.ts'
import { useSession } from '../lib/session.ts'
import { KeysHelp } from './keys-help.tsx'
import { Mark, type MarkName } from './marks.tsx'
import { TopBar } from './top-bar.tsx'

const PAGES = [
  { name: 'queue', to: '/queue', words: 'nav.queue', permission: 'queue.work', key: 'g q' },
  { name: 'flights', to: '/flights', words: 'nav.flights', permission: 'flights.read', key: 'g f' },
  { name: 'find', to: '/find', words: 'nav.find', permission: 'traveller.find', key: 'g s' },
  { name: 'referrals', to: '/referrals', words: 'nav.referrals', permission: 'referral.receive', key: 'g r' },
  { name: 'messages', to: '/messages', words: 'nav.messages', permission: 'messages.read', key: 'g m' },
  { name: 'watchlists', to: '/watchlists', words: 'nav.watchlists', permission: 'watchlist.read', key: 'g w' },
  { name: 'rules', to: '/rules', words: 'nav.rules', permission: 'rule.read', key: 'g u' },
  { name: 'log', to: '/log', words: 'nav.log', permission: 'log.read', key: 'g l' },
] as const satisfies readonly { name: MarkName; to: string; words: Key; permission: Permission; key: string }[]

export function Shell() {
  const { say, pick } = useWords()
  const session = useSession()
  const [open, { toggle, close }] = useDisclosure()
  const [help, setHelp] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const navigate = useNavigate()
  const pages = PAGES.filter(({ permission }) => session.permissions.includes(permission))
  const keys = useMemo(
    () => ({
      '?': () => setHelp(true),
      '/': () => document.querySelector<HTMLInputElement>('input[data-search], [data-search] input')?.focus(),
      ...Object.fromEntries(
        PAGES.filter(({ permission }) => session.permissions.includes(permission)).map(({ key, to }) => [
          key,
          () => void navigate({ to }),
        ]),
      ),
    }),
    [navigate, session],
  )
  useKeys(keys)
  const main = useFocusOnArrival(path)
  return (
    <AppShell
      header={{ height: 58 }}
      navbar={{ width: 184, breakpoint: 'md', collapsed: { mobile: !open } }}
      padding="md"
    >
      <a className="skip" href="#main">
        {say('shell.skip')}
      </a>
      <AppShell.Header>
        <TopBar
          session={session}
          help={() => setHelp(true)}
          menu={<Burger opened={open} onClick={toggle} hiddenFrom="md" size="sm" aria-label={say('shell.menu')} />}
        />
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <nav aria-label={say('shell.pages')}>
          {pages.map(({ name, to, words }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={say(words)}
              leftSection={<Mark name={name} />}
              active={path.startsWith(to)}
              aria-current={path.startsWith(to) ? 'page' : undefined}
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
      <AppShell.Main id="main" tabIndex={-1} ref={main}>
        <Stale />
        <Outlet />
      </AppShell.Main>
      {help && <KeysHelp close={() => setHelp(false)} />}
    </AppShell>
  )
}

/** After a step to another page readers and the keyboard begin at its content, not at the old link. */
function useFocusOnArrival(path: string) {
  const main = useRef<HTMLElement>(null)
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    main.current?.focus({ preventScroll: true })
  }, [path])
  return main
}

const QUIET_MS = 2_000

/** What is on screen may be old, and since when. */
function Stale() {
  const { say } = useWords()
  const { connected, since } = useConnection()
  const [shown, setShown] = useState(false)
  useEffect(() => {
    setShown(false)
    if (connected) return
    const timer = setTimeout(() => setShown(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [connected])
  return (
    <div role="status">
      {shown && !connected && (
        <Box className="stale" mb="sm">
          {say('shell.stale', { at: `${new Date(since).toISOString().slice(11, 19)}Z` })}
        </Box>
      )}
    </div>
  )
}
