import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../problem'
import { isAlive, startOf } from '../processes'

/** Process that runs the app in a data folder, and the facts that a further process needs to join it. */
export type Holder = {
  pid: number
  started: string
  url?: string
  /** Its database is the embedded one of this folder; else it is that of DATABASE_URL, which is not written down. */
  embedded?: boolean
  /** Where its sandbox inbox listens, if it has one. */
  sandboxUrl?: string
  /** Where its sample data sources listen, if it has them. */
  sourcesPort?: number
  clock?: { start: string; speed: number }
}

export type Lock = {
  /** Adds what became known since, for processes that join. */
  update(known: Partial<Holder>): void
  release(): void
}

/**
 * Claims a data folder for this process. Throws a Problem when a living process holds it; a lock whose process is gone
 * (killed, or the machine went down) is taken over, with a line to `log`.
 */
export function takeLock(dataDir: string, log: (line: string) => void): Lock {
  const path = join(dataDir, 'lock')
  let mine: Holder = { pid: process.pid, started: startOf(process.pid) }
  if (!create(path, mine)) {
    const holder = readHolder(dataDir)
    if (holder && isRunning(holder)) {
      throw new Problem(
        `LeadNexConnect is already running (pid ${holder.pid}${holder.url ? `, ${holder.url}` : ''}). ` +
          'Nothing was started. Use that one, or stop it with Ctrl-C first.',
      )
    }
    log(`taking over a stale lock${holder ? ` (pid ${holder.pid} is gone)` : ''}`)
    rmSync(path, { force: true })
    if (!create(path, mine)) throw new Problem(`Another start took ${path} at the same moment. Nothing was started.`)
  }
  return {
    update: (known) => {
      mine = { ...mine, ...known }
      writeFileSync(path, JSON.stringify(mine), { mode: 0o600 })
    },
    release: () => {
      if (readHolder(dataDir)?.pid === process.pid) rmSync(path, { force: true })
    },
  }
}

/** The living process that runs the app in this data folder, if there is one. */
export function runningHolder(dataDir: string): Holder | undefined {
  const holder = readHolder(dataDir)
  return holder && isRunning(holder) ? holder : undefined
}

// The number of a process is given again to others; together with its start time it is not.
const isRunning = ({ pid, started }: Holder) => isAlive(pid) && (started === '' || startOf(pid) === started)

function create(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readHolder(dataDir: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8'))
    return typeof holder.pid === 'number' ? holder : undefined
  } catch {
    return undefined
  }
}
