import { hasSchema } from '../../../../src/db/queries/maintenance/has-schema'
import { selectFailingJobs, selectLongestWait } from '../../../../src/db/queries/maintenance/select-failing-jobs'
import { QUEUE_SCHEMA } from '../../../../src/queue/queue-schema'
import { type Examination, type Finding, fault, ok } from '../finding'

const LONGEST_WAIT_MS = 5 * 60_000

/** Jobs are begun, and do not fail. */
export const jobs: Examination = {
  name: 'jobs',
  examine: async ({ sql, settings, realNow }) => {
    const schema = settings.queueSchema ?? QUEUE_SCHEMA
    if (!(await hasSchema(sql, schema)))
      return [fault(`There is no queue in the schema ${schema} yet.`, 'Start the app once: npm start.')]
    const failing = (await selectFailingJobs(sql, schema)).map(({ name, count, said }) =>
      fault(
        `${name} fails${count > 1 ? ` for ${count}` : ''}: ${said ?? 'it did not say why'}`,
        'It is tried again by itself. Should it go on failing, the log of the worker has the whole error.',
      ),
    )
    const wait = await selectLongestWait(sql, { schema, realNow })
    const found = [...failing, ...waitFindings(wait?.since ?? null, realNow)]
    return found.length > 0 ? found : [ok('None fails, and none waits for long.')]
  },
}

function waitFindings(since: Date | null, realNow: Date): Finding[] {
  if (!since || realNow.getTime() - since.getTime() < LONGEST_WAIT_MS) return []
  return [
    fault(
      `A job waits since ${since.toISOString()}, and nobody begins it.`,
      'Start a worker (npm run worker), or one more: each serves four mailboxes at a time.',
    ),
  ]
}
