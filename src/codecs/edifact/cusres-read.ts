import type { SentLeg } from '#domain/leg.ts'
import type { CusresDecision, CusresKind, CusresMessage, CusresStatus } from '#domain/message.ts'
import { KINDS } from './cusres.ts'
import type { MessageRange } from './interchange.ts'
import { readFlightTime } from './paxlst/dates.ts'
import { splitFlight } from './paxlst/legs.ts'
import { Keeper, type Layouts } from './reply-kept.ts'
import type { FindingSink, Tape } from './tape.ts'

const LAYOUTS: Layouts = {
  BGM: [1],
  RFF: [5],
  DTM: [3],
  LOC: [1, 1],
  ERP: [1],
  ERC: [1],
  GIS: [1],
  GEI: [1, 1],
  FTX: [1, 0, 0, 5],
}

/** ERP 1049: the whole message, one traveller. */
const LEVELS: ReadonlySet<string> = new Set(['1', '2'])

/**
 * Reads a CUSRES: our own, as a carrier's system does, or a carrier's acknowledgement (BGM 312). A status in GIS or GEI,
 * as older customs profiles send it, counts like ERC.
 */
export function readCusres(tape: Tape, range: MessageRange, sink: FindingSink): CusresMessage {
  const reading = new Reading()
  const keeper = new Keeper(tape, range, sink, LAYOUTS)
  for (let at = range.from + 1; at < range.to; at++) {
    const taken = reading.take(tape, at)
    keeper.note(at, taken !== false, taken === 'partly')
  }
  if (!reading.kind) sink.add('cusres.document', tape.place(range.from), '')
  reading.close()
  const { transaction, revision } = reading
  return {
    type: 'CUSRES',
    kind: reading.kind ?? 'response',
    version: range.version,
    envelope: range.envelope,
    ...(transaction !== undefined && { transaction }),
    ...(revision !== undefined && { revision }),
    legs: reading.legs.map(legOf),
    header: reading.header,
    decisions: reading.decisions,
    ...keeper.kept(),
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}

type OpenLeg = { -readonly [K in keyof SentLeg]?: SentLeg[K] } & { flightAsSent: string }

interface OpenStatus {
  readonly code: string
  readonly text: string[]
  detail?: string[]
  readonly via?: 'GIS' | 'GEI'
}

/** What ERP opened: for the message (1) or one traveller (2); each ERC in it is one status. */
interface OpenGroup {
  readonly level: string
  passengerReference?: string
  locator?: string
  readonly statuses: OpenStatus[]
}

/** Whether a segment was understood; `partly`: something of it stands nowhere in the model. */
type Taken = boolean | 'partly'

class Reading {
  kind: CusresKind | undefined
  private document: string | undefined
  transaction: string | undefined
  revision: string | undefined
  readonly legs: OpenLeg[] = []
  readonly header: CusresStatus[] = []
  readonly decisions: CusresDecision[] = []
  private group: OpenGroup | undefined

  take(tape: Tape, at: number): Taken {
    switch (tape.tag(at)) {
      case 'BGM':
        return this.takeDocument(tape.text(at, 1)?.trim())
      case 'RFF':
        return this.takeReference(tape, at)
      case 'DTM':
        return this.takeTime(tape, at)
      case 'LOC':
        return this.takePlace(tape.text(at, 1)?.trim(), tape.text(at, 2)?.trim().toUpperCase())
      case 'ERP':
        this.close()
        this.group = { level: tape.text(at, 1)?.trim() ?? '', statuses: [] }
        return LEVELS.has(this.group.level) || 'partly'
      case 'ERC':
        return this.takeStatus({ code: codeIn(tape, at, 1), text: [] })
      case 'GIS':
        return this.takeStatus({ code: codeIn(tape, at, 1), text: [], via: 'GIS' })
      case 'GEI':
        return this.takeStatus({ code: codeIn(tape, at, 2), text: [], via: 'GEI' })
      case 'FTX':
        return this.takeText(tape, at)
      default:
        return false
    }
  }

  close(): void {
    const { group } = this
    this.group = undefined
    if (!group) return
    if (group.level === '1') {
      for (const status of group.statuses) this.header.push(status)
      return
    }
    const { passengerReference, locator } = group
    const about = { ...(passengerReference && { passengerReference }), ...(locator && { locator }) }
    for (const status of group.statuses) this.decisions.push({ ...about, ...status })
    if (group.statuses.length === 0) this.decisions.push({ ...about, code: '', text: [] })
  }

  private takeDocument(code: string | undefined): Taken {
    if (this.document !== undefined) return false
    this.document = code ?? ''
    this.kind = kindOf(code)
    return this.kind ? true : 'partly'
  }

  private takeStatus(status: OpenStatus): Taken {
    this.group?.statuses.push(status)
    return this.group !== undefined
  }

  private takeText(tape: Tape, at: number): Taken {
    const status = this.group?.statuses.at(-1)
    if (!status) return false
    const kind = tape.text(at, 1)?.trim().toUpperCase()
    if (kind === 'AHN') status.detail ??= []
    const told = kind === 'AHN' ? status.detail : status.text
    for (const one of textOf(tape, at)) told?.push(one)
    return kind === 'AHN' || kind === 'AAP' || 'partly'
  }

  /** The first of a kind counts: a second one of the same group is kept as it is. */
  private takeReference(tape: Tape, at: number): Taken {
    const value = tape.text(at, 1, 2)?.trim()
    if (value === undefined) return false
    const { group } = this
    switch (tape.text(at, 1, 1)?.trim().toUpperCase()) {
      case 'TN':
        if (this.transaction !== undefined) return false
        this.transaction = value
        this.revision = tape.text(at, 1, 5)
        return tape.text(at, 1, 3) === undefined && tape.text(at, 1, 4) === undefined ? true : 'partly'
      case 'AF':
        this.legs.push({ flightAsSent: value, at: tape.span(at) })
        return true
      case 'AVF':
        if (!group || group.locator !== undefined) return false
        group.locator = value
        return true
      case 'ABO':
        if (!group || group.passengerReference !== undefined) return false
        group.passengerReference = value
        return true
      default:
        return false
    }
  }

  private takeTime(tape: Tape, at: number): Taken {
    const leg = this.legs.at(-1)
    const sent = tape.text(at, 1, 2)
    const time = sent === undefined ? undefined : readFlightTime(sent, tape.text(at, 1, 3))
    const qualifier = tape.text(at, 1, 1)?.trim()
    const key = qualifier === '189' ? 'departs' : qualifier === '232' ? 'arrives' : undefined
    if (!leg || !time || !key || leg[key] !== undefined) return false
    leg[key] = time
    return true
  }

  /** 125 and 87 are ends of the border leg; of two 92 the first is the departure. */
  private takePlace(qualifier: string | undefined, code: string | undefined): Taken {
    const leg = this.legs.at(-1)
    if (!leg || code === undefined) return false
    const end = qualifier === '125' ? 'from' : qualifier === '87' || leg.from !== undefined ? 'to' : 'from'
    if (leg[end] !== undefined) return false
    leg[end] = code
    if (qualifier === '125' || qualifier === '87') leg.place = 'border'
    return qualifier === '125' || qualifier === '87' || qualifier === '92' || 'partly'
  }
}

const codeIn = (tape: Tape, at: number, element: number): string => tape.text(at, element)?.trim().toUpperCase() ?? ''

const kindOf = (code: string | undefined): CusresKind | undefined =>
  code === KINDS.response
    ? 'response'
    : code === KINDS.unsolicited
      ? 'unsolicited'
      : code === KINDS.acknowledgement
        ? 'acknowledgement'
        : undefined

function textOf(tape: Tape, at: number): string[] {
  return Array.from({ length: tape.components(at, 4) }, (_, index) => tape.text(at, 4, index + 1)).filter(
    (one) => one !== undefined,
  )
}

/** Legs before the border leg come before it in the message, those after it behind it. */
function legOf(leg: OpenLeg, index: number, all: readonly OpenLeg[]): SentLeg {
  const border = all.findIndex((one) => one.place === 'border')
  const { carrier, number, suffix } = splitFlight(leg.flightAsSent.toUpperCase())
  return {
    from: '',
    to: '',
    overflight: false,
    place: border < 0 || index === border ? 'border' : index < border ? 'before' : 'after',
    ...leg,
    carrier,
    number,
    ...(suffix && { suffix }),
  }
}
