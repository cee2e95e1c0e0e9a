import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { WORKER_FLAGS } from '../../../scripts/lib/app/node-args'
import { programOf } from '../../support/runs/programs'
import type { Sent } from './bare/bare-sender'
import { type Bench, ENCRYPTION_KEY } from './bench-deps'
import { cpuBetween, cpuSeconds, cpuSecondsOfFamily, parentOf, peakMemory } from './process-use'
import type { Sink } from './sink-process'

/** `cpu` is of workers and database together. */
export type SentByWorkers = Sent & { cpuOfWorkers: number; cpuOfDatabase: number }

/**
 * A campaign's emails through one worker process a mailbox, as `npm run worker` starts it. Processor time counts from the first
 * MAIL FROM, like the rate, until the campaign is completed: a worker starts once, and then sends for months.
 */
export async function throughWorkers(
  bench: Bench,
  sink: Sink,
  { name, emails, workflowId, mailboxIds }: { name: string; emails: number; workflowId: string; mailboxIds: string[] },
): Promise<SentByWorkers> {
  const batchId = await bench.seed.batch(name, emails)
  const campaignId = await bench.seed.campaign(name, { batchId, workflowId, mailboxIds })
  await startCampaign(bench.deps, { campaignId, by: 'bench' })
  await bench.seed.analyse()
  const server = await serverOf(bench)
  const { begun } = await sink.reset()
  const workers = await Promise.all(mailboxIds.map(() => startWorker(bench.url, sink.port)))
  const used = () => ({
    workers: workers.reduce((sum, { pid }) => sum + cpuSeconds(pid as number), 0),
    database: cpuSecondsOfFamily(server),
  })
  await begun
  const before = used()
  while ((await sink.received()).emails < emails) await sleep(100)
  await untilCompleted(bench, campaignId)
  const after = used()
  const memory = Math.max(...workers.map(({ pid }) => peakMemory(pid as number)))
  await Promise.all(workers.map(stop))
  const cpuOfWorkers = cpuBetween(before.workers, after.workers)
  const cpuOfDatabase = cpuBetween(before.database, after.database)
  return { ...(await sink.received()), cpu: cpuOfWorkers + cpuOfDatabase, cpuOfWorkers, cpuOfDatabase, memory }
}

/** The process whose children all others of the database's server are. */
async function serverOf({ pool }: Bench): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return parentOf(rows[0]?.pid as number)
}

async function untilCompleted({ deps }: Bench, campaignId: string): Promise<void> {
  while ((await deps.db.campaign.findUniqueOrThrow({ where: { id: campaignId } })).status !== 'completed')
    await sleep(100)
}

async function startWorker(url: string, smtpPort: number): Promise<ChildProcess> {
  const { execArgv, file } = programOf('worker/main.ts')
  const child = spawn(process.execPath, [...WORKER_FLAGS, ...execArgv, file], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: url,
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      SANDBOX_INBOX: 'true',
      APP_URL: 'http://localhost:3000',
      AUTH_SECRET: 'a-secret-for-benchmarks-that-is-long-enough',
      ENCRYPTION_KEY,
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await once(child, 'spawn')
  return child
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  await once(child, 'exit')
}
