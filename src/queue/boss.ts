import { PgBoss } from 'pg-boss'
import type { Logger } from '@/log'
import { JOBS, type Queue, type RunLeadGenerationPayload, type SendMailboxPayload } from './jobs'

export type Boss = PgBoss

type BossOptions = {
  databaseUrl: string
  log: Logger
  /** Web processes only send; workers also look after the queue: cron, retries, dead jobs. */
  role: 'web' | 'worker'
}

const SHARED = { policy: 'stately', heartbeatSeconds: 15, deleteAfterSeconds: 3600 } as const
const RETRIED = { retryLimit: 5, retryDelay: 5, retryBackoff: true } as const

const QUEUES = {
  // A worker that dies in a tick keeps all others from ticking until it is known to be dead: the heartbeat says so soon.
  [JOBS.tick]: { ...SHARED, notify: true, retryLimit: 0, expireInSeconds: 120 },
  // Not by notification: it would wake all places of all workers, and one worker would take what two can share.
  [JOBS.sendMailbox]: { ...SHARED, ...RETRIED, notify: false, expireInSeconds: 600 },
  // A large run takes its time; the heartbeat tells a dead worker from a slow source.
  [JOBS.runLeadGeneration]: { ...SHARED, ...RETRIED, notify: true, expireInSeconds: 6 * 3600 },
}

/** pg-boss in its own schema `pgboss`, which it migrates by itself; started, with the queues in place. */
export async function startBoss({ databaseUrl, log, role }: BossOptions): Promise<Boss> {
  const worker = role === 'worker'
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: `leadnexconnect-queue-${role}`,
    max: worker ? 4 : 2,
    supervise: worker,
    schedule: worker,
    useListenNotify: worker,
    // A worker that died is noticed by its missing heartbeats; looked for often, so that its mailbox is free soon.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'queue error'))
  await boss.start()
  for (const [name, { policy, ...options }] of Object.entries(QUEUES)) {
    await boss.createQueue(name, { policy, ...options })
    // A queue that an earlier version made keeps its policy, which cannot change, and takes the rest.
    if (worker) await boss.updateQueue(name, options)
  }
  return boss
}

/** What use cases may ask of the queue. A wish that cannot be sent is no fault: the next tick finds the work again. */
export function createQueue(boss: Boss, log: Logger): Queue {
  const send = async (name: string, data: object, singletonKey: string) => {
    try {
      await boss.send(name, data, { singletonKey })
    } catch (error) {
      log.warn({ job: name, err: error }, 'job could not be sent; the next tick finds the work')
    }
  }
  return {
    wakeTick: () => send(JOBS.tick, {}, JOBS.tick),
    wakeMailbox: (mailboxId) => send(JOBS.sendMailbox, { mailboxId } satisfies SendMailboxPayload, mailboxId),
    wakeRun: (runId) => send(JOBS.runLeadGeneration, { runId } satisfies RunLeadGenerationPayload, runId),
  }
}
