/** What 9321 says of one traveller, and whether a carrier's system lets him board on it. */
export interface Status {
  readonly en: string
  readonly az: string
  readonly boards: boolean
  /** No answer will follow by itself: either he boards, or the carrier has to do something. */
  readonly settled: boolean
}

/**
 * How a State asks for a PNRGOV. The guide's own text was not to be had: the codes are what implementers report, so they are
 * data, and nobody asks unless a carrier's profile says that it may.
 */
export interface GovreqProfile {
  /** Whether requests are made at all; agreed with the carrier first. */
  readonly allowed: boolean
  /** MSG 1225 that asks for all PNRs of a flight, and for one locator. */
  readonly flight: string
  readonly locator: string
  /** UNH 0052 and 0054. */
  readonly version: string
}

/** How carriers are answered and asked. What the guides leave to agreement stands here, as data, and nowhere in code. */
export interface ReplyProfile {
  /** ERC at ERP 2. Other values are kept as sent, and nobody boards on them. */
  readonly statuses: Readonly<Record<string, Status>>
  /** ERC of those who may board, and of those whose data are incomplete. */
  readonly board: string
  readonly incomplete: string
  /** ERC at ERP 1 where no number says more. */
  readonly rejected: string
  /** ERC at ERP 1: errors of a whole message. */
  readonly messageErrors: Readonly<Record<string, string>>
  /** Errors about one traveller, by what is missing. */
  readonly missing: Readonly<Record<Missing, { readonly code: string; readonly text: string }>>
  /** ERC of ACKRES; a carrier may know fewer. */
  readonly ackresErrors: Readonly<Record<string, string>>
  /** Told where no other error fits, or the carrier does not know the one that does. */
  readonly ackresOtherwise: string
  readonly govreq: GovreqProfile
}

export type Missing = 'surname' | 'birthDate' | 'nationality' | 'document'

/**
 * The usual reading: `0Z` to `2Z` and `4Z` are what carriers' systems were seen to act on; `3Z`, `5Z` and `6Z` differ
 * between States, and are read, not sent. The numbers from 100 on are ours: the guide leaves them to each State.
 * ACKRES: PADIS 9321. Source: CUSRES implementation guide, ERC; PNRGOV implementation guide, ACKRES.
 */
export const USUAL_REPLIES: ReplyProfile = {
  statuses: {
    '0Z': { en: 'board', az: 'minə bilər', boards: true, settled: true },
    '1Z': { en: 'do not board', az: 'minməsin', boards: false, settled: true },
    '2Z': { en: 'further check before boarding', az: 'minməzdən əvvəl əlavə yoxlama', boards: false, settled: true },
    '3Z': { en: 'contact the authority', az: 'səlahiyyətli orqanla əlaqə saxlayın', boards: false, settled: true },
    '4Z': {
      en: 'data incomplete: send again',
      az: 'məlumat natamamdır: yenidən göndərin',
      boards: false,
      settled: true,
    },
    '5Z': { en: 'the decision follows', az: 'qərar sonra göndəriləcək', boards: false, settled: false },
    '6Z': { en: 'no answer in time', az: 'vaxtında cavab verilmədi', boards: false, settled: false },
  },
  board: '0Z',
  incomplete: '4Z',
  rejected: '1',
  messageErrors: {
    '100': 'UNB/UNG/UNH INVALID',
    '101': 'SENDER NOT AUTHORISED',
    '102': 'DUPLICATE MESSAGE',
    '103': 'MESSAGE TYPE NOT SUPPORTED',
    '104': 'MANDATORY SEGMENT MISSING',
    '110': 'FLIGHT NUMBER INVALID',
    '111': 'DEPARTURE AIRPORT INVALID',
    '112': 'ARRIVAL AIRPORT INVALID',
    '113': 'DEPARTURE DATE/TIME INVALID',
    '114': 'ARRIVAL DATE/TIME INVALID',
    '115': 'FLIGHT NOT IN/OUT OF STATE',
    '116': 'MESSAGE TOO EARLY/TOO LATE',
    '117': 'FLIGHT CLOSED OR CANCELLED',
    '199': 'SYSTEM ERROR, RETRY',
  },
  missing: {
    surname: { code: '120', text: 'SURNAME' },
    birthDate: { code: '122', text: 'DATE OF BIRTH' },
    nationality: { code: '124', text: 'NATIONALITY' },
    document: { code: '125', text: 'DOCUMENT' },
  },
  ackresErrors: {
    '1': 'invalid date',
    '2': 'invalid time',
    '3': 'invalid transfer sequence: a part is missing or out of order',
    '4': 'invalid city or airport',
    '6': 'invalid operational suffix',
    '100': 'invalid place of departure',
    '101': 'invalid place of destination',
    '102': 'invalid departure date',
    '103': 'invalid departure time',
    '107': 'invalid airline designator',
    '114': 'invalid flight number',
    '115': 'invalid arrival date',
    '116': 'invalid arrival time',
    '118': 'system unable to process',
    '121': 'invalid number in party',
    '129': 'no PNR match',
    '130': 'invalid origin and destination pair',
  },
  ackresOtherwise: '118',
  govreq: { allowed: false, flight: '43', locator: '77', version: '14:1' },
}

/** As usual, but for what was agreed with a carrier. */
export const repliesAgreed = (agreed: AgreedReplies = {}): ReplyProfile => ({
  ...USUAL_REPLIES,
  ...agreed,
  govreq: { ...USUAL_REPLIES.govreq, ...agreed.govreq },
})

export type AgreedReplies = Partial<Omit<ReplyProfile, 'govreq'>> & { readonly govreq?: Partial<GovreqProfile> }
