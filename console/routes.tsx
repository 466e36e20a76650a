import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router'
import type { RoleName } from '../src/http/contract.ts'
import { useSession } from './lib/session.ts'
import { AccessLog } from './pages/access-log.tsx'
import { Dossier } from './pages/dossier.tsx'
import { FlightBoard } from './pages/flight-board.tsx'
import { Manifest } from './pages/manifest.tsx'
import { Messages } from './pages/messages.tsx'
import { Queue } from './pages/queue.tsx'
import { Referrals } from './pages/referrals.tsx'
import { Rules } from './pages/rules.tsx'
import { WatchlistPage, Watchlists } from './pages/watchlists.tsx'
import { Shell } from './parts/shell.tsx'
import { NotFound } from './parts/states.tsx'

const HOMES = {
  analyst: '/queue',
  'frontline-officer': '/referrals',
  'carrier-liaison': '/messages',
  dpo: '/log',
  administrator: '/messages',
  'watchlist-officer': '/watchlists',
  'targeting-officer': '/rules',
  supervisor: '/flights',
} as const satisfies Record<RoleName, string>

function Home() {
  const role = useSession().roles[0] ?? 'analyst'
  return <Navigate to={HOMES[role]} replace />
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })
const at = <P extends string>(path: P, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => root, path, component })

const flights = createRoute({
  getParentRoute: () => root,
  path: '/flights',
  component: FlightBoard,
  validateSearch: (search: Record<string, unknown>) => {
    const [direction, words, only, shift] = [
      text(search.direction),
      text(search.text),
      text(search.with),
      Number(search.shift ?? 0),
    ]
    return {
      ...(direction && { direction }),
      ...(words && { text: words }),
      ...(only && { with: only }),
      ...(shift && { shift }),
    }
  },
})

const routeTree = root.addChildren([
  at('/', Home),
  at('/queue', Queue),
  flights,
  at('/flights/$leg', Manifest),
  at('/flights/$leg/travellers/$id', Dossier),
  at('/referrals', Referrals),
  at('/messages', Messages),
  at('/watchlists', Watchlists),
  at('/watchlists/$id', WatchlistPage),
  at('/rules', Rules),
  at('/log', AccessLog),
])

export const router = createRouter({ routeTree, defaultPreload: false })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
