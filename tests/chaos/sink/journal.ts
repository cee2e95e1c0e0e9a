import { open } from 'node:fs/promises'

/**
 * Events that the server saw, with the time of the machine's monotonic clock, which all processes share, in
 * milliseconds.
 */
export type SinkEvent =
  | { e: 'connect' | 'login'; t: number }
  /** MAIL FROM. `campaign`: the campaign's status, read from the database before the reply to it. */
  | { e: 'mail'; t: number; campaign?: string }
  /** RCPT TO. `begun`: when its MAIL FROM came, and what the database said before the reply to that. */
  | { e: 'rcpt'; t: number; to: string; begun?: { t: number } & Witnessed }
  /** The whole message was received; `rule` names what was done instead of accepting it. */
  | { e: 'message'; t: number; to: string; id: string; head?: string }
  | { e: 'accepted'; t: number; to: string; id: string }

/** A moment of the database: the campaign's status, and which transactions had committed, as a `pg_snapshot`. */
export type Witnessed = { campaign: string; snapshot: string }

export type Journal = {
  note(event: SinkEvent): void
  /** Resolves once the event, and all before it, are on the disk. */
  keep(event: SinkEvent): Promise<void>
}

/** One line an event. Events that arrive while the disk is busy share the next write. */
export async function openJournal(path: string): Promise<Journal> {
  const file = await open(path, 'a')
  let lines: string[] = []
  let waiting: (() => void)[] = []
  let busy = false
  const flush = async () => {
    if (busy) return
    busy = true
    while (lines.length > 0) {
      const text = lines.join('')
      const kept = waiting
      lines = []
      waiting = []
      await file.appendFile(text)
      if (kept.length > 0) await file.datasync()
      for (const resolve of kept) resolve()
    }
    busy = false
  }
  const note = (event: SinkEvent) => {
    lines.push(`${JSON.stringify(event)}\n`)
    setImmediate(() => void flush())
  }
  return {
    note,
    keep: (event) =>
      new Promise((resolve) => {
        waiting.push(resolve)
        note(event)
      }),
  }
}

/** The machine's monotonic clock: the same for every process on it. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000
