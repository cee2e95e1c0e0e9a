import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../../support/worker-process'
import { CONCURRENCY, endure } from '../support/endurance'
import { createRandom } from '../support/random'
import { scenario } from '../support/scenario'

export const killWorkers = scenario({
  id: 'T1',
  title: 'kill -9 of workers at random: nothing twice, nothing lost, the unknown held',
  full: { emails: 10_000, workers: 3, kills: 50, deadline: 20, hurry: 0 },
  short: { emails: 300, workers: 2, kills: 2, deadline: 4, hurry: 1 },
  run: (setting) => {
    const { emails, kills } = setting.sizes
    return endure(setting, {
      heldAtMost: kills * CONCURRENCY,
      disturb: async ({ sink, fleet }) => {
        const random = createRandom(setting.seed)
        // After how many emails each kill comes: spread over the whole send, the last ones not too near its end.
        const moments = Array.from({ length: kills }, () => random.int(1, Math.floor(emails * 0.95))).sort(
          (a, b) => a - b,
        )
        for (const moment of moments) {
          await sink.untilAccepted(moment)
          await sleep(random.int(0, 40))
          await eventually(() => fleet.ready().length > 0, 'a worker is ready')
          await fleet.kill(random.pick(fleet.ready()))
          fleet.launch()
        }
        return { 'kills of a worker': kills }
      },
    })
  },
})
