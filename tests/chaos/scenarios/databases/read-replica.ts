import { setTimeout as sleep } from 'node:timers/promises'
import { MOST_BEHIND_MS } from '@/db/replica'
import { migrate } from '../../../../scripts/lib/database/migrations'
import { type ReplicatedServer, startPrimary, startStandby } from '../../../support/database/replicated-server'
import { eventually } from '../../../support/worker-process'
import { startChaosCampaign } from '../../support/campaign'
import { askList, changeSomething, listAnswers } from '../../support/databases/list-reader'
import { readLedger } from '../../support/look-ups'
import { createRandom, type Random } from '../../support/random'
import { atLeast, exactly } from '../../support/report'
import { scenario } from '../../support/scenario'
import { closingAfterwards, onStage, type Stage } from '../../support/stage'

const TOKEN = 'a-token-for-figures-that-is-long-enough'
// What nobody is told of can be so old, as the primary is looked at once a second; and the clocks of two processes differ a little.
const UNTOLD_MS = 3_000
const SLACK_MS = 1_000

export const readReplica = scenario({
  id: 'REPLICA',
  title:
    'lists read from a standby that is paused, killed and started again during a send: never older than promised, never in error, each of one moment',
  full: { emails: 20_000, workers: 2, seconds: 180 },
  short: { emails: 1_200, workers: 1, seconds: 15 },
  run: (setting) =>
    closingAfterwards(async (closers) => {
      const { emails, workers, seconds } = setting.sizes
      const primary = await startPrimary()
      closers.push(primary.remove)
      await primary.ask('CREATE DATABASE chaos')
      await migrate(primary.urlOf('chaos'))
      const standby = await startStandby(primary, 'reader')
      closers.push(standby.remove)
      const server = async () => ({ url: primary.urlOf('chaos'), close: async () => undefined })
      return onStage({ seed: setting.seed, server }, async (stage) => {
        const env = { DATABASE_REPLICA_URL: standby.urlOf('chaos'), METRICS_TOKEN: TOKEN }
        const web = await stage.openWeb(setting.web, env)
        const { cookie } = await web.signUp()
        // So many leave in a second that they last for as long as the mischief.
        const delayMs = Math.round((1_000 * 20 * workers * seconds) / emails)
        stage.sink.follow([{ at: 'message', act: { delayMs: [0, delayMs] } }])
        await startChaosCampaign(stage.deps, { leads: emails, mailboxes: 4 * workers, mailbox: { maxConnections: 5 } })
        await stage.fleet.launchAll(workers)
        const place = { url: web.url, cookie }
        const over = new AbortController()
        const { signal } = over
        const followed = followPrimary(stage, signal)
        const [did, asked, own] = await Promise.all([
          disturb(standby, createRandom(setting.seed), seconds).finally(() => over.abort()),
          askAll(place, { signal, emails, knownBy: followed.knownBy }),
          changeAndLook(place, signal),
        ])
        const answered = await listAnswers(web.url, TOKEN)
        return {
          figures: [
            exactly('lists that were answered with an error', asked.errors, 0),
            exactly('lists whose numbers are not of one moment', asked.torn, 0),
            exactly(`lists older than ${MOST_BEHIND_MS / 1_000} s`, asked.tooOld, 0),
            exactly('lists older than they say', asked.lied, 0),
            exactly('changes that whoever made them did not see at once', own.missed, 0),
            atLeast('lists that the standby answered', answered.replica ?? 0, 1),
            atLeast('lists that the primary answered, as the standby was too far behind', answered.behind ?? 0, 1),
            atLeast('lists that the primary answered, as the standby was away', answered.away ?? 0, 1),
          ],
          counts: { ...did, lists: asked.lists, 'lists that said how old they are': asked.told, changes: own.changes },
        }
      })
    }),
})

/** How many emails were sent by when, on the primary itself. */
function followPrimary(stage: Stage, signal: AbortSignal) {
  const known: { at: number; sent: number }[] = []
  const follow = async () => {
    while (!signal.aborted) {
      const { sent } = await readLedger(stage)
      known.push({ at: Date.now(), sent })
      await sleep(100)
    }
  }
  void follow()
  return {
    /** So many were sent at that time at least. */
    knownBy: (at: number) => known.findLast((one) => one.at <= at)?.sent ?? 0,
  }
}

async function disturb(standby: ReplicatedServer, random: Random, seconds: number): Promise<Record<string, number>> {
  const until = performance.now() + seconds * 1_000
  const did = { 'times that replay was paused': 0, 'times that the standby was killed': 0 }
  do {
    await standby.ask('SELECT pg_wal_replay_pause()')
    did['times that replay was paused']++
    // Longer than the bound, once at least.
    await sleep(MOST_BEHIND_MS + random.int(1_500, 3_000))
    await standby.ask('SELECT pg_wal_replay_resume()')
    await sleep(random.int(500, 1_500))
    await standby.kill()
    did['times that the standby was killed']++
    await sleep(random.int(500, 2_000))
    await standby.start()
    await sleep(random.int(500, 1_500))
  } while (performance.now() < until)
  return did
}

type Place = { url: string; cookie: string }
type Known = { signal: AbortSignal; emails: number; knownBy(at: number): number }

/** Somebody who only looks. */
async function askAll(place: Place, { signal, emails, knownBy }: Known) {
  const seen = { lists: 0, errors: 0, torn: 0, tooOld: 0, lied: 0, told: 0 }
  while (!signal.aborted) {
    const askedAt = Date.now()
    const list = await askList(place)
    seen.lists++
    if (!list) {
      seen.errors++
      continue
    }
    const { planned, sent, states, asOf } = list
    if (planned !== emails || states !== emails) seen.torn++
    if (sent < knownBy(askedAt - MOST_BEHIND_MS)) seen.tooOld++
    if (asOf) seen.told++
    if (sent < knownBy((asOf ?? askedAt - UNTOLD_MS) - SLACK_MS)) seen.lied++
    await sleep(20)
  }
  return seen
}

/** Somebody who changes things, and looks at once. */
async function changeAndLook(place: Place, signal: AbortSignal) {
  const own = { changes: 0, missed: 0 }
  while (!signal.aborted) {
    own.changes++
    const isSeen = await eventually(() => changeSomething(place, `Own ${own.changes}`), 'a change is taken', 30_000)
    if (isSeen === 'missed') own.missed++
    await sleep(500)
  }
  return own
}
