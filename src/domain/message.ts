import type { Instant } from '#lib/time.ts'
import type { Finding, Span } from './finding.ts'
import type { SentLeg } from './leg.ts'
import type { Pnr } from './pnr.ts'
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
  /** RFF TN and its revision; without one no answer is expected. */
  readonly transaction?: string
  readonly revision?: string
  readonly contact?: { readonly name?: string; readonly phones: readonly string[]; readonly emails: readonly string[] }
  readonly legs: readonly SentLeg[]
  /** In a close-out these carry references only. */
  readonly travellers: readonly ApiTraveller[]
  readonly declaredTotal?: number
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
  readonly pnrs: readonly Pnr[]
  readonly span: Span
}

/** A message that was recognised but has no reader, or that says nothing usable; its findings say why. */
export interface OtherMessage {
  readonly type: string
  readonly version: string
  readonly envelope: Envelope
  readonly unreadable: true
  readonly span: Span
}

export type Message = PaxlstMessage | PnrgovMessage | OtherMessage

/** What was understood of some bytes. Never thrown, always given: no message at all is a finding too. */
export interface Decoded {
  readonly messages: readonly Message[]
  readonly findings: readonly Finding[]
}

export const isPaxlst = (message: Message): message is PaxlstMessage =>
  message.type === 'PAXLST' && !('unreadable' in message)
export const isPnrgov = (message: Message): message is PnrgovMessage =>
  message.type === 'PNRGOV' && !('unreadable' in message)
