import { type ChildProcess, spawn } from 'node:child_process'
import { WORKER_FLAGS } from '../../scripts/lib/app/node-args'
import { programOf } from './runs/programs'

export type WorkerProcess = {
  process: ChildProcess
  /** Rejects when it ends before it is ready. */
  ready: Promise<void>
  /** The exit code, or null when a signal ended it. */
  ended: Promise<number | null>
  kill(): Promise<void>
  stop(): Promise<void>
  /** The last 200,000 characters of its output. */
  output(): string
}

const LONGEST_OUTPUT = 200_000

/** Variables of every process of a test's installation. */
export const INSTALLATION = {
  SANDBOX_INBOX: 'true',
  AUTH_SECRET: 'a-secret-for-tests-that-is-long-enough',
  ENCRYPTION_KEY: '0123456789abcdef'.repeat(4),
  ALLOW_PRIVATE_MAIL_HOSTS: 'true',
  LOG_LEVEL: 'info',
}

/** Further variables, and modules to load before the worker. */
export type WorkerOptions = { env?: Record<string, string>; imports?: readonly string[] }

/** A real worker process, as `npm run worker` starts it but for its bundle; resolves when it is ready. */
export async function startWorker(
  url: string,
  sink: { port: number },
  options: WorkerOptions = {},
): Promise<WorkerProcess> {
  const worker = launchWorker(url, sink, options)
  await worker.ready
  return worker
}

/** The same, without waiting. */
export function launchWorker(
  url: string,
  { port }: { port: number },
  { env = {}, imports = [] }: WorkerOptions = {},
): WorkerProcess {
  const preloaded = imports.flatMap((module) => ['--import', module])
  const { execArgv, file } = programOf('worker/main.ts')
  const child = spawn(process.execPath, [...preloaded, ...WORKER_FLAGS, ...execArgv, file], {
    env: {
      ...INSTALLATION,
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      DATABASE_URL: url,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      APP_URL: 'http://localhost:3000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ready = new Promise<void>((resolve, reject) => {
    let heard = false
    const hear = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-LONGEST_OUTPUT)
      heard ||= output.includes('worker ready')
      if (heard) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`The worker ended before it was ready:\n${output}`)))
  })
  // A test that kills the worker need not handle this.
  ready.catch(() => undefined)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return { process: child, ready, ended, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), output: () => output }
}

/** Repeats `check` until it returns a truthy value; fails loudly after `ms`. */
export async function eventually<T>(check: () => Promise<T> | T, what: string, ms = 150_000): Promise<NonNullable<T>> {
  const endBy = performance.now() + ms
  for (;;) {
    const answer = await check()
    if (answer) return answer as NonNullable<T>
    if (performance.now() > endBy) throw new Error(`Waited ${ms / 1000} s in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
