// A NATS server for the tests of the queue: the one that is there, or Debian's package, fetched once.
import { fail, runQuietly } from './launch.mjs'

export async function ensureNats(node) {
  const script = `
    import { findNatsServer, natsServer } from './src/queue/testing/nats-server.ts'
    if (!findNatsServer()) console.log('fetched')
    await natsServer().catch((problem) => { console.error(problem.message); process.exitCode = 1 })`
  const env = { ...process.env, NODE_USE_ENV_PROXY: '1' }
  const { code, output } = await runQuietly(node, ['--input-type=module', '--eval', script], { env })
  if (code !== 0) fail('there is no NATS server for the tests of the queue.', output.replace(/^fetched\s*/, ''))
  if (output === 'fetched') process.stderr.write('Fetched nats-server for the tests of the queue (once).\n')
}
