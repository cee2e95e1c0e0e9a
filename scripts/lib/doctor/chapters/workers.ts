import { WORKER_ALIVE_MS } from '../../../../src/use-cases/maintenance/record-heartbeat'
import { type Examination, fault, ok } from '../finding'

/** Somebody works. */
export const workers: Examination = {
  name: 'workers',
  examine: async ({ models, realNow }) => {
    const since = new Date(realNow.getTime() - WORKER_ALIVE_MS)
    const alive = await models.workerHeartbeat.count({ where: { seenAt: { gt: since } } })
    if (alive > 0) return [ok(`${alive === 1 ? 'One is' : `${alive} are`} at work.`)]
    const last = await models.workerHeartbeat.findFirst({ orderBy: { seenAt: 'desc' } })
    const when = last ? ` since ${last.seenAt.toISOString()}` : ''
    return [
      fault(
        `None is at work${when}: nothing is sent, read or planned.`,
        'Start the app (npm start), or a worker alone (npm run worker); its last lines say why it had ended.',
      ),
    ]
  },
}
