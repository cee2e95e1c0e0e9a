import { eventually } from '../../../support/worker-process'
import type { Rule } from '../../sink/rules'
import { type FailingPair, type Loss, openFailingPair } from '../../support/databases/failing-pair'
import { CONCURRENCY, endure, REPLIES } from '../../support/endurance'
import { createRandom, type Random } from '../../support/random'
import { atMost, exactly } from '../../support/report'
import { scenario } from '../../support/scenario'
import { closingAfterwards, type Stage } from '../../support/stage'
import type { WebProcess } from '../../support/web-process'

// Sending goes on within so many seconds of the loss, in which the standby is promoted as well.
const WITHIN = 30
// Far longer, so that a run says by how much it was missed.
const PATIENCE_MS = 200_000
const ANSWER_MS = 10_000

type Watched = { web?: WebProcess; resumed: { how: Loss; seconds: number }[]; down: number }

export const failOver = scenario({
  id: 'FAILOVER',
  title:
    'the primary lost again and again during a send, killed or silent, and its synchronous standby promoted in its place: sending goes on',
  full: { emails: 10_000, workers: 4, kills: 5, deadline: 20, hurry: 0 },
  short: { emails: 200, workers: 1, kills: 1, deadline: 8, hurry: 1 },
  run: (setting) =>
    closingAfterwards(async (closers) => {
      const { emails, kills, workers, hurry } = setting.sizes
      // What is on the wire as the primary is lost still gets its reply. More than that can leave only from the new one.
      const onTheWire = CONCURRENCY * workers
      // Each loss comes after so many emails at most: enough are left for the new primary, and for the time until it has a standby.
      const most = Math.floor(emails / kills) - 3 * onTheWire
      const random = createRandom(setting.seed)
      const pair = await openFailingPair(setting.sizes)
      closers.push(pair.stop)
      const watched: Watched = { resumed: [], down: 0 }
      const { figures, counts, notes } = await endure(
        { ...setting, server: async () => ({ url: pair.url, close: async () => undefined }) },
        {
          ownServer: true,
          heldAtMost: kills * onTheWire,
          prepare: async (stage) => {
            watched.web = await stage.openWeb(setting.web)
            stage.sink.tell({ acceptUpTo: 1 })
          },
          disturb: (stage) => loseAgainAndAgain(stage, { pair, kills, most, onTheWire, random, watched }),
        },
      )
      const longest = Math.max(...watched.resumed.map(({ seconds }) => seconds))
      return {
        figures: [
          exactly('losses after which sending went on', watched.resumed.length, kills),
          ...(hurry > 0 ? [] : [atMost('most seconds from a loss until emails left again', longest, WITHIN)]),
          exactly('workers and web processes that ended', watched.down, 0),
          ...figures,
        ],
        counts: {
          ...counts,
          'seconds from each loss until emails left again': watched.resumed
            .map(({ how, seconds }) => `${seconds} (${how})`)
            .join(', '),
        },
        notes: [
          'PostgreSQL 18 of the npm package, primary and standby on one machine, behind a proxy of this run on loopback that leads to the primary',
          ...(notes ?? []),
        ],
      }
    }),
})

type Losing = Record<'kills' | 'most' | 'onTheWire', number> & { pair: FailingPair; random: Random; watched: Watched }

// While the new primary gets its standby: replies in time, and few.
const SLOW: readonly Rule[] = [{ at: 'message', act: { delayMs: [3_000, 4_000] } }]

/** The SMTP server takes at a moment no more until the primary is lost: there are always emails left for the new one. */
async function loseAgainAndAgain(
  { sink, fleet }: Stage,
  { pair, kills, most, onTheWire, random, watched }: Losing,
): Promise<Record<string, number>> {
  const { web } = watched
  const did: Record<Loss, number> = { killed: 0, silent: 0 }
  for (let kill = 0; kill < kills; kill++) {
    const how = kill % 2 === 0 ? 'killed' : 'silent'
    const moment = sink.accepted() + random.int(1, most)
    sink.tell({ acceptUpTo: moment })
    await sink.untilAccepted(moment)
    const lostAt = performance.now()
    const losing = pair.lose(how)
    sink.tell({ acceptUpTo: Number.MAX_SAFE_INTEGER })
    await losing
    await eventually(() => sink.accepted() > moment + onTheWire, 'emails leave again', PATIENCE_MS)
    watched.resumed.push({ how, seconds: Math.round((performance.now() - lostAt) / 100) / 10 })
    did[how]++
    sink.follow(SLOW)
    await eventually(async () => (await health(web)) === 200, 'the web app answers', PATIENCE_MS)
    await pair.rebuild()
    sink.follow(REPLIES)
  }
  watched.down = fleet.crashed() + (web?.runs() ? 0 : 1)
  return { 'primaries killed': did.killed, 'primaries that fell silent': did.silent }
}

const health = async (web: WebProcess | undefined) =>
  (await fetch(`${web?.url}/api/health`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => null))?.status
