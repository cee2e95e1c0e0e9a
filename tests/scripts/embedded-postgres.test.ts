import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type PostgresOptions,
  type PostgresServer,
  startEmbeddedPostgres,
} from '../../scripts/lib/database/embedded-postgres'
import { isAlive, waitForEnd } from '../../scripts/lib/processes'

// Only for what hangs.
const PATIENCE_MS = 150_000

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postgres-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const said: string[] = []
const start = (options: Partial<PostgresOptions> = {}) =>
  startEmbeddedPostgres({ dataDir: folder, throwaway: true, log: (line) => said.push(line), ...options })

async function ask(server: PostgresServer, sql: string): Promise<Record<string, unknown> | undefined> {
  const client = new Client({ connectionString: server.urlOf('postgres') })
  await client.connect()
  try {
    return (await client.query(sql)).rows[0]
  } finally {
    await client.end()
  }
}

it('keeps its data and its port from start to start, and speaks UTF-8 and UTC', async () => {
  const first = await start()
  await ask(first, "CREATE TABLE kept AS SELECT 'Zoë 日本' AS name")
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)
  const second = await start()
  expect(second.port).toBe(first.port)
  expect(await ask(second, "SELECT name, upper(name) AS upper, current_setting('timezone') AS zone FROM kept")).toEqual(
    {
      name: 'Zoë 日本',
      upper: 'ZOË 日本',
      zone: 'UTC',
    },
  )
  await second.stop()
})

it('listens on this machine alone, and keeps its password from other users', async () => {
  const server = await start()
  expect(await ask(server, 'SHOW listen_addresses')).toEqual({ listen_addresses: '127.0.0.1' })
  expect(statSync(join(folder, 'postgres.json')).mode & 0o777).toBe(0o600)
  const wrong = new Client({ connectionString: server.urlOf('postgres').replace(/:[0-9a-f]+@/, ':guess@') })
  await expect(wrong.connect()).rejects.toThrow('password authentication failed')
  await server.stop()
})

it('moves to another port when its own was taken meanwhile', async () => {
  const { port } = JSON.parse(readFileSync(join(folder, 'postgres.json'), 'utf8'))
  const other = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const server = await start()
  expect(server.port).not.toBe(port)
  await server.stop()
  other.close()
})

it('is killed when it hangs, and keeps what it had', async () => {
  const hanging = await start({ limits: { readyMs: 120_000, stopMs: 200 } })
  process.kill(hanging.pid, 'SIGSTOP')
  // Nobody else hears of it, should it go on to hang.
  const ended = await Promise.race([
    hanging.stop().then(() => 'ended'),
    sleep(PATIENCE_MS, 'still there', { ref: false }),
  ])
  if (ended !== 'ended') process.kill(hanging.pid, 'SIGKILL')
  expect(ended).toBe('ended')
  const next = await start()
  expect(await ask(next, 'SELECT name FROM kept')).toEqual({ name: 'Zoë 日本' })
  await next.stop()
})

it('stops with its supervisor, also when that is killed', async () => {
  const { server } = await startInProcess()
  process.kill(server.supervisor, 'SIGKILL')
  expect(await waitForEnd(server.pid, PATIENCE_MS)).toBe(true)
})

it('takes the place of a server left over from a killed supervisor, and says so', async () => {
  // Without setpriv nothing tells the server that its supervisor is gone.
  const tools = join(folder, 'tools')
  mkdirSync(tools)
  for (const name of ['unshare', 'true']) symlinkSync(`/usr/bin/${name}`, join(tools, name))
  const { server } = await startInProcess({ PATH: tools })
  process.kill(server.supervisor, 'SIGKILL')
  expect(await waitForEnd(server.supervisor, PATIENCE_MS)).toBe(true)
  expect(isAlive(server.pid)).toBe(true)
  const next = await start()
  expect(said.join('\n')).toContain(
    `stopping a PostgreSQL server left over in ${join(folder, 'postgres')} (pid ${server.pid})`,
  )
  expect(isAlive(server.pid)).toBe(false)
  expect(await ask(next, 'SELECT name FROM kept')).toEqual({ name: 'Zoë 日本' })
  await next.stop()
})

it('is waited for as long as it recovers, and ended in the midst of that by nobody', async () => {
  writeFileSync(join(folder, 'postgres', 'recovery.signal'), '')
  // It asks for further parts of its log, and gets none after a while, several times over.
  const settings = { restore_command: 'sleep 3; false', hot_standby: 'off' }
  const starting = start({ settings, limits: { readyMs: 6_000, stopMs: 20_000 } })
  await expect(starting).resolves.toHaveProperty('pid')
  const server = await starting
  expect(await ask(server, 'SELECT name, pg_is_in_recovery() AS recovers FROM kept')).toEqual({
    name: 'Zoë 日本',
    recovers: false,
  })
  await server.stop()
})

/** The server under a supervisor that a test can kill. */
async function startInProcess(env: Record<string, string> = {}) {
  const module = new URL('../../scripts/lib/database/embedded-postgres.ts', import.meta.url).href
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)})
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(folder)}, log: () => {} })
    console.log(server.pid)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pid = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(Number(chunk)))
    child.once('exit', () => reject(new Error('the supervisor ended')))
  })
  return { server: { pid, supervisor: child.pid as number } }
}
