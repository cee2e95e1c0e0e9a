import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureBuild } from '../../../scripts/lib/app/build'
import { FROM_SOURCES } from '../../../scripts/lib/app/node-args'
import { createOutput } from '../../../scripts/lib/output'
import { freePort } from '../../../scripts/lib/ports'
import { INSTALLATION } from '../../support/worker-process'
import type { FromWeb, ToWeb } from '../web/preload'
import type { Stall } from '../web/stalls'

/** The web process as `npm start` runs it, or its routes alone, where no build is at hand. */
export type WebKind = 'app' | 'routes'

export type WebProcess = {
  url: string
  /** It serves the pages too. */
  hasPages: boolean
  /** Longest time in which nothing else could run in it since this was asked last. */
  longestStall(): Promise<Stall>
  /** Of the owner. */
  password: string
  /** Makes the owner, as the page that the terminal names does. */
  signUp(): Promise<WebSession>
  signIn(): Promise<WebSession>
  /** False once it has ended, by itself. */
  runs(): boolean
  /** All that it wrote. */
  output(): string
  close(): Promise<void>
}

/** A person who is signed in. */
export type WebSession = {
  /** Header of each request. */
  readonly cookie: string
  /** Signs in anew. */
  renew(): Promise<void>
}

const OWNER_CODE = '7KMR-Q2XD-9TBW'

const OWNER = { name: 'Mira', email: 'mira@owner.example', password: 'a few words that only she has', code: OWNER_CODE }
const START_MS = 120_000

/** Starts a web process on a database and a port of its own, kept on loopback; resolves when it answers. */
export async function startWebProcess(
  kind: WebKind,
  { url: databaseUrl, smtpPort, env = {} }: { url: string; smtpPort: number; env?: Record<string, string> },
): Promise<WebProcess> {
  if (kind === 'app') await ensureBuild(createOutput(process.stderr))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const dataDir = mkdtempSync(join(tmpdir(), 'leadnexconnect-web-'))
  const args = [...FROM_SOURCES.web.slice(0, -1), '--import', './tests/chaos/web/preload.ts']
  const child = spawn(process.execPath, [...args, kind === 'app' ? 'web/main.ts' : 'tests/chaos/web/main.ts'], {
    env: {
      ...INSTALLATION,
      PATH: process.env.PATH,
      NODE_ENV: kind === 'app' ? 'production' : 'test',
      NEXT_TELEMETRY_DISABLED: '1',
      DATABASE_URL: databaseUrl,
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      DATA_DIR: dataDir,
      PORT: String(port),
      APP_URL: url,
      OWNER_CODE,
      // Whoever asks may say from where: limits by address must not stop a run.
      TRUSTED_PROXIES: '127.0.0.1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const pieces: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece: Buffer) => pieces.push(piece.toString()))
  let running = true
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running = false
      resolve()
    })
  })
  const output = () => pieces.join('')
  const close = async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
  let questions = 0
  const longestStall = () =>
    new Promise<Stall>((resolve, reject) => {
      const ask = questions++
      const hear = ({ asked, stall }: FromWeb) => {
        if (asked !== ask) return
        child.off('message', hear)
        resolve(stall)
      }
      ended.then(() => reject(new Error(`The web process has ended:\n${output()}`)))
      child.on('message', hear)
      child.send({ ask } satisfies ToWeb)
    })
  try {
    await untilItAnswers(url, () => running, output)
  } catch (error) {
    await close()
    throw error
  }
  // What it did before it answered counts for nothing.
  await longestStall()
  return {
    url,
    hasPages: kind === 'app',
    password: OWNER.password,
    longestStall,
    signUp: () => enterAt(url, 'sign-up/email'),
    signIn: () => enterAt(url, 'sign-in/email'),
    runs: () => running,
    output,
    close,
  }
}

async function untilItAnswers(url: string, running: () => boolean, output: () => string): Promise<void> {
  for (const until = performance.now() + START_MS; running() && performance.now() < until; await sleep(50)) {
    const answer = await fetch(`${url}/api/health`).catch(() => null)
    if (answer) return
  }
  throw new Error(`The web process did not start:\n${output()}`)
}

async function enterAt(url: string, first: 'sign-up/email' | 'sign-in/email'): Promise<WebSession> {
  const enter = async (path: string) => {
    const answer = await fetch(`${url}/api/auth/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: url,
        'x-forwarded-for': `10.255.0.${Math.ceil(Math.random() * 250)}`,
      },
      body: JSON.stringify(OWNER),
    })
    if (!answer.ok) throw new Error(`${path} was refused: ${await answer.text()}`)
    return answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
  }
  let cookie = await enter(first)
  return {
    get cookie() {
      return cookie
    },
    renew: async () => {
      cookie = await enter('sign-in/email')
    },
  }
}
