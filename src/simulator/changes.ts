import type { BookedTraveller, Booking } from './bookings.ts'
import type { Timetable } from './timetable.ts'

/** One PNR at one moment: a booking, or one half of a booking that was divided. */
export interface PnrState {
  readonly booking: Booking
  readonly locator: string
  readonly createdAt: number
  readonly changedAt: number
  readonly cancelled: boolean
  readonly travellers: readonly StatedTraveller[]
  readonly splitWith?: { readonly locator: string; readonly quantity: number }
  readonly history: readonly {
    readonly at: number
    readonly action: 'added' | 'cancelled' | 'other'
    readonly text: string
  }[]
}

export interface StatedTraveller extends BookedTraveller {
  readonly documentsKnown: boolean
}

const HOUR = 3_600_000
const MINUTE = 60_000

/**
 * What a booking looks like at a moment: not there before it is made; names misspelt until they are put right; some
 * travellers, and the documents of most, added later; a few divided or cancelled.
 */
export function statesAt(booking: Booking, at: number, timetable: Timetable): readonly PnrState[] {
  if (at < booking.createdAt) return []
  const plan = eventsOf(booking, timetable)
  const happened = plan.events.filter((event) => event.at <= at)
  const changedAt = happened.reduce((latest, event) => Math.max(latest, event.at), booking.createdAt)
  const cancelled = happened.some(({ what }) => what === 'cancel')
  const has = (what: Event['what']): boolean => happened.some((event) => event.what === what)
  const travellers = booking.travellers
    .filter(({ reference }) => reference !== plan.late || has('add'))
    .map((one) => stated(one, plan, has('correct'), at))
  const state = {
    booking,
    createdAt: booking.createdAt,
    changedAt,
    cancelled,
    history: happened
      .filter(({ what }) => what !== 'documents')
      .map((event) => ({ at: event.at, action: ACTIONS[event.what], text: TEXTS[event.what] })),
  }
  if (!has('split') || !plan.leaving) return [{ ...state, locator: booking.locator, travellers }]
  const stays = travellers.filter((one) => !leaves(one, plan.leaving))
  const goes = travellers.filter((one) => leaves(one, plan.leaving))
  return [
    {
      ...state,
      locator: booking.locator,
      travellers: stays,
      splitWith: { locator: plan.otherLocator, quantity: goes.length },
    },
    {
      ...state,
      locator: plan.otherLocator,
      travellers: goes,
      splitWith: { locator: booking.locator, quantity: stays.length },
    },
  ]
}

interface Event {
  readonly at: number
  readonly what: 'correct' | 'add' | 'split' | 'cancel' | 'documents' | 'schedule'
}

interface Events {
  readonly events: readonly Event[]
  readonly misspelt?: string
  readonly late?: string
  readonly leaving?: string
  readonly otherLocator: string
  readonly documentsAt: number
}

const ACTIONS = {
  correct: 'other',
  add: 'added',
  split: 'other',
  cancel: 'cancelled',
  documents: 'other',
  schedule: 'other',
} as const
const TEXTS = {
  correct: 'NAME CORRECTED',
  add: 'TRAVELLER ADDED',
  split: 'PNR DIVIDED',
  cancel: 'PNR CANCELLED',
  documents: 'DOCUMENTS ADDED',
  schedule: 'SCHEDULE CHANGE ACCEPTED',
}

function eventsOf(booking: Booking, timetable: Timetable): Events {
  const chance = timetable.random.split(`changes ${booking.plan.id}`)
  const leavesAt = booking.plan.home.legs[booking.plan.board]?.departsAt ?? booking.createdAt
  const span = Math.max(0, leavesAt - booking.createdAt - 3 * HOUR)
  const sometime = (): number => booking.createdAt + Math.floor((chance.next() * span) / MINUTE) * MINUTE
  const documentsAt = chance.chance(0.55) ? booking.createdAt : leavesAt - chance.int(4, 60) * HOUR
  const events: Event[] = documentsAt > booking.createdAt ? [{ at: documentsAt, what: 'documents' }] : []
  const plan = { otherLocator: chance.pattern('@@#@@#'), documentsAt }
  if (booking.plan.target || span < 6 * HOUR) return { ...plan, events }
  const adults = booking.travellers.filter(({ kind }) => kind === 'adult')
  const last = adults.at(-1)?.reference
  const several = adults.length > 1 && booking.travellers.length === adults.length
  const what = chance.weighted<Event['what'] | 'nothing'>([
    ['nothing', 82],
    ['correct', 5],
    ['schedule', 4],
    ['cancel', 4],
    ['add', several ? 3 : 0],
    ['split', several ? 2 : 0],
  ])
  if (what === 'nothing' || !last) return { ...plan, events }
  const changed = [...events, { at: sometime(), what }]
  if (what === 'correct') return { ...plan, events: changed, misspelt: last }
  if (what === 'add') return { ...plan, events: changed, late: last }
  if (what === 'split') return { ...plan, events: changed, leaving: last }
  return { ...plan, events: changed }
}

const leaves = (one: BookedTraveller, leaving: string | undefined): boolean =>
  one.reference === leaving || (one.infantOf !== undefined && one.infantOf === leaving)

function stated(one: BookedTraveller, plan: Events, corrected: boolean, at: number): StatedTraveller {
  const documentsKnown = at >= plan.documentsAt
  if (one.reference !== plan.misspelt || corrected) return { ...one, documentsKnown }
  const surname = `${one.booked.surname.slice(0, 2)}${one.booked.surname.slice(3)}`
  return {
    ...one,
    booked: { ...one.booked, surname: surname.length > 2 ? surname : one.booked.surname },
    documentsKnown,
  }
}
