import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { eventually } from '../../support/worker-process'
import { CONCURRENCY, endure } from '../support/endurance'
import { openSupervisedServer, type SupervisedServer } from '../support/places'
import { createRandom } from '../support/random'
import { atMost, exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { closingAfterwards, type Stage } from '../support/stage'
import type { WebProcess } from '../support/web-process'

// A session that computes notices nothing of its server's end, and holds on to what the next server needs.
const SUM = 'SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 1000000) b'
const SESSIONS = 2
// Sending goes on within so many seconds of a kill.
const WITHIN = 30
// Far longer, so that a run says by how much it was missed.
const PATIENCE_MS = 300_000

type Watched = { resumed: number[]; down: number }

export const killDatabase = scenario({
  id: 'KILLS',
  title: 'kill -9 of the embedded PostgreSQL during a send, while sessions compute: it comes back, and sending goes on',
  full: { emails: 20_000, workers: 2, kills: 20, deadline: 20, hurry: 0 },
  short: { emails: 300, workers: 1, kills: 2, deadline: 4, hurry: 1 },
  run: (setting) =>
    closingAfterwards(async (closers) => {
      const { kills, workers } = setting.sizes
      const server = await openSupervisedServer()
      closers.push(server.stop)
      const watched: Watched = { resumed: [], down: 0 }
      const { figures, counts, notes } = await endure(
        { ...setting, server: async () => ({ url: server.url, close: async () => undefined }) },
        {
          ownServer: true,
          heldAtMost: kills * workers * CONCURRENCY,
          disturb: async (stage) =>
            killAgainAndAgain(stage, await stage.openWeb(setting.web), { server, setting, watched }),
        },
      )
      const seconds = watched.resumed.map((ms) => ms / 1000)
      return {
        figures: [
          exactly('kills after which sending went on', seconds.length, kills),
          ...(setting.sizes.hurry > 0
            ? []
            : [atMost('most seconds from a kill until emails left again', Math.round(Math.max(...seconds)), WITHIN)]),
          exactly('times that the supervisor brought it back on the same port', server.returns(), kills),
          exactly('workers and web processes that ended', watched.down, 0),
          ...figures,
        ],
        counts: {
          ...counts,
          'seconds from a kill until emails left again, on average':
            Math.round((seconds.reduce((sum, one) => sum + one, 0) / seconds.length) * 10) / 10,
        },
        notes,
      }
    }),
})

type Killing = {
  server: SupervisedServer
  setting: { seed: number; sizes: { emails: number; kills: number; workers: number } }
  watched: Watched
}

async function killAgainAndAgain(
  { sink, fleet }: Stage,
  web: WebProcess,
  { server, setting: { seed, sizes }, watched }: Killing,
): Promise<Record<string, number>> {
  const random = createRandom(seed)
  // What is on the wire as the server dies still gets its reply. More than that can leave only once it is back.
  const onTheWire = Math.min(CONCURRENCY * sizes.workers, Math.floor(sizes.emails * 0.1))
  // A kill and what must follow it take at most so many emails: there are some left for the last one.
  const share = Math.floor((sizes.emails * 0.5) / sizes.kills) - onTheWire
  const answers: Promise<unknown>[] = []
  for (let kill = 0; kill < sizes.kills; kill++) {
    const moment = sink.accepted() + random.int(1, Math.max(1, share))
    while (sink.accepted() < moment) await sleep(2)
    await compute(server.url)
    const goal = sink.accepted() + onTheWire
    const before = server.returns()
    const killedAt = performance.now()
    server.kill()
    await eventually(() => server.returns() > before && sink.accepted() > goal, 'emails leave again', PATIENCE_MS)
    watched.resumed.push(performance.now() - killedAt)
    answers.push(eventually(async () => (await health(web)) === 200, 'the web app answers', PATIENCE_MS))
  }
  await Promise.all(answers)
  watched.down = fleet.crashed() + (web.runs() ? 0 : 1)
  return { 'kill -9 of PostgreSQL': sizes.kills, 'sessions that computed at a kill': SESSIONS }
}

const health = async ({ url }: WebProcess) => (await fetch(`${url}/api/health`).catch(() => null))?.status

/** Begins sums that no run lives to see the end of; resolves once all are under way. */
async function compute(url: string): Promise<void> {
  for (let n = 0; n < SESSIONS; n++) {
    const session = new Client({ connectionString: url })
    session.on('error', () => undefined)
    await session.connect()
    session.query(SUM).catch(() => undefined)
  }
  const watcher = new Client({ connectionString: url })
  await watcher.connect()
  try {
    const busy = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE state = 'active' AND query = $1`
    await eventually(
      async () => (await watcher.query<{ n: number }>(busy, [SUM])).rows[0]?.n === SESSIONS,
      'the sessions compute',
    )
  } finally {
    await watcher.end()
  }
}
