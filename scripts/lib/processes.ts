import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Whether a process with this id exists, ours or another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  // A zombie has ended; only its parent has not collected it yet.
  return !/^State:\s+Z/m.test(read(`/proc/${pid}/status`) ?? '')
}

/** Command line of a process, words separated by blanks; empty when it is gone or cannot be read. */
export function commandOf(pid: number): string {
  const line = read(`/proc/${pid}/cmdline`)
  return line === undefined ? ps(pid, 'command=') : line.replaceAll('\0', ' ').trim()
}

/**
 * When the process started, as a text that only serves to be compared: with the id it names one process for good,
 * also after the id has been given to another one. Empty when it is gone.
 */
export function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`)
  // The name in field 2 may hold blanks and brackets; the start time is the 20th field after it.
  if (stat !== undefined) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return ps(pid, 'lstart=')
}

/** Ids of the processes whose working directory is this folder; none where there is no /proc. */
export function processesIn(folder: string): number[] {
  const ids = process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []
  return ids.map(Number).filter((pid) => workingDirectoryOf(pid) === folder)
}

function workingDirectoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    // It is gone, or another user's.
    return undefined
  }
}

/** Waits until the process is gone; `false` when it still runs after `ms`. */
export async function waitForEnd(pid: number, ms: number): Promise<boolean> {
  for (const until = Date.now() + ms; Date.now() < until; await sleep(50)) if (!isAlive(pid)) return true
  return !isAlive(pid)
}

/** Sends a signal; a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

// Only where there is no /proc.
function ps(pid: number, field: string): string {
  if (process.platform === 'linux') return ''
  try {
    return execFileSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}
