import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { STREAMING_ARGS } from '../../scripts/lib/app/node-args'
import { migrate } from '../../scripts/lib/database/migrations'
import { differingTables, sumTables } from '../support/database/table-sums'
import { programOf } from '../support/runs/programs'
import type { Work } from './support/backup-process'
import { type Benchmark, medianPair } from './support/figures'
import { openHouse } from './support/lists/open-house'

const ROUNDS = 3
const ROUNDS_SMALL = 1
/** What the pause after a restore changes. */
const PAUSED = [
  'invitations',
  ...['campaign_events', 'campaigns', 'restores', 'scheduled_email_count_changes', 'scheduled_emails'],
  ...['notifications', 'password_resets', 'replies', 'sessions', 'verifications', 'worker_heartbeats'],
]

/**
 * A backup of a full house (1,000,000 emails) and its restore, each in a process of its own, against `COPY` of the same tables by one
 * session, in a process as the commands have it: into files, and from them into migrated tables, with their indexes, without triggers and foreign keys. Fails where a
 * table that was restored is not the same.
 */
export const backup: Benchmark = async ({ scale, report, note }) => {
  const house = await openHouse(scale, note)
  const folder = await mkdtemp(join(tmpdir(), 'leadnexconnect-bench-'))
  const restoredUrl = urlOf(house.url, 'restored')
  const fresh = async (name: string) => {
    await house.pool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await house.pool.query(`CREATE DATABASE ${name}`)
  }
  try {
    const rounds: Record<Work['kind'], Done[]> = { backup: [], 'copy-out': [], restore: [], 'copy-in': [] }
    for (let round = 1; round <= (scale < 1 ? ROUNDS_SMALL : ROUNDS); round++) {
      const file = join(folder, `backup-${round}`)
      const measure = async (kind: Work['kind'], url: string) => {
        rounds[kind].push(await inOwnProcess({ kind, url, file, folder }))
        note(`round ${round}: ${kind} ${rounds[kind].at(-1)?.ms.toFixed(0)} ms`)
      }
      await measure('copy-out', house.url)
      await measure('backup', house.url)
      await fresh('copied')
      await migrate(urlOf(house.url, 'copied'))
      await measure('copy-in', urlOf(house.url, 'copied'))
      await fresh('restored')
      await measure('restore', restoredUrl)
      await rm(file)
    }
    const differing = differingTables(await sumTables(house.url), await sumTables(restoredUrl))
    const wrong = differing.filter((name) => !PAUSED.includes(name))
    if (wrong.length > 0) throw new Error(`Not restored as they were: ${wrong.join(', ')}`)
    const rows = rounds.backup[0]?.rows ?? 0
    const rate = ({ ms }: Done) => (1000 * rows) / ms
    const pair = (own: Work['kind'], limit: Work['kind']) => medianPair(rounds[own].map(rate), rounds[limit].map(rate))
    const unit = `rows/s of ${rows}`
    const memory = (kind: Work['kind']) => Math.max(...rounds[kind].map((done) => done.memory))
    report({ name: 'backup', unit, ...pair('backup', 'copy-out') }, { ratio: { atLeast: 0.5 } })
    report({ name: 'restore', unit, ...pair('restore', 'copy-in') }, { ratio: { atLeast: 0.5 } })
    for (const kind of ['backup', 'restore'] as const)
      report(
        { name: `${kind}-memory`, value: memory(kind), unit: 'MiB at most', limit: null },
        { value: { atMost: 200 } },
      )
  } finally {
    for (const name of ['copied', 'restored']) await house.pool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}

type Done = { ms: number; memory: number; rows: number }

async function inOwnProcess(work: Work): Promise<Done> {
  const { execArgv, file } = programOf('tests/bench/support/backup-process.ts')
  const child = fork(file, [JSON.stringify(work)], {
    execArgv: [...STREAMING_ARGS, ...execArgv],
  })
  const [answer] = await once(child, 'message')
  child.disconnect()
  await once(child, 'exit')
  return answer
}

function urlOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
