import type { Pnr } from '#domain/pnr.ts'
import { type History, readHistory } from './history.ts'
import { asSent } from './sent.ts'
import type { OpenPnr, Work } from './work.ts'

/** Parts of a PNR that are read from the tape when somebody asks for them first; whoever lists or copies it, asks. */
export type LatePart = 'history' | 'changes' | 'sent'

/** What those parts are read from. It holds the tape, so a PNR that is kept for long is better a copy. */
interface Late {
  readonly work: Pick<Work, 'tape' | 'ssrs' | 'texts' | 'past'> & { readonly itinerary: OpenPnr['itinerary'] }
  history: History | undefined
  sent: Pnr['sent']
}

const LATE = Symbol('late')

interface WithLate {
  readonly [LATE]: Late
}

const NO_HISTORY: History = { entries: [], changes: [] }

function historyOf(late: Late): History {
  const { past } = late.work
  late.history ??= past ? readHistory(past) : NO_HISTORY
  return late.history
}

function sentOf(late: Late): Pnr['sent'] {
  late.sent ??= asSent(late.work)
  return late.sent
}

/** The same few functions for all PNRs: the engine then sees one shape. */
const PARTS = {
  history: {
    enumerable: true,
    configurable: true,
    get(this: WithLate) {
      return historyOf(this[LATE]).entries
    },
  },
  sent: {
    enumerable: true,
    configurable: true,
    get(this: WithLate) {
      return sentOf(this[LATE])
    },
  },
}
const PARTS_AND_CHANGES = {
  ...PARTS,
  changes: {
    enumerable: true,
    configurable: true,
    get(this: WithLate) {
      return historyOf(this[LATE]).changes
    },
  },
}

/** Gives a PNR the parts that are read later, as properties like any other. */
export function readLater(pnr: OpenPnr, { tape, ssrs, texts, past }: Work): asserts pnr is OpenPnr & Pnr {
  if (past) past.tape = tape
  const late: Late = {
    work: { tape, ssrs, texts, past, itinerary: pnr.itinerary },
    history: undefined,
    sent: undefined,
  }
  Object.defineProperty(pnr, LATE, { value: late })
  Object.defineProperties(pnr, past ? PARTS_AND_CHANGES : PARTS)
}
