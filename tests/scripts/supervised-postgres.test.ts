import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { superviseEmbeddedPostgres } from '../../scripts/lib/database/supervised-postgres'

type Server = Awaited<ReturnType<typeof superviseEmbeddedPostgres>>
let folder: string
let server: Server
let said: string[]
let heard: (() => void)[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  said = []
  heard = []
  server = await superviseEmbeddedPostgres({
    dataDir: folder,
    throwaway: true,
    log: (line) => {
      said.push(line)
      for (const look of heard) look()
    },
  })
})
afterEach(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

/** Resolves when so many lines that match were logged. */
const logged = (pattern: RegExp, times = 1) =>
  new Promise<void>((resolve) => {
    const look = () => said.filter((line) => pattern.test(line)).length >= times && resolve()
    heard.push(look)
    look()
  })

async function connected<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: server.urlOf('postgres') })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Kills the server with a session that notices nothing until its sum is done, which is never in the time of a test. */
async function killWhileASessionComputes(): Promise<void> {
  const session = new Client({ connectionString: server.urlOf('postgres') })
  session.on('error', () => undefined)
  await session.connect()
  const computing = session.query('SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 1000000) b')
  computing.catch(() => undefined)
  await connected(async (client) => {
    const busy = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series(1, 1000000) b'"
    const others = `${busy} AND pid <> pg_backend_pid()`
    while ((await client.query(others)).rowCount === 0);
  })
  process.kill(server.pid, 'SIGKILL')
  await session.end().catch(() => undefined)
}

it('runs again on the same port with its data, each time it is killed while a session computes', async () => {
  const { port } = server
  await connected((client) => client.query('CREATE TABLE kept AS SELECT 42 AS answer'))
  for (const times of [1, 2, 3]) {
    await killWhileASessionComputes()
    await logged(/^(runs again$|cannot be started again)/, times)
    expect(said.filter((line) => line.startsWith('cannot'))).toEqual([])
    expect(server.port).toBe(port)
    expect((await connected((client) => client.query('SELECT answer FROM kept'))).rows).toEqual([{ answer: 42 }])
  }
  expect(said.filter((line) => line.startsWith('ended unexpectedly'))).toHaveLength(3)
})

it('tries again until what kept it from starting is gone', async () => {
  const part = join(folder, 'postgres', 'global', 'pg_control')
  renameSync(part, `${part}.away`)
  process.kill(server.pid, 'SIGKILL')
  await logged(/^cannot be started again: .*Trying again in/s, 2)
  renameSync(`${part}.away`, part)
  await logged(/^runs again$/)
  expect((await connected((client) => client.query('SELECT 1 AS one'))).rows).toEqual([{ one: 1 }])
})

it('stays stopped when it is stopped between two tries', async () => {
  const part = join(folder, 'postgres', 'global', 'pg_control')
  renameSync(part, `${part}.away`)
  process.kill(server.pid, 'SIGKILL')
  await logged(/^cannot be started again/)
  await server.stop()
  renameSync(`${part}.away`, part)
  await expect(connected((client) => client.query('SELECT 1'))).rejects.toThrow('ECONNREFUSED')
  expect(said).not.toContain('runs again')
})
