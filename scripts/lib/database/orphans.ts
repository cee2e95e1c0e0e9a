import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../problem'
import { commandOf, isAlive, processesIn, signal, waitForEnd } from '../processes'

/** A server whose supervisor was killed still holds the folder; it is shut down so that a new one can take over. */
export async function stopOrphan(cluster: string, log: (line: string) => void): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  const ours = pid > 0 && isAlive(pid) && commandOf(pid).includes(cluster)
  // The number may belong to a stranger by now; the server would then refuse to start because of it.
  if (!ours) return rmSync(pidFile, { force: true })
  log(`stopping a PostgreSQL server left over in ${cluster} (pid ${pid})`)
  signal(pid, 'SIGINT')
  if (await waitForEnd(pid, 15_000)) return
  signal(pid, 'SIGQUIT')
  if (await waitForEnd(pid, 5_000)) return
  throw new Problem(
    `A PostgreSQL server (pid ${pid}) still holds ${cluster} and does not stop. Stop it, then try again.`,
  )
}

/**
 * Ends the sessions of a server that was killed. Each holds the shared memory until it notices, which one that computes
 * does only at its end, and no new server starts before. Where there is no /proc they are left to notice by themselves.
 */
export async function endOrphanSessions(cluster: string, log: (line: string) => void): Promise<void> {
  const sessions = (existsSync(cluster) ? processesIn(realpathSync(cluster)) : []).filter((pid) =>
    /^postgres\b/.test(commandOf(pid)),
  )
  if (sessions.length === 0) return
  log(`ending ${sessions.length} sessions left over in ${cluster}`)
  for (const pid of sessions) signal(pid, 'SIGQUIT')
  const ended = await Promise.all(sessions.map((pid) => waitForEnd(pid, 5_000)))
  for (const [index, pid] of sessions.entries()) if (!ended[index]) signal(pid, 'SIGKILL')
}
