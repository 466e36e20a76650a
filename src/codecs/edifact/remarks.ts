/** 9980 of texts that are no general remarks: contact, agency, payer, ticket and fare. */
const TYPES = new Set([
  '3',
  '4',
  '5',
  '6',
  '9',
  '10',
  '11',
  '12',
  '15',
  '16',
  '17',
  '18',
  '23',
  '24',
  '27',
  '34',
  '39',
  '43',
  '45',
  '61',
  '733',
])

export const passesByType = (type: string): boolean => TYPES.has(type)

/**
 * Whether a remark (OSI, special remark, line of history) is about what the law lists: contact, payer, ticket and fare,
 * an unaccompanied minor, a split of the PNR, a no-show. Everything else is a general remark that may not be kept
 * (Directive (EU) 2016/681, annex I, as read in C-817/19).
 */
export const passesAsRemark = (text: string): boolean => PATTERN.test(text)

const PATTERN = new RegExp(
  [
    '^(?:[A-Z0-9]{2} )?P?CTC(?: ?[A-Z])?(?![A-Z])',
    '/AP[EM]\\b',
    '[A-Z0-9.](?:@|//)[A-Z0-9-]+\\.',
    '\\bUM(?:NR|[01]\\d)\\b|\\bUNACC(?:OMPANIED)?\\.? MINOR',
    '\\bTK(?:N[EAMR]|TL?|O)\\b|\\bE?-?T(?:KT|ICKET)',
    '(?<!\\d)\\d{13}(?!\\d)',
    '\\bFARE\\b|\\bFOP\\b|\\bFP\\b|\\bPAYER\\b|\\bPAID BY\\b|\\bNON-?(?:REF|END)',
    '^SPLIT PTY \\d* ?(?:TO|FROM) [A-Z0-9]{5,8}$',
    '^(?:[A-Z0-9]{2} )?(?:NO|GO) ?SHO[W ]?',
  ].join('|'),
  'i',
)
