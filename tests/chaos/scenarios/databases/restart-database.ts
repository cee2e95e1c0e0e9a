import { CONCURRENCY, endure } from '../../support/endurance'
import { createRandom } from '../../support/random'
import { scenario } from '../../support/scenario'

export const restartDatabase = scenario({
  id: 'T4',
  title: 'PostgreSQL restarted during a send, in order and as if it had crashed: the figures of T1 hold',
  full: { emails: 10_000, workers: 3, restarts: 20, deadline: 20, hurry: 0 },
  short: { emails: 300, workers: 1, restarts: 2, deadline: 4, hurry: 1 },
  run: (setting) => {
    const { emails, workers, restarts } = setting.sizes
    return endure(setting, {
      ownServer: true,
      heldAtMost: restarts * workers * CONCURRENCY,
      disturb: async ({ sink, restartDatabase: restart }) => {
        const random = createRandom(setting.seed)
        const moments = Array.from({ length: restarts }, () => random.int(1, Math.floor(emails * 0.9))).sort(
          (a, b) => a - b,
        )
        const did = { fast: 0, immediate: 0 }
        for (const [index, moment] of moments.entries()) {
          await sink.untilAccepted(moment)
          const how = index % 2 === 0 ? 'immediate' : 'fast'
          await restart(how)
          did[how]++
        }
        return { 'restarts, fast': did.fast, 'restarts, immediate': did.immediate }
      },
    })
  },
})
