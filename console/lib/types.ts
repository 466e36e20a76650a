import type { HitView } from '../../src/http/contract.ts'

export type { HitView }
export type WatchlistWhyView = Extract<HitView['why'], { kind: 'watchlist' }>
