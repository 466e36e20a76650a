import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  type RouteComponent,
} from '@tanstack/react-router'
import type { RoleName } from '../src/http/contract.ts'
import { useSession } from './lib/session.ts'
import { Shell } from './parts/shell.tsx'
import { Broken, NotFound } from './parts/states.tsx'

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

const one = <T extends string>(value: unknown, of: readonly T[]): T | undefined => of.find((known) => known === value)

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })
const at = <P extends string>(path: P, component: RouteComponent) =>
  createRoute({ getParentRoute: () => root, path, component })

const queue = createRoute({
  getParentRoute: () => root,
  path: '/queue',
  component: lazyRouteComponent(() => import('./pages/queue.tsx'), 'Queue'),
  validateSearch: (search: Record<string, unknown>) => {
    const [view, sel] = [one(search.view, ['open', 'mine', 'decided']), text(search.sel)]
    return { ...(view && { view }), ...(sel && { sel }) }
  },
})

const flights = createRoute({
  getParentRoute: () => root,
  path: '/flights',
  component: lazyRouteComponent(() => import('./pages/flight-board.tsx'), 'FlightBoard'),
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

const dossier = createRoute({
  getParentRoute: () => root,
  path: '/flights/$leg/travellers/$id',
  component: lazyRouteComponent(() => import('./pages/dossier.tsx'), 'Dossier'),
  validateSearch: (search: Record<string, unknown>) => {
    const [tab, from] = [text(search.tab), one(search.from, ['queue'])]
    return { ...(tab && { tab }), ...(from && { from }) }
  },
})

const place = (value: unknown): number | undefined => {
  const number = Number(value)
  return value !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined
}

const message = createRoute({
  getParentRoute: () => root,
  path: '/messages/$id',
  component: lazyRouteComponent(() => import('./pages/message.tsx'), 'Message'),
  validateSearch: (search: Record<string, unknown>) => {
    const [byte, first, find] = [place(search.at), place(search.from), text(search.find)]
    return {
      ...(byte !== undefined && { at: byte }),
      ...(first !== undefined && { from: first }),
      ...(find && { find }),
    }
  },
})

const routeTree = root.addChildren([
  at('/', Home),
  queue,
  flights,
  at(
    '/flights/$leg',
    lazyRouteComponent(() => import('./pages/manifest.tsx'), 'Manifest'),
  ),
  dossier,
  message,
  at(
    '/find',
    lazyRouteComponent(() => import('./pages/find.tsx'), 'Find'),
  ),
  at(
    '/referrals',
    lazyRouteComponent(() => import('./pages/referrals.tsx'), 'Referrals'),
  ),
  at(
    '/messages',
    lazyRouteComponent(() => import('./pages/messages.tsx'), 'Messages'),
  ),
  at(
    '/watchlists',
    lazyRouteComponent(() => import('./pages/watchlists.tsx'), 'Watchlists'),
  ),
  at(
    '/watchlists/$id',
    lazyRouteComponent(() => import('./pages/watchlists.tsx'), 'WatchlistPage'),
  ),
  at(
    '/rules',
    lazyRouteComponent(() => import('./pages/rules.tsx'), 'Rules'),
  ),
  at(
    '/log',
    lazyRouteComponent(() => import('./pages/access-log.tsx'), 'AccessLog'),
  ),
])

export const router = createRouter({
  routeTree,
  defaultPreload: false,
  defaultErrorComponent: ({ error, reset }) => <Broken problem={error} retry={reset} />,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
