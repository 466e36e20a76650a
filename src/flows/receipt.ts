import { findingView } from './finding-view.ts'
import type { Reply } from './reply.ts'

/** What a sender gets where his message has no answer of its own: which transmission, how it stands, and what was noticed. */
export function receiptOf(reply: Reply) {
  return {
    transmission: reply.transmission,
    state: reply.status,
    duplicate: reply.duplicate,
    travellers: reply.travellers,
    findingCount: reply.findingCount,
    findings: reply.findings.map(findingView),
    ...(reply.cause && { cause: reply.cause }),
  }
}
