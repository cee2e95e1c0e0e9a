import { unsubscribeToken } from '@/lib/encryption'
import { createAuth } from '@/server/auth'
import { getProgress } from '@/use-cases/progress/get-progress'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { type Asked, ask, somewhere, type Target } from '../requests/asked'
import { faultOf } from '../requests/judge'
import { procedureTargets } from '../requests/procedures'
import { routeTargets, signInTargets } from '../requests/routes'
import type { Pool } from '../requests/samples'
import { inOrder } from '../requests/well-meant'
import { addAnswers, addSandboxEmail } from '../support/answers'
import { startChaosCampaign } from '../support/campaign'
import { countEmailsByCampaign, selectEmails, selectIds } from '../support/look-ups'
import { createRandom, type Random } from '../support/random'
import { atLeast, atMost, exactly, type Figure } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage, type Stage } from '../support/stage'
import type { WebProcess, WebSession } from '../support/web-process'
import type { Stall } from '../web/stalls'

// Requests under way at the same time.
const ASKERS = 4
// So often ids are looked up anew: what is asked for creates rows and deletes them.
const LOOK_EVERY = 200
const STALL_EVERY = 50
// What is meant well may still be refused: a campaign that runs cannot be started. Tried are the least that is allowed, and more.
const FILLS = [0, 20, 60]
const YES_PERCENT = 70

type Found = {
  faults: { kind: string; what: string }[]
  unanswered: string[]
  stalls: (Stall & { during: string })[]
  asked: Map<string, number>
  well: Set<string>
}

export const fuzzRequests = scenario({
  id: 'FUZZ',
  title:
    'requests with things wrong, to every procedure and route, signed in and not: nothing breaks, nothing is given away',
  full: { requests: 10_000, stall: 100 },
  // Processes of a busy machine stand still for reasons of their own: what is measured there says nothing.
  short: { requests: 400, stall: 0 },
  run: ({ seed, sizes, server, web: kind }) =>
    onStage({ seed, server }, async (stage) => {
      const random = createRandom(seed)
      const web = await stage.openWeb(kind)
      await startChaosCampaign(stage.deps, { leads: 40, days: [0, 1], mailboxes: 2 })
      await addAnswers(stage, 8)
      await addSandboxEmail(stage)
      await stage.fleet.launchAll(1, () => ({ imports: ['tsx', './tests/chaos/web/preload.ts'] }))
      const session = await web.signUp()
      let pool: Pool = await selectIds(stage)
      const targets = await targetsOf(stage, web, () => pool)
      const found: Found = { faults: [], unanswered: [], stalls: [], asked: new Map(), well: new Set() }
      // What is loaded at its first use is loaded before anything is measured.
      for (const target of inOrder(targets)) {
        for (const sample of [target.wellMeant, ...FILLS.map((fill) => () => target.sample(random, fill))]) {
          if (!sample || found.well.has(target.name)) continue
          // What was done for the target before it may have made what this one names.
          pool = await selectIds(stage)
          await askOne(web, session, target, sample(), found)
        }
      }
      if (sizes.stall > 0) {
        // What refuses a request is loaded at its first use, too.
        for (const target of [...targets, ...targets]) {
          await askOne(web, session, target, target.broken(random), found, random)
        }
      }
      await web.longestStall()
      for (let n = 0; n < sizes.requests; n += LOOK_EVERY) {
        await askMany({ web, session, targets, random, found, count: Math.min(LOOK_EVERY, sizes.requests - n) })
        pool = await selectIds(stage)
      }
      const alive = web.runs() && (await fetch(`${web.url}/api/health`)).status === 200
      return {
        figures: [
          exactly(
            'requests with things wrong',
            [...found.asked.values()].reduce((sum, n) => sum + n, 0),
            sizes.requests,
          ),
          ...(sizes.requests > 20 * targets.length
            ? [
                exactly(
                  'procedures and routes that none of them went to',
                  targets.filter(({ name }) => !found.asked.has(name)).length,
                  0,
                ),
              ]
            : []),
          atLeast(
            'procedures and routes that answered what was meant well with yes, in %',
            Math.round((found.well.size / targets.length) * 100),
            YES_PERCENT,
          ),
          exactly('answers of status 500, or with a stack, a path, SQL or an inner error', found.faults.length, 0),
          exactly('requests that got no answer', found.unanswered.length, 0),
          exactly('web processes that ended', alive ? 0 : 1, 0),
          ...(await judgeLedger(stage)),
          ...stallFigure(found, sizes.stall),
        ],
        counts: {
          'procedures and routes': targets.length,
          'of them answered with yes': found.well.size,
          ...longestOf(found),
          'stalls over 100 ms': found.stalls.filter(({ workedMs }) => workedMs > 100).length,
        },
        notes: [
          ...[...new Map(found.faults.map(({ kind, what }) => [kind, `${kind}; ${what}`])).values()].slice(0, 40),
          ...found.unanswered.slice(0, 5),
          ...found.stalls
            .toSorted((a, b) => b.workedMs - a.workedMs)
            .slice(0, 5)
            .map((stall) => `${Math.round(stall.workedMs)} of ${Math.round(stall.stoodMs)} ms during ${stall.during}`),
          `never answered with yes: ${targets
            .filter(({ name }) => !found.well.has(name))
            .map(({ name }) => name)
            .join(', ')}`,
        ],
      }
    }),
})

const longest = ({ stalls }: Found, time: keyof Stall) => Math.round(Math.max(0, ...stalls.map((one) => one[time])))

const longestOf = (found: Found) => ({
  'longest stall, in ms of its own work': longest(found, 'workedMs'),
  'with what it waited for itself': longest(found, 'heldMs'),
  'on the clock': longest(found, 'stoodMs'),
})

const stallFigure = (found: Found, limit: number): Figure[] =>
  limit > 0
    ? [atMost('longest time for which the web process worked on one thing, in ms', longest(found, 'workedMs'), limit)]
    : []

async function targetsOf(stage: Stage, web: WebProcess, pool: () => Pool): Promise<Target[]> {
  const { deps } = stage
  const key = await loadConsentKey(deps.sql, deps.config.encryptionKey, deps.clock.realNow())
  const [email] = await selectEmails(stage)
  const auth = createAuth({ ...deps, env: { APP_URL: web.url, AUTH_SECRET: 'listed, and never used by anybody' } })
  return [
    ...procedureTargets(pool),
    ...signInTargets(auth, pool),
    ...routeTargets(web.hasPages, pool, () => unsubscribeToken(key, email?.id ?? '')),
  ]
}

type Asking = {
  web: WebProcess
  session: WebSession
  targets: readonly Target[]
  random: Random
  found: Found
  count: number
}

async function askMany({ web, session, targets, random, found, count }: Asking): Promise<void> {
  let left = count
  let during: { name: string; ms: number }[] = []
  const goOn = async () => {
    while (left > 0 && web.runs()) {
      left--
      const target = random.pick(targets)
      const asked = target.broken(random)
      const startedAt = performance.now()
      found.asked.set(target.name, (found.asked.get(target.name) ?? 0) + 1)
      await askOne(web, session, target, asked, found, random)
      during.push({ name: `${target.name}: ${shortened(asked)}`, ms: performance.now() - startedAt })
      if (left % STALL_EVERY !== 0) continue
      const [slowest] = during.toSorted((a, b) => b.ms - a.ms)
      during = []
      found.stalls.push({ ...(await web.longestStall()), during: slowest?.name ?? '' })
    }
  }
  await Promise.all(Array.from({ length: ASKERS }, goOn))
}

const shortened = ({ method, path, body }: Asked) =>
  `${method} ${path.slice(0, 200)} ${String(body ?? '').slice(0, 200)}`

/** Without `random`: signed in, and from the same address. */
async function askOne(
  web: WebProcess,
  session: WebSession,
  { name }: Target,
  asked: Asked,
  found: Found,
  random?: Random,
): Promise<void> {
  const known = random === undefined || random.int(0, 3) > 0
  const own = {
    origin: web.url,
    'x-forwarded-for': random ? somewhere(random) : '10.0.0.1',
    ...(known && { cookie: session.cookie }),
  }
  try {
    const answer = await ask(web.url, { ...asked, headers: { ...own, ...asked.headers } })
    const fault = faultOf(
      answer,
      `${asked.path} ${decoded(asked.path)} ${asked.body ?? ''} ${JSON.stringify(asked.headers)}`,
    )
    if (fault)
      found.faults.push({ kind: `${name}: ${fault}`, what: `${shortened(asked)} -> ${answer.text.slice(0, 300)}` })
    if (!random && answer.status < 400) found.well.add(name)
    // What was asked for may have ended the session.
    if (known && answer.status === 401) await session.renew()
  } catch (error) {
    found.unanswered.push(`${name}: ${error}; ${shortened(asked)}`)
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** That what screens say of each campaign is what its rows say, and each email counted as sent arrived, once. */
async function judgeLedger(stage: Stage): Promise<Figure[]> {
  await stage.fleet.killAll()
  const seen = stage.sink.read().accepted.map(({ id }) => id)
  const arrived = new Set(seen)
  const emails = await selectEmails(stage)
  const rows = await countEmailsByCampaign(stage)
  let differing = 0
  for (const { id, ledger } of rows) {
    const { ledger: said } = await getProgress(stage.deps, { campaignId: id })
    if (JSON.stringify(said) !== JSON.stringify(ledger)) differing++
  }
  return [
    exactly('campaigns whose ledger differs from their rows', differing, 0),
    exactly('Message-IDs accepted twice', seen.length - arrived.size, 0),
    exactly(
      'emails sent but absent from the sink',
      emails.filter((email) => email.status === 'sent' && !arrived.has(email.message_id)).length,
      0,
    ),
  ]
}
