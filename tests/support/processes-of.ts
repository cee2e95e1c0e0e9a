import { execFileSync } from 'node:child_process'

/** A process with all that it has started, itself first. */
export function childrenOf(pid: number): number[] {
  const parents = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const found = [pid]
  for (const parent of found) for (const [child, its] of parents) if (its === parent && child) found.push(child)
  return found
}
