import type { Officer } from '#domain/officer.ts'
import type { Rule } from '#domain/rule.ts'
import { sentence } from '#screening/rules/sentence.ts'
import { agencyView, allAgencies, userNames } from '#store/agencies.ts'
import { asOfficer, backToWork } from '#store/db.ts'
import { listRescreens, listRules } from '#store/rules.ts'
import { actorOf, type SightDeps } from './sight.ts'

/** The rules of the officer's agency, each as a sentence. */
export async function showRules(officer: Officer, { db }: SightDeps) {
  return asOfficer(db, actorOf(officer), async (tx) => {
    const rows = await listRules(tx)
    const agencies = await allAgencies(tx)
    await backToWork(tx)
    const names = await userNames(
      tx,
      rows.map((row) => row.paused_by),
    )
    return rows.map((row) => {
      const rule = row.content as Rule
      const pausedBy = row.paused_by ? (names.get(row.paused_by) ?? row.paused_by) : undefined
      return {
        id: row.id,
        version: row.version,
        title: rule.title,
        owner: agencyView(agencies, row.owner),
        sentence: { en: sentence(rule.when, 'en'), az: sentence(rule.when, 'az') },
        severity: rule.severity,
        action: rule.action,
        state: row.state,
        purpose: rule.purpose,
        hits: Number(row.hits ?? 0),
        ...(pausedBy && { pausedBy }),
      }
    })
  })
}

/** What changes of lists and rules set going, newest first. */
export async function showRescreens(officer: Officer, { db }: SightDeps) {
  const rows = await asOfficer(db, actorOf(officer), listRescreens)
  return rows.map((row) => ({
    id: row.id,
    cause: row.cause,
    startedAt: row.started_at,
    ...(row.finished_at && { finishedAt: row.finished_at }),
    done: row.done,
    total: row.total,
    hitsRaised: row.hits_raised,
  }))
}
