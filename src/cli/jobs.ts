import { Command } from 'commander'
import { byOperator, changeJob, type JobMove } from '#flows/jobs.ts'
import { type Job, jobChanges, listJobs } from '#store/jobs.ts'
import { operator, sure } from './operator.ts'
import { withDatabase } from './site-database.ts'

const MOST = 100
const MOST_CHANGES = 100_000

/** Exit codes: 0 done; 1 the job is not in a state for it; 2 the command was used wrongly. */
export function command(): Command {
  const all = new Command('jobs').description(
    'work that goes through the archive: how far it is, pause, resume, cancel',
  )
  all
    .command('list', { isDefault: true })
    .description('the newest first')
    .option('--json', 'one object a line', false)
    .action(({ json }: { json: boolean }) =>
      withDatabase(async (db) => {
        for (const job of await listJobs(db, MOST))
          process.stdout.write(`${json ? JSON.stringify(job) : inOneLine(job)}\n`)
      }),
    )
  all
    .command('changes <id>')
    .description('messages that were read otherwise: travellers and PNRs that change, findings before and after')
    .action((id: string) =>
      withDatabase(async (db) => {
        for (const one of await jobChanges(db, id, MOST_CHANGES))
          process.stdout.write(
            `${one.transmission}  ${one.travellers} travellers, ${one.pnrs} PNRs, findings ${one.findings_before} → ${one.findings_after}\n`,
          )
      }),
    )
  const moves = {
    pause: 'stop after the step that is under way',
    resume: 'go on where it stopped',
    cancel: 'stop for good; what was applied stays',
  } as const satisfies Readonly<Record<JobMove, string>>
  for (const move of ['pause', 'resume', 'cancel'] as const)
    all
      .command(`${move} <ids...>`)
      .description(moves[move])
      .action((ids: string[]) =>
        withDatabase(async (db) => {
          for (const id of ids) sure(await changeJob(db, id, move, byOperator(operator())))
        }),
      )
  return all
}

const inOneLine = ({ id, state, question, done, total, changed, unreadable, cause }: Job): string =>
  `${id}  ${state.padEnd(9)} ${done} of ${total}, ${changed} ${question.apply ? 'changed' : 'would change'}${unreadable > 0 ? `, ${unreadable} unreadable` : ''}${cause ? `  ${cause}` : ''}`
