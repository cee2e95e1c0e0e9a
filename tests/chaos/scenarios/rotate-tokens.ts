import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Pool } from 'pg'
import { createDatabase } from '@/db/client'
import type { Deps } from '@/deps'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { completeSignIn } from '@/use-cases/mailboxes/complete-sign-in'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { saveOauthClient } from '@/use-cases/mailboxes/save-oauth-client'
import { startSignIn } from '@/use-cases/mailboxes/start-sign-in'
import { createTestClock, depsOn } from '../../support/deps'
import { openPool } from '../../support/open-pool'
import { programOf } from '../../support/runs/programs'
import { OauthServer } from '../../support/sign-in/oauth-server'
import { createRandom } from '../support/random'
import { exactly } from '../support/report'
import { type Setting, scenario } from '../support/scenario'
import { type Closers, closingAfterwards } from '../support/stage'
import type { TokensGot, TokensWanted } from '../support/token-process'

type Sizes = { refreshes: number; endings: number }

const WORKERS = 2
const ADDRESS = 'sam@nexa.example'
const SESSION = 'session-1'
// Shorter than what counts as near its end: each sign-in needs a new token.
const TOKEN_SECONDS = 60
const LONGEST_DELAY_MS = 30
// While the sign-in is over, and while the provider has an outage, so many ask in each worker.
const TURNS_IN_VAIN = 20

export const rotateTokens = scenario<Sizes>({
  id: 'T20',
  title: 'tokens that rotate late, fail and end, asked for by two workers at once: none lost, one asks, one banner',
  full: { refreshes: 1_000, endings: 5 },
  short: { refreshes: 60, endings: 2 },
  run: (setting) => closingAfterwards((closers) => play(setting, closers)),
})

async function play({ seed, sizes, server }: Setting<Sizes>, closers: Closers) {
  const random = createRandom(seed)
  const { deps, pool, provider, mailboxId, workers } = await open(server, closers)
  provider.delay = () => random.int(0, LONGEST_DELAY_MS)
  const found = { taken: 0, refused: 0, unexpected: 0, askedWhenOver: 0, banners: 0 }
  const parts = sizes.endings + 1
  for (let part = 0; part < parts; part++) {
    // A person signs in, the first time and after each end: both go on by themselves.
    await signIn(deps, provider, mailboxId)
    const [from, to] = [part, part + 1].map((n) => Math.floor((n * sizes.refreshes) / parts)) as [number, number]
    const half = Math.floor((to - from) / 2)
    for (const turns of [half, to - from - half]) {
      const got = await workers.ask(turns)
      found.taken += got.taken
      found.refused += got.refused
      found.unexpected += got.failed
      // An outage between: who asks gets nothing, and what is kept stays good.
      provider.trouble = { status: 503, error: 'temporarily_unavailable' }
      const inVain = await workers.ask(TURNS_IN_VAIN * WORKERS)
      found.unexpected += inVain.taken + inVain.refused
      provider.trouble = null
    }
    if (part === parts - 1) continue
    provider.endAll()
    const before = provider.refreshes
    const over = await workers.ask(TURNS_IN_VAIN * WORKERS)
    found.unexpected += over.taken + over.refused
    found.askedWhenOver += provider.refreshes - before
    found.banners += (await listMailboxes(deps)).filter(({ signIn }) => signIn?.endedReason).length
  }
  const ends = await pool.query<{ count: number }>('SELECT count(*)::int FROM ends')
  return {
    figures: [
      exactly('tokens refreshed', provider.rotated, sizes.refreshes),
      exactly('sign-ins with a token that the provider takes', found.taken, sizes.refreshes),
      exactly('tokens lost: refused by the provider, or a used one shown again', found.refused + provider.reused, 0),
      exactly('refreshes at the same time at most', provider.atOnce, 1),
      exactly('sign-ins that failed with the provider well, or worked without it', found.unexpected, 0),
      exactly('requests after the sign-in had ended, one an end', found.askedWhenOver, sizes.endings),
      exactly('mailboxes stopped, once an end', ends.rows[0]?.count ?? 0, sizes.endings),
      exactly('banners, one an end', found.banners, sizes.endings),
      exactly(
        'banners after signing in again',
        (await listMailboxes(deps)).filter(({ signIn }) => signIn?.endedReason).length,
        0,
      ),
    ],
    counts: { workers: WORKERS, 'requests for a token': provider.refreshes },
  }
}

/** A provider, a mailbox there, and worker processes that sign in to it. */
async function open(server: Setting<Sizes>['server'], closers: Closers) {
  const { url, close } = await server({ ownServer: false })
  closers.push(close)
  const database = createDatabase(url, { connections: 5 })
  closers.push(() => database.close())
  const pool = openPool(url, 2)
  closers.push(() => pool.end())
  const provider = await OauthServer.start()
  closers.push(() => provider.close())
  provider.expiresIn = TOKEN_SECONDS
  const deps = depsOn(database, { port: 1 }, createTestClock())
  const mailbox = { name: 'Sam', fromName: 'Sam', fromEmail: ADDRESS, maxConnections: 1 }
  const servers = { smtpHost: '127.0.0.1', smtpPort: 1, smtpSecurity: 'none', reader: { imapHost: '127.0.0.1' } }
  const { id: mailboxId } = await createMailbox(deps, mailboxInput.parse({ ...mailbox, ...servers }))
  const client = { clientId: 'client', secret: 'secret-of-the-client', authority: provider.address }
  await saveOauthClient(deps, { provider: 'microsoft', ...client })
  await countEnds(pool)
  return { deps, pool, provider, mailboxId, workers: await startWorkers([url, mailboxId, provider.address], closers) }
}

const countEnds = (pool: Pool) =>
  pool.query(`CREATE TABLE ends ();
    CREATE FUNCTION count_ends() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO ends DEFAULT VALUES; RETURN NULL; END $$;
    CREATE TRIGGER count_ends AFTER UPDATE ON mailboxes FOR EACH ROW
      WHEN (old.health <> 'stopped' AND new.health = 'stopped') EXECUTE FUNCTION count_ends()`)

async function startWorkers(args: string[], closers: Closers) {
  const started = await Promise.all(Array.from({ length: WORKERS }, () => startWorker(args, closers)))
  return {
    /** So many sign-ins, shared by all. */
    ask: async (turns: number): Promise<TokensGot> => {
      const share = (n: number) => Math.floor((n * turns) / WORKERS)
      const all = await Promise.all(started.map((worker, n) => worker.ask({ turns: share(n + 1) - share(n) })))
      return all.reduce((sum, one) => ({
        taken: sum.taken + one.taken,
        refused: sum.refused + one.refused,
        failed: sum.failed + one.failed,
      }))
    },
  }
}

async function startWorker(args: string[], closers: Closers) {
  const { file, execArgv } = programOf('tests/chaos/support/token-process.ts')
  const worker = fork(file, args, { execArgv })
  closers.push(() => worker.kill('SIGKILL'))
  const ended = once(worker, 'exit').then(([code]) => {
    throw new Error(`A worker ended with ${code}`)
  })
  // One that is killed at the end is no failure.
  ended.catch(() => undefined)
  const said = async () => (await Promise.race([once(worker, 'message'), ended]))[0]
  await said()
  return {
    ask: (wanted: TokensWanted): Promise<TokensGot> => {
      const answer = said()
      worker.send(wanted)
      return answer
    },
  }
}

/** A person signs in to the mailbox at the provider. */
async function signIn(deps: Deps, provider: OauthServer, mailboxId: string): Promise<void> {
  const { url } = await startSignIn(deps, { mailboxId, provider: 'microsoft', sessionId: SESSION })
  const { headers } = await fetch(url, { redirect: 'manual' })
  await completeSignIn(deps, { url: new URL(headers.get('location') ?? '', provider.address), sessionId: SESSION })
}
