import type { Deps } from '@/deps'

/** Logs a job that fails before the queue takes the error: the queue keeps it in its table, where nobody looks first. */
export async function told<T>({ log }: Pick<Deps, 'log'>, job: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    log.error({ job, err: error }, 'job failed')
    throw error
  }
}
