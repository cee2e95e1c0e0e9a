import { type ChildProcess, spawn } from 'node:child_process'
import { startBoss } from '@/queue/boss'
import { JOB } from '@/queue/jobs'
import { freePort } from '../../scripts/lib/ports'
import type { Engine } from './engine'
import { eventually, startWorker, type WorkerProcess } from './worker-process'

type First = { worker: WorkerProcess; freeze(): Promise<void>; thaw(): void; stop(): Promise<void> }

/** The processes of the first installation, as its start brings them up: sandbox inbox and worker, from its environment. */
export async function startFirst(engine: Engine): Promise<First> {
  const port = await freePort()
  const inbox: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'scripts/sandbox-inbox.ts'], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: engine.url, SMTP_URL: `smtp://127.0.0.1:${port}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve) => inbox.stdout?.once('data', resolve))
  const worker = await startWorker(engine.url, { port })
  const inboxEnded = new Promise((resolve) => inbox.once('exit', resolve))
  // Also when a failed test kills the worker.
  void worker.ended.then(() => inbox.kill('SIGTERM'))
  const open = `SELECT 1 FROM pgboss.job WHERE state IN ('created', 'retry', 'active') AND name NOT LIKE '\\_\\_%'`
  return {
    worker,
    // It lives on, but does nothing while its rows are compared.
    freeze: async () => {
      await eventually(async () => (await engine.pool.query(open)).rowCount === 0, 'a queue without jobs')
      worker.process.kill('SIGSTOP')
    },
    thaw: () => worker.process.kill('SIGCONT'),
    stop: async () => {
      await worker.stop()
      await inboxEnded
    },
  }
}

/** A tick now rather than at the next full minute. */
export async function tick({ url, deps }: Engine): Promise<void> {
  const boss = await startBoss({ databaseUrl: url, log: deps.log, role: 'web' })
  await boss.send(JOB.tick, {})
  await boss.stop({ graceful: false })
}
