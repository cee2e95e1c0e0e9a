import type { EventEmitter } from 'node:events'
import { PgBoss } from 'pg-boss'
import { KEPT_ALIVE } from '@/lib/kept-alive'
import { carriedTrace } from '@/lib/tracing'
import { VALUES_AS_TEXT } from '@/lib/values-as-text'
import type { Logger } from '@/log'
import { JOB, type Queue } from './jobs'
import { QUEUE_SCHEMA } from './queue-schema'

export type Boss = PgBoss

/** How a job waits and is tried again; pg-boss's own words. */
export type QueueOptions = {
  name: string
  /** Whether workers are notified at once; else they find the job when they poll. */
  notify: boolean
  expireInSeconds: number
  retryLimit: number
  retryDelay?: number
  retryBackoff?: boolean
}

type BossOptions = {
  databaseUrl: string
  log: Logger
  /** Web processes only send; workers also look after the queue: cron, retries, dead jobs. */
  role: 'web' | 'worker'
  queues?: QueueOptions[]
  schema?: string
  /** The schema is there: it is not asked for once more, which takes a right that its use does not. */
  hasSchema?: boolean
  /** Given each connection of its own; who watches over the server ends them with the others, once it is silent. */
  adopt?: (client: EventEmitter) => void
}

const POLICY = 'stately'
type QueueClient = EventEmitter & { query(text: string): Promise<unknown> }
const SHARED = { heartbeatSeconds: 15, deleteAfterSeconds: 3600 }

/** Starts pg-boss in a schema of its own, which it migrates by itself, with `queues` in place. */
export async function startBoss(options: BossOptions): Promise<Boss> {
  const { databaseUrl, log, role, queues = [], schema = QUEUE_SCHEMA, hasSchema = false, adopt } = options
  const worker = role === 'worker'
  // pg-boss hands what it does not know on to its pool.
  const forItsPool = {
    ...KEPT_ALIVE,
    onConnect: (client: QueueClient) => {
      adopt?.(client)
      return client.query(VALUES_AS_TEXT)
    },
  }
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema,
    createSchema: !hasSchema,
    application_name: `leadnexconnect-queue-${role}`,
    max: worker ? 4 : 2,
    ...forItsPool,
    supervise: worker,
    schedule: worker,
    useListenNotify: worker,
    // A worker that died is noticed by its missing heartbeats; looked for often, so that its mailbox is free soon.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'queue error'))
  await boss.start()
  for (const { name, ...queue } of queues) {
    await boss.createQueue(name, { policy: POLICY, ...SHARED, ...queue })
    // A queue that an earlier version made keeps its policy, which cannot change, and takes the rest.
    await boss.updateQueue(name, { ...SHARED, ...queue })
  }
  return boss
}

/** The queue as use cases see it. A job that cannot be enqueued is no failure: the next tick finds the work again. */
export function createQueue(boss: Boss, log: Logger): Queue {
  const send = async (name: string, data: object, singletonKey: string, startAfter = 0) => {
    try {
      await boss.send(name, { ...data, ...carriedTrace() }, { singletonKey, startAfter })
    } catch (error) {
      log.warn({ job: name, err: error }, 'job could not be enqueued; the next tick finds the work')
    }
  }
  return {
    enqueueTick: () => send(JOB.tick, {}, JOB.tick),
    enqueueMailboxSend: (mailboxId) => send(JOB.sendMailbox, { mailboxId }, mailboxId),
    enqueueReplies: (mailboxId, inSeconds) => send(JOB.sendReplies, { mailboxId }, mailboxId, inSeconds),
    enqueueRun: (runId) => send(JOB.runLeadGeneration, { runId }, runId),
    enqueueMailboxRead: (mailboxId) => send(JOB.readMailbox, { mailboxId }, mailboxId),
    enqueueCopies: (mailboxId) => send(JOB.storeCopies, { mailboxId }, mailboxId),
    enqueueNotificationEmail: (userId) => send(JOB.emailNotifications, { userId }, userId),
    enqueueImport: (importId) => send(JOB.importLeads, { importId }, importId),
    enqueueMassAct: (massActId) => send(JOB.runMassAct, { massActId }, massActId),
  }
}
