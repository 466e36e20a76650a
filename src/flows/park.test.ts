import { expect, test } from 'vitest'
import { testDatabase } from '#store/testing/database.ts'
import { retrying } from './park.ts'
import { intakeOn } from './testing/intake.ts'

const { db } = await testDatabase()
const deps = await intakeOn(db)
const two = [{ id: '202606-a' }, { id: '202606-b' }]
const coded = (code: string): Error => Object.assign(new Error('of the database'), { code })

/** How often it is tried, and whether it waits for the trouble to pass. */
async function outcomeOf(problem: Error) {
  let tries = 0
  const failing = (): Promise<never> => {
    tries += 1
    return Promise.reject(problem)
  }
  return retrying(deps, two, failing).then(
    () => ({ tries, waits: true }),
    () => ({ tries, waits: false }),
  )
}

test.each([
  ['a full disk', coded('53100')],
  ['a database in recovery', coded('57P03')],
  ['an I/O error', coded('58030')],
  ['a deadlock', coded('40P01')],
  ['a network that is cut', coded('ETIMEDOUT')],
  ['a pipe that is broken', coded('EPIPE')],
  ['no server that takes writes', new Error('none of the servers of DATABASE_URL takes writes')],
  ['a connection that breaks under a query', new Error('Connection terminated unexpectedly')],
])('%s passes: what is archived waits for it', async (_name, problem) => {
  expect(await outcomeOf(problem)).toEqual({ tries: 3, waits: true })
})

test.each([
  ['a value that the database refuses', coded('22P05')],
  ['a wrong call of ours', coded('ERR_INVALID_ARG_TYPE')],
  ['a bug', new TypeError('Cannot read properties of undefined')],
])('%s does not pass: each of several is tried alone', async (_name, problem) => {
  expect(await outcomeOf(problem)).toEqual({ tries: 1, waits: false })
})
