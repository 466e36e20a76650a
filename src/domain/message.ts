import type { Instant } from '#lib/time.ts'
import type { Finding, Span } from './finding.ts'
import type { SentLeg } from './leg.ts'
import type { BookingAgency, Pnr } from './pnr.ts'
import type { KeptSegment } from './pnr-as-sent.ts'
import type { ApiTraveller } from './traveller.ts'

/** The interchange and message headers that every reply and every check needs. */
export interface Envelope {
  readonly sender: string
  readonly senderQualifier?: string
  readonly recipient: string
  readonly recipientQualifier?: string
  /** UNB 0020. */
  readonly interchange: string
  /** UNB date and time of preparation, taken as UTC. */
  readonly prepared?: Instant
  readonly application?: string
  readonly test: boolean
  readonly syntax: string
  readonly syntaxVersion: string
  /** Whether the message stood in a functional group (UNG). */
  readonly grouped: boolean
  /** UNH 0062. */
  readonly reference: string
  /** UNH 0068, common access reference. */
  readonly access?: string
  /** UNH S010: which part of a push this is. */
  readonly part?: { readonly number: number; readonly first: boolean; readonly final: boolean }
}

/** `list`: travellers or crew; `change`, `cancel`, `reduce`: BGM 745 CP, XR, RP; `close-*`, `cancel-flight`, `change-flight`: BGM 266. */
export type PaxlstFunction =
  | 'list'
  | 'change'
  | 'cancel'
  | 'reduce'
  | 'close'
  | 'close-on-board'
  | 'close-not-on-board'
  | 'cancel-flight'
  | 'change-flight'
  | 'gate-pass'
  | 'master-crew'

/** BGM 250 with a sub-code (1004): whose crew, on what part of the flight, and whether it changes an earlier list. */
export interface CrewListing {
  readonly flight: 'passenger' | 'cargo'
  readonly part: 'scheduled' | 'overflight' | 'domestic'
  readonly change: boolean
}

/** A segment of a list that no reader took, or not all of. */
export interface KeptInList extends KeptSegment {
  /**
   * In whose group it stood (NAD is 0 there): which traveller, from 0; `end`: behind the last group and CNT, CNT being 0;
   * absent: in the head, where UNH is 0.
   */
  readonly group?: number | 'end'
}

export interface PaxlstMessage {
  readonly type: 'PAXLST'
  /** `D:12B`, or `LEGACY`. */
  readonly version: string
  readonly envelope: Envelope
  readonly function: PaxlstFunction
  readonly crewList: boolean
  /** BGM 1001 and 1004 as sent. */
  readonly document: string
  readonly documentNumber?: string
  readonly crew?: CrewListing
  /** BGM 336: what becomes of the listed crew in the list that the State holds. */
  readonly masterCrew?: 'add' | 'delete' | 'change'
  /** BGM 1004 `CI`, `DC`: taken at check-in, or confirmed at departure. */
  readonly stage?: 'check-in' | 'departure'
  /** RFF TN and its revision; without one no answer is expected. */
  readonly transaction?: string
  readonly revision?: string
  readonly contact?: {
    readonly name?: string
    readonly phones: readonly string[]
    readonly faxes?: readonly string[]
    readonly emails: readonly string[]
  }
  readonly legs: readonly SentLeg[]
  /** All legs stood under one TDT. */
  readonly oneFlight?: boolean
  /** In a close-out these carry references only. */
  readonly travellers: readonly ApiTraveller[]
  readonly declaredTotal?: number
  /** UNH 0057 where it is other than `IATA`, and DOC 3055 where it is other than `111`. */
  readonly association?: string
  readonly documentList?: string
  /** UNA where it declares other than `:+.? '`; empty: there was none. */
  readonly una?: string
  /** What the model does not hold, or holds in another form: as sent, in place. */
  readonly kept?: readonly KeptInList[]
  readonly span: Span
}

export interface PnrgovMessage {
  readonly type: 'PNRGOV'
  /** `13:1`. */
  readonly version: string
  readonly envelope: Envelope
  /** MSG 1225: 22 full, 141 update. */
  readonly function: 'full' | 'update'
  readonly leg: SentLeg
  /** EQN: PNRs in the whole push. */
  readonly declaredTotal?: number
  /** UNA where it declares other than `:+.? '`; empty: there was none. */
  readonly una?: string
  /** ORG before the first PNR: the sending system. */
  readonly originator?: BookingAgency
  readonly pnrs: readonly Pnr[]
  /** What no reader took, before the first PNR. */
  readonly kept?: readonly KeptSegment[]
  readonly span: Span
}

/** BGM 1001: `response` to a PAXLST, `unsolicited` change of mind, a carrier's `acknowledgement` of one. */
export type CusresKind = 'response' | 'unsolicited' | 'acknowledgement'

/** What is answered for one traveller (ERP 2); matched by his passenger reference, never by position. */
export interface CusresDecision {
  readonly passengerReference?: string
  readonly locator?: string
  /** ERC 9321: `0Z` board, `1Z` do not board, `2Z` further check, `4Z` data insufficient; empty: none was sent. */
  readonly code: string
  readonly text: readonly string[]
  /** FTX AHN: more about the status. */
  readonly detail?: readonly string[]
  /** What held the code, where it was not ERC. */
  readonly via?: 'GIS' | 'GEI'
}

/** What is answered for the whole message (ERP 1): `0` accepted, `1` rejected, or the number of an error. */
export type CusresStatus = Pick<CusresDecision, 'code' | 'text' | 'detail' | 'via'>

export interface CusresMessage {
  readonly type: 'CUSRES'
  /** `D:05B`, as in the request. */
  readonly version: string
  readonly envelope: Envelope
  readonly kind: CusresKind
  /** RFF TN and its revision: the request's, or the State's own where the message is unsolicited. */
  readonly transaction?: string
  readonly revision?: string
  readonly legs: readonly SentLeg[]
  readonly header: readonly CusresStatus[]
  readonly decisions: readonly CusresDecision[]
  readonly kept?: readonly KeptSegment[]
  readonly span: Span
}

export interface AckresMessage {
  readonly type: 'ACKRES'
  readonly version: string
  readonly envelope: Envelope
  /** MSG 4343 says so, and no error follows. Received and readable; says nothing about what stands in it. */
  readonly accepted: boolean
  /** ERC 9321 as sent, known or not. */
  readonly errors: readonly string[]
  readonly kept?: readonly KeptSegment[]
  readonly span: Span
}

/** A State's request for a PNRGOV: of a flight, or of one PNR on it. */
export interface GovreqMessage {
  readonly type: 'GOVREQ'
  readonly version: string
  readonly envelope: Envelope
  /** MSG 1225 as sent; which code asks for what is a matter of the profile. */
  readonly request: string
  /** ORG: who asks, and where he sits. */
  readonly originator?: string
  readonly originatorPlace?: string
  readonly leg?: SentLeg
  readonly locators: readonly { readonly company: string; readonly locator: string }[]
  readonly kept?: readonly KeptSegment[]
  readonly span: Span
}

/** 0083: `rejected` with all below it, `acknowledged`, `received` only. */
export type ContrlAction = 'rejected' | 'acknowledged' | 'received' | 'other'

/** What is wrong at one level: 0085, and the service segment, element and component that it is about. */
export interface ContrlFault {
  readonly error?: string
  readonly tag?: string
  readonly element?: number
  readonly component?: number
}

/** What becomes of one message (UCM), and which of its segments are wrong: `position` counts UNH as 1. */
export interface ContrlReport extends ContrlFault {
  readonly reference: string
  /** S009: type, version, release, agency. */
  readonly message: readonly string[]
  readonly action: ContrlAction
  readonly segments: readonly {
    readonly position: number
    readonly error?: string
    readonly elements: readonly ContrlFault[]
  }[]
}

/** What becomes of an interchange (UCI) or a functional group (UCF), as its own header named it. */
export interface ContrlSubject extends ContrlFault {
  readonly reference: string
  readonly sender: string
  readonly senderQualifier?: string
  readonly recipient: string
  readonly recipientQualifier?: string
  readonly action: ContrlAction
}

/** A report on the syntax of an interchange. */
export interface ContrlMessage {
  readonly type: 'CONTRL'
  /** `D:3` for syntax version 3, `4:1` for version 4. */
  readonly version: string
  readonly envelope: Envelope
  readonly subject: ContrlSubject
  /** On messages outside any group. */
  readonly reports: readonly ContrlReport[]
  readonly groups: readonly (ContrlSubject & { readonly reports: readonly ContrlReport[] })[]
  readonly kept?: readonly KeptSegment[]
  readonly span: Span
}

/** Answers and requests; none of them speaks of a movement. */
export type ReplyMessage = CusresMessage | AckresMessage | GovreqMessage | ContrlMessage

/** A message that was recognised but has no reader, or that says nothing usable; its findings say why. */
export interface OtherMessage {
  readonly type: string
  readonly version: string
  readonly envelope: Envelope
  readonly unreadable: true
  /** RFF TN and its revision of a PAXLST: under them its sender is told. */
  readonly transaction?: string
  readonly revision?: string
  readonly span: Span
}

export type Message = PaxlstMessage | PnrgovMessage | ReplyMessage | OtherMessage

/** What was understood of some bytes. Never thrown, always given: no message at all is a finding too. */
export interface Decoded {
  readonly messages: readonly Message[]
  readonly findings: readonly Finding[]
}

export const isPaxlst = (message: Message): message is PaxlstMessage =>
  message.type === 'PAXLST' && !('unreadable' in message)
export const isPnrgov = (message: Message): message is PnrgovMessage =>
  message.type === 'PNRGOV' && !('unreadable' in message)

const REPLIES: ReadonlySet<string> = new Set(['CUSRES', 'ACKRES', 'GOVREQ', 'CONTRL'])
export const isReply = (message: Message): message is ReplyMessage =>
  REPLIES.has(message.type) && !('unreadable' in message)
