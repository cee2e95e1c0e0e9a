import type { WorkOptions } from 'pg-boss'
import type { z } from 'zod'
import type { Deps } from '@/deps'
import { inCarriedTrace, inSpan } from '@/lib/tracing'
import type { Boss, QueueOptions } from '@/queue/boss'

/** A job: its queue, what it carries, and the use case that does it. Registered by being listed in `jobs.ts`. */
export type Job<Payload = object> = {
  name: string
  queue: Omit<QueueOptions, 'name'>
  payload: z.ZodType<Payload>
  /** Places in one worker where the job is done; each polls at its own pace. */
  places: WorkOptions[]
  /** When it runs by itself: minutes as in cron, and the same pace in simulated time. */
  schedule?: { cron: string; everyMs: number }
  /** Final outcomes return; only a failure worth retrying throws. */
  handle(deps: Deps, payload: Payload, signal: AbortSignal): Promise<unknown>
}

/** Ties the payload's schema to the handler's type. */
export const defineJob = <Payload extends object>(job: Job<Payload>): Job => job

// Simulated time may run so fast that a tick a simulated minute would leave no time for work.
const SHORTEST_SCHEDULE_MS = 1_000

/** The queues of the jobs, with their options. */
export const queuesOf = (jobs: readonly Job[]): QueueOptions[] => jobs.map(({ name, queue }) => ({ name, ...queue }))

/** Lets this worker do `jobs`. Returns how to stop those that simulated time repeats; the queue stops the rest. */
export async function registerJobs(
  boss: Boss,
  deps: Deps,
  { jobs, signal }: { jobs: readonly Job[]; signal: AbortSignal },
): Promise<() => void> {
  const timers: NodeJS.Timeout[] = []
  for (const job of jobs) {
    for (const place of job.places) {
      await boss.work(job.name, place, async (received) => {
        for (const { data } of received)
          await logFailure(deps, job, () => inCarriedTrace(data, () => handle(deps, job, { data, signal })))
      })
    }
    if (!job.schedule) continue
    const { cron, everyMs } = job.schedule
    const enqueue = () =>
      boss
        .send(job.name, {}, { singletonKey: job.name })
        .catch((err: Error) => deps.log.warn({ job: job.name, err }, 'job could not be enqueued'))
    await boss.schedule(job.name, cron, {}, { singletonKey: job.name })
    await enqueue()
    if (!deps.clock.simulated) continue
    const every = Math.max(SHORTEST_SCHEDULE_MS, everyMs / deps.clock.speed)
    timers.push(setInterval(() => void enqueue(), every))
  }
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}

/** Does a job, in a span of its own: one trace goes from the tick that has enqueued it to the answers of servers. */
const handle = (deps: Deps, job: Job, { data, signal }: { data: unknown; signal: AbortSignal }) =>
  inSpan(
    `job ${job.name}`,
    () => ({}),
    () => job.handle(deps, job.payload.parse(data ?? {}), signal),
  )

/**
 * Logs a job that fails before the queue takes the error: the queue keeps it in its table, which is not where one looks
 * first.
 */
async function logFailure({ log }: Pick<Deps, 'log'>, { name }: Job, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.error({ job: name, err: error }, 'job failed')
    throw error
  }
}
