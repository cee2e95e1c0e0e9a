import { type ChildProcess, spawn } from 'node:child_process'
import { createClock } from '@/clock'
import { createDatabase } from '@/db/client'
import { depsOn, type Engine } from './engine'
import { type SmtpSink, startSmtpSink } from './smtp-sink'
import { createTestDatabase } from './test-database'

export type WorkerProcess = { process: ChildProcess; kill(): Promise<void>; stop(): Promise<void>; output(): string }

/** A real worker process, as `npm run worker` starts it; resolves when it is ready. */
export async function startWorker(url: string, sink: Pick<SmtpSink, 'port'>): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'worker/main.ts'], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      DATABASE_URL: url,
      SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
      SANDBOX_INBOX: 'true',
      APP_URL: 'http://localhost:3000',
      AUTH_SECRET: 'a-secret-for-tests-that-is-long-enough',
      ENCRYPTION_KEY: '0123456789abcdef'.repeat(4),
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('worker ready')) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`The worker ended before it was ready:\n${output}`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return { process: child, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), output: () => output }
}

/** The engine's deps on real time, for tests whose sending is done by worker processes. */
export async function createLiveEngine(): Promise<Engine> {
  const { url, drop } = await createTestDatabase()
  const sink = await startSmtpSink()
  const database = createDatabase(url)
  const clock = await createClock(database.pool)
  const deps = depsOn(database, sink, clock)
  await deps.db.settings.update({ where: { id: 1 }, data: { postalAddress: 'Main Street 1, Berlin' } })
  const testClock = { ...clock, set: unavailable, advance: unavailable, advanceDays: unavailable }
  return {
    url,
    deps,
    db: deps.db,
    clock: testClock,
    sink,
    woken: [],
    work: unavailable,
    close: async () => {
      deps.mailer.close()
      clock.stop()
      await database.close()
      await sink.close()
      await drop()
    },
  }
}

const unavailable = (): never => {
  throw new Error('Time is real here, and workers do the work')
}

/** Asks until `check` answers truthy; fails loudly after `ms`. */
export async function eventually<T>(check: () => Promise<T> | T, what: string, ms = 60_000): Promise<NonNullable<T>> {
  const endBy = performance.now() + ms
  for (;;) {
    const answer = await check()
    if (answer) return answer as NonNullable<T>
    if (performance.now() > endBy) throw new Error(`Waited ${ms / 1000} s in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
