import { Client } from 'pg'
import { eventually } from '../../../support/worker-process'
import { openSupervisedServer, type SupervisedServer } from '../../support/databases/places'
import { CONCURRENCY, endure } from '../../support/endurance'
import { createRandom, type Random } from '../../support/random'
import { atMost, exactly } from '../../support/report'
import { scenario } from '../../support/scenario'
import { closingAfterwards, type Stage } from '../../support/stage'
import type { WebProcess } from '../../support/web-process'

// A session that computes notices nothing of its server's end, and holds on to what the next server needs.
const SUM = 'SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 1000000) b'
const SESSIONS = 2
// Sending goes on within so many seconds of a kill.
const WITHIN = 30
// Far longer, so that a run says by how much it was missed.
const PATIENCE_MS = 200_000
const ANSWER_MS = 10_000

type Watched = { web?: WebProcess; resumed: number[]; down: number }

export const killDatabase = scenario({
  id: 'KILLS',
  title: 'kill -9 of the embedded PostgreSQL during a send, while sessions compute: it comes back, and sending goes on',
  full: { emails: 20_000, workers: 2, kills: 20, deadline: 20, hurry: 0 },
  short: { emails: 400, workers: 1, kills: 2, deadline: 20, hurry: 1 },
  run: (setting) =>
    closingAfterwards(async (closers) => {
      const { emails, kills, workers } = setting.sizes
      // What is on the wire as the server dies still gets its reply. More than that can leave only once it is back.
      const onTheWire = CONCURRENCY * workers
      const moments = momentsOf({ kills, emails, onTheWire, random: createRandom(setting.seed) })
      const server = await openSupervisedServer()
      closers.push(server.stop)
      const watched: Watched = { resumed: [], down: 0 }
      const { figures, counts, notes } = await endure(
        { ...setting, server: async () => ({ url: server.url, close: async () => undefined }) },
        {
          ownServer: true,
          heldAtMost: kills * workers * CONCURRENCY,
          prepare: async (stage) => {
            watched.web = await stage.openWeb(setting.web)
            stage.sink.tell({ acceptUpTo: moments[0] ?? 0 })
          },
          disturb: (stage) => killAgainAndAgain(stage, { server, moments, onTheWire, watched }),
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

/** After how many accepted emails each kill comes: in the first half of them, with more than is on the wire in between. */
function momentsOf({
  kills,
  emails,
  onTheWire,
  random,
}: Record<'kills' | 'emails' | 'onTheWire', number> & { random: Random }) {
  const share = Math.floor((emails * 0.5) / kills)
  return Array.from({ length: kills }, (_, kill) => kill * share + random.int(1, share - onTheWire))
}

type Killing = { server: SupervisedServer; moments: readonly number[]; onTheWire: number; watched: Watched }

/**
 * At each moment the SMTP server takes no more until the kill, and after it no more than up to the next one: whoever is slow,
 * there are always emails left that only a database that is back lets leave.
 */
async function killAgainAndAgain(
  { sink, fleet }: Stage,
  { server, moments, onTheWire, watched }: Killing,
): Promise<Record<string, number>> {
  const { web } = watched
  const answers: Promise<unknown>[] = []
  for (const [index, moment] of moments.entries()) {
    await sink.untilAccepted(moment)
    await compute(server.url)
    const before = server.returns()
    const killedAt = performance.now()
    server.kill()
    sink.tell({ acceptUpTo: moments[index + 1] ?? Number.MAX_SAFE_INTEGER })
    const isBack = () => server.returns() > before && sink.accepted() > moment + onTheWire
    const seen = () =>
      `${server.returns() - before} returns of the server, ${sink.accepted() - moment} emails since the kill`
    await eventually(isBack, 'emails leave again', PATIENCE_MS).catch((error) => {
      throw new Error(`${error.message}; ${seen()}`)
    })
    watched.resumed.push(performance.now() - killedAt)
    answers.push(eventually(async () => (await health(web)) === 200, 'the web app answers', PATIENCE_MS))
  }
  await Promise.all(answers)
  watched.down = fleet.crashed() + (web?.runs() ? 0 : 1)
  return { 'kill -9 of PostgreSQL': moments.length, 'sessions that computed at a kill': SESSIONS }
}

const health = async (web: WebProcess | undefined) =>
  (await fetch(`${web?.url}/api/health`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => null))?.status

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
