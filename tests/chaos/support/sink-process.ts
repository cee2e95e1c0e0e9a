import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { programOf } from '../../support/runs/programs'
import type { SinkEvent } from '../sink/journal'
import type { FromSink, ToSink } from '../sink/main'
import type { Rule } from '../sink/rules'

/** Everything the server wrote down, by kind. */
export type Seen = { [E in SinkEvent['e']]: Extract<SinkEvent, { e: E }>[] }

export type SinkProcess = {
  port: number
  seed: number
  /** Mails accepted so far, a few milliseconds old. */
  accepted(): number
  /** Resolves once so many are accepted; fails when sending stands still. */
  untilAccepted(count: number): Promise<void>
  tell(message: ToSink): void
  follow(rules: readonly Rule[]): void
  /** Events it has recorded; complete once no client is connected. */
  read(): Seen
  close(): Promise<void>
}

// Longer than any wait between two emails of a send: for the next tick, and until a dead worker is missed.
const STANDSTILL_MS = 200_000

/** Starts the SMTP server of `tests/chaos/sink`. Its journal lies in a temporary folder that goes with it. */
export async function startSinkProcess(seed: number): Promise<SinkProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'leadnexconnect-sink-'))
  const path = join(folder, 'journal.jsonl')
  const { execArgv, file } = programOf('tests/chaos/sink/main.ts')
  const child = spawn(process.execPath, [...execArgv, file, path, String(seed)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let accepted = 0
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The SMTP sink ended before it was ready')))
    child.on('message', (message: FromSink) => {
      if ('port' in message) resolve(message.port)
      else accepted = message.accepted
    })
  })
  const tell = (message: ToSink) => void child.send(message)
  return {
    port,
    seed,
    accepted: () => accepted,
    untilAccepted: async (count) => {
      let known = accepted
      for (let until = performance.now() + STANDSTILL_MS; accepted < count; await sleep(2)) {
        if (accepted > known) until = performance.now() + STANDSTILL_MS
        known = accepted
        if (performance.now() < until) continue
        throw new Error(
          `No email left for ${STANDSTILL_MS / 1000} s: ${accepted} are accepted, ${count} were waited for`,
        )
      }
    },
    tell,
    follow: (rules) => tell({ rules }),
    read: () => readJournal(path),
    close: async () => {
      await end(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function readJournal(path: string): Seen {
  const seen: Seen = { connect: [], login: [], mail: [], rcpt: [], message: [], accepted: [] }
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue
    const event = JSON.parse(line) as SinkEvent
    ;(seen[event.e] as SinkEvent[]).push(event)
  }
  return seen
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
