import type { Tape } from '../edifact/tape.ts'
import { type Layout, lineOf } from './layout.ts'

/** The group that a segment opens, as deep as the guide's tree has it; its members stand one deeper. */
const PNRGOV: Readonly<Record<string, number>> = {
  SRC: 1,
  TIF: 2,
  TKT: 3,
  FOP: 4,
  TVL: 2,
  EQN: 2,
  MSG: 2,
  ABI: 2,
  SAC: 3,
  TRI: 4,
}
const PAXLST: Readonly<Record<string, number>> = { NAD: 1, TDT: 1, DOC: 2, PDT: 1, ERP: 1, UCM: 1, UCS: 2 }
const SERVICE = /^(UN[ABGHTEZ]|CNT|AUT|UNS)$/

/** How deep each segment of a message stands in its tree: 0 for what stands alone. For showing only; order is not judged. */
export function segmentDepths(tape: Tape): Uint8Array {
  const depths = new Uint8Array(tape.segments)
  let pnrgov = false
  let open = ''
  for (let segment = 0; segment < tape.segments; segment++) {
    const tag = tape.tag(segment)
    if (SERVICE.test(tag)) {
      if (tag === 'UNH') pnrgov = tape.text(segment, 2) === 'PNRGOV'
      open = ''
      continue
    }
    const groups = pnrgov ? PNRGOV : PAXLST
    if (opens(tag, open, pnrgov)) open = tag
    depths[segment] = open === '' ? 0 : (groups[open] ?? 0) + (open === tag ? 0 : 1)
  }
  return depths
}

/** Before the first PNR nothing opens a group; inside check-in and history, names and flights belong to what they stand in. */
function opens(tag: string, open: string, pnrgov: boolean): boolean {
  if (!pnrgov) return PAXLST[tag] !== undefined
  if (open === '') return tag === 'SRC'
  if (open === 'SAC' || open === 'MSG')
    return PNRGOV[tag] !== undefined && tag !== 'TVL' && !(tag === 'TIF' && open === 'SAC')
  return PNRGOV[tag] !== undefined && !(tag === 'TIF' && open === 'TRI')
}

/** How deep each row of a document lies, by the tags that open and close before it. */
export function markupDepths(layout: Layout): Uint8Array {
  const depths = new Uint8Array(layout.rows)
  let open = 0
  for (let row = 0; row < layout.rows; row++) {
    depths[row] = Math.min(open, MOST)
    for (const [tag] of lineOf(layout.show(row)).matchAll(TAG)) {
      if (tag.startsWith('</')) open = Math.max(0, open - 1)
      else if (!tag.endsWith('/>')) open += 1
    }
  }
  return depths
}

/** Deeper rows are not drawn further in. */
const MOST = 20
const TAG = /<\/?[A-Za-z_][^<>]*>/g
