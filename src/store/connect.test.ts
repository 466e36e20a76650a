import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { Client, serversOf } from './connect.ts'

test.each([
  ['postgres://u:p@one:5432/db', ['postgres://u:p@one:5432/db']],
  ['postgres://u:p@one:5432,two:5433/db', ['postgres://u:p@one:5432/db', 'postgres://u:p@two:5433/db']],
  [
    'postgresql://one,two,three/db?target_session_attrs=read-write&sslmode=verify-full',
    ['one', 'two', 'three'].map((host) => `postgresql://${host}/db?sslmode=verify-full`),
  ],
  [
    'postgres://u:p,q@one/db?target_session_attrs=read-write',
    ['postgres://u:p,q@one/db?target_session_attrs=read-write'],
  ],
  ['postgres://one,two/db?target_session_attrs=read-write', ['postgres://one/db', 'postgres://two/db']],
])('%s names these servers', (url, servers) => {
  expect(serversOf(url)).toEqual(servers)
})

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** The server of this run, named behind one that hangs up on everybody. */
async function withDeafServer(work: (url: string) => Promise<void>): Promise<void> {
  const {
    host,
    port,
    user = '',
    password = '',
    database = '',
  } = new pg.Client({ connectionString: inject('databaseServer') })
  const deaf = createServer((socket) => socket.destroy())
  const door = createServer((socket) => {
    const to = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    for (const one of [socket, to]) one.on('error', () => undefined)
    socket.pipe(to).pipe(socket)
  })
  try {
    const hosts = `127.0.0.1:${await portOf(deaf)},127.0.0.1:${await portOf(door)}`
    await work(
      `postgres://${user}:${encodeURIComponent(password)}@${hosts}/${database}?target_session_attrs=read-write`,
    )
  } finally {
    deaf.close()
    door.close()
  }
}

test('a connection goes to the server that takes writes, wherever it stands in the address', () =>
  withDeafServer(async (url) => {
    const client = new Client({ connectionString: url, application_name: 'preclear test run' })
    await client.connect()
    expect((await client.query('select pg_is_in_recovery() as replica')).rows).toEqual([{ replica: false }])
    await client.end()
  }))

test('where none takes writes, that is said without the address', async () => {
  const client = new Client({ connectionString: 'postgres://u:secret@127.0.0.1:1,127.0.0.1:2/db' })
  await expect(client.connect()).rejects.toThrow(/^none of the servers of DATABASE_URL takes writes$/)
})
