import { missingMailServers } from '../../support/mail-servers/packages'
import { playCase } from '../mail-servers/case'
import { CASES, servicesOf } from '../mail-servers/cases'
import { openMailServerStage } from '../mail-servers/stage'
import type { Figure } from '../support/report'
import { scenario } from '../support/scenario'
import { closingAfterwards } from '../support/stage'

export const postfix = scenario({
  id: 'POSTFIX',
  title: "what Debian's Postfix and Dovecot say, one smtpd a case: no lead pays for it, and all arrives once",
  full: { leads: 200, seconds: 100, beat: 1 },
  short: { leads: 24, seconds: 1, beat: 0 },
  missing: missingMailServers,
  run: ({ sizes, server }) =>
    closingAfterwards(async (closers) => {
      const place = await server({ ownServer: false })
      closers.push(place.close)
      const stage = await openMailServerStage(place.url, servicesOf(CASES, sizes), closers)
      const figures: Figure[] = []
      const counts: Record<string, number | string> = {}
      for (const one of CASES) {
        const startedAt = performance.now()
        const outcome = await playCase(stage, one, sizes)
        figures.push(...outcome.figures.map((figure) => ({ ...figure, name: `${one.name}: ${figure.name}` })))
        for (const [name, count] of Object.entries(outcome.counts)) counts[`${one.name}: ${name}`] = count
        counts[`${one.name}: seconds in all`] = Math.round((performance.now() - startedAt) / 1000)
      }
      const notes = ['campaign time is set by the run: days between steps pass at once, waiting for answers is real']
      return { figures, counts, notes }
    }),
})
