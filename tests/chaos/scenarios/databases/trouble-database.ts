import { setTimeout as sleep } from 'node:timers/promises'
import { missingPgBouncer, startPgBouncer } from '../../../support/database/pgbouncer'
import { eventually } from '../../../support/worker-process'
import { missingDisk, openTroubledServer, type TroubledServer } from '../../support/databases/troubled-server'
import { CONCURRENCY, endure } from '../../support/endurance'
import { atMost, exactly, type Figure } from '../../support/report'
import { type Outcome, type Scenario, type Setting, scenario } from '../../support/scenario'
import { closingAfterwards, type Stage } from '../../support/stage'
import type { WebProcess, WebSession } from '../../support/web-process'

// Health tells the truth within so many seconds, and sending goes on within so many of the end of the trouble.
const TOLD_WITHIN = 5
const RESUMED_WITHIN = 30
// Far longer, so that a run says by how much it was missed.
const PATIENCE_MS = 300_000
const DISK_MB = 400

const SIZES = {
  full: { emails: 2_500, workers: 2, seconds: 30, deadline: 20, hurry: 0 },
  short: { emails: 300, workers: 1, seconds: 2, deadline: 8, hurry: 1 },
}
type Sizes = (typeof SIZES)['full']

/** What is done to a server, and undone. */
type Trouble = {
  id: string
  title: string
  diskMb?: number
  missing?(): string | null
  begin(server: TroubledServer): Promise<void>
  end(server: TroubledServer): Promise<void>
}

const troubled = ({ id, title, diskMb, missing, begin, end }: Trouble): Scenario =>
  scenario({
    id,
    title,
    ...SIZES,
    ...(missing && { missing }),
    run: (setting) =>
      closingAfterwards(async (closers) => {
        const server = await openTroubledServer({ diskMb })
        closers.push(server.stop)
        const seen: Seen = { told: -1, well: -1, resumed: -1 }
        let web: WebProcess | undefined
        const outcome = await endure(onServer(setting, server.url), {
          ownServer: true,
          heldAtMost: setting.sizes.workers * CONCURRENCY,
          prepare: async (stage) => {
            web = await stage.openWeb(setting.web)
            await eventually(() => web && healthOf(web).then((status) => status === 200), 'health is well before')
          },
          disturb: (stage) => passThrough(stage, web, { ...setting.sizes, server, seen }, { begin, end }),
        })
        return { ...outcome, figures: [...figuresOf(seen, setting.sizes), ...outcome.figures] }
      }),
  })

type Seen = { told: number; well: number; resumed: number }
type Passing = { emails: number; seconds: number; server: TroubledServer; seen: Seen }

/** Lets the trouble last for so long, and measures what is said of it and when sending goes on. */
async function passThrough(
  stage: Stage,
  web: WebProcess | undefined,
  { emails, seconds, server, seen }: Passing,
  { begin, end }: Pick<Trouble, 'begin' | 'end'>,
): Promise<Record<string, number>> {
  if (!web) throw new Error('The web process was not opened')
  // Once there, at once: a small run is soon over.
  while (stage.sink.accepted() < emails / 10) await sleep(5)
  const begun = performance.now()
  await begin(server)
  await eventually(async () => (await healthOf(web)) === 503, 'health says so', PATIENCE_MS)
  seen.told = secondsSince(begun)
  await sleep(Math.max(0, seconds * 1_000 - (performance.now() - begun)))
  const before = stage.sink.accepted()
  const ended = performance.now()
  await end(server)
  await eventually(async () => (await healthOf(web)) === 200, 'health is well after', PATIENCE_MS)
  seen.well = secondsSince(ended)
  await eventually(() => stage.sink.accepted() > before || before === emails, 'emails leave again', PATIENCE_MS)
  seen.resumed = secondsSince(ended)
  return {
    'emails accepted before the trouble ended': before,
    'seconds of trouble': Math.round((ended - begun) / 1_000),
  }
}

const secondsSince = (at: number) => Math.round((performance.now() - at) / 100) / 10

/** Status of its health, or 0 where it did not answer in the time that it has. */
const healthOf = (web: WebProcess): Promise<number> =>
  fetch(`${web.url}/api/health`, { signal: AbortSignal.timeout(TOLD_WITHIN * 1_000) }).then(
    ({ status }) => status,
    () => 0,
  )

// How fast it is on a busy machine is no matter of the short run.
const figuresOf = ({ told, well, resumed }: Seen, { hurry }: Sizes): Figure[] =>
  hurry > 0
    ? [exactly('times that health told of the trouble', told >= 0 ? 1 : 0, 1)]
    : [
        atMost('seconds until health told of the trouble', told, TOLD_WITHIN),
        atMost('seconds until health was well again', well, TOLD_WITHIN),
        atMost('seconds until emails left again', resumed, RESUMED_WITHIN),
      ]

const onServer = <S extends Record<string, number>>(setting: Setting<S>, url: string): Setting<S> => ({
  ...setting,
  server: async () => ({ url, close: async () => undefined }),
})

export const frozenDatabase = troubled({
  id: 'FROZEN',
  title:
    'every process of PostgreSQL stands still during a send: health says so, and sending goes on when they run again',
  begin: (server) => server.freeze(),
  end: (server) => server.thaw(),
})

export const fullDatabase = troubled({
  id: 'FULL',
  title: 'the disk of PostgreSQL is full during a send: health says so, and sending goes on when it has room',
  diskMb: DISK_MB,
  missing: missingDisk,
  begin: (server) => server.fill(),
  end: (server) => server.empty(),
})

export const readOnlyDatabase = troubled({
  id: 'READONLY',
  title: 'PostgreSQL takes no changes for a while during a send: health says so, and sending goes on afterwards',
  begin: (server) => server.readOnly(),
  end: (server) => server.readWrite(),
})

export const pooledDatabase = scenario({
  id: 'POOLER',
  title:
    'a send through PgBouncer in session mode, then pages through one in transaction mode with a direct address for workers',
  full: { emails: 2_500, workers: 2, deadline: 20, hurry: 0 },
  short: { emails: 120, workers: 1, deadline: 8, hurry: 1 },
  missing: missingPgBouncer,
  run: (setting) =>
    closingAfterwards(async (closers) => {
      const figures: Figure[] = []
      const counts: Outcome['counts'] = {}
      for (const mode of ['session', 'transaction'] as const) {
        const server = await openTroubledServer()
        closers.push(server.stop)
        const bouncer = await startPgBouncer(server.url, mode, { size: 95 })
        closers.push(bouncer.stop)
        const pooled = bouncer.urlOf('chaos')
        const direct = mode === 'session' ? pooled : server.url
        let web: WebProcess | undefined
        let owner: WebSession | undefined
        const outcome = await endure(onServer(setting, direct), {
          heldAtMost: 0,
          prepare: async (stage) => {
            web = await stage.openWeb(setting.web, { DATABASE_URL: pooled, DIRECT_DATABASE_URL: direct })
            owner = await web.signUp()
          },
          disturb: async (stage) => {
            if (!web || !owner) throw new Error('The web process was not opened')
            let answers = 0
            for (const until = setting.sizes.emails; stage.sink.accepted() < until * 0.9; await sleep(20)) {
              const asked = await fetch(`${web.url}/api/health`, { headers: { cookie: owner.cookie } })
              if (asked.status === 200) answers++
            }
            figures.push(exactly(`${mode} mode: pages served meanwhile`, answers > 0 ? 1 : 0, 1))
            return { answers }
          },
        })
        figures.push(...outcome.figures.map((figure) => ({ ...figure, name: `${mode} mode: ${figure.name}` })))
        for (const [name, count] of Object.entries(outcome.counts)) counts[`${mode} mode: ${name}`] = count
      }
      return { figures, counts }
    }),
})
