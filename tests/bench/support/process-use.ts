import { readdirSync, readFileSync } from 'node:fs'

// Linux counts processor time in ticks of 10 ms.
const TICKS_PER_SECOND = 100

/** Fields of a process from the third on, after its name, which may hold anything. */
function statOf(pid: number | string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

const parentIn = (stat: string[]) => Number(stat[1])
const ownIn = (stat: string[]) => (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND
const endedChildrenIn = (stat: string[]) => (Number(stat[13]) + Number(stat[14])) / TICKS_PER_SECOND

/** Processor seconds that a process has used so far, its own and the kernel's for it. */
export const cpuSeconds = (pid: number): number => ownIn(statOf(pid))

/** Processor seconds of a process with all of its children, those that have ended included: of a whole PostgreSQL server. */
export function cpuSecondsOfFamily(pid: number): number {
  // Children first: one that ends between the two is counted twice, never lost.
  const children = processes()
    .filter((stat) => parentIn(stat) === pid)
    .map(ownIn)
  const parent = statOf(pid)
  return children.reduce((sum, own) => sum + own, ownIn(parent) + endedChildrenIn(parent))
}

function processes(): string[][] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [statOf(pid)]
      } catch {
        // Ended since the folder was read.
        return []
      }
    })
}

/** The process that has started this one. */
export const parentOf = (pid: number): number => parentIn(statOf(pid))

/** Processor seconds between two readings; less than a tick cannot be told from one. */
export const cpuBetween = (before: number, after: number): number => Math.max(after - before, 1 / TICKS_PER_SECOND)

/** The most memory that a process has held so far, in MiB. */
export function peakMemory(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024
}
