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
  await boss.createQueue(JOBS.tick, {
    policy: 'stately',
    notify: true,
    retryLimit: 0,
    expireInSeconds: 120,
    // A worker that dies in a tick keeps all others from ticking until it is known to be dead.
    heartbeatSeconds: 15,
    deleteAfterSeconds: 3600,
  })
  await boss.createQueue(JOBS.sendMailbox, {
    policy: 'stately',
    notify: true,
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    expireInSeconds: 600,
    heartbeatSeconds: 15,
    deleteAfterSeconds: 3600,
  })
  await boss.createQueue(JOBS.runLeadGeneration, {
    policy: 'stately',
    notify: true,
    retryLimit: 5,
    retryDelay: 5,
    retryBackoff: true,
    // A large run takes its time; the heartbeat tells a dead worker from a slow source.
    expireInSeconds: 6 * 3600,
    heartbeatSeconds: 15,
    deleteAfterSeconds: 3600,
  })
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
