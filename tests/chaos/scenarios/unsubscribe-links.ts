import { setTimeout as sleep } from 'node:timers/promises'
import { unsubscribeToken } from '@/lib/encryption'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { eventually } from '../../support/worker-process'
import { monotonicMs } from '../sink/journal'
import { startChaosCampaign } from '../support/campaign'
import { countByConsent, digestTables, selectBegunAfterNo, selectEmails, selectNextUp } from '../support/look-ups'
import { compareWithSink } from '../support/measures'
import { createRandom, type Random } from '../support/random'
import { exactly } from '../support/report'
import { scenario } from '../support/scenario'
import type { Seen } from '../support/sink-process'
import { onStage, type Stage } from '../support/stage'
import type { WebProcess } from '../support/web-process'

// Clicks that are on their way at the same time.
const CLICKERS = 6
// A click goes to one of so many emails of each mailbox that leave next.
const NEAR = 12
// So much of the send goes along with the clicks, however slow either is: the rest is there for the last of them.
const MEANWHILE = 0.7

/** What opens the links of emails without being the person they went to. */
const OPENERS: readonly Record<string, string>[] = [
  { 'user-agent': 'Mozilla/5.0 (compatible; Barracuda Sentinel)' },
  { 'user-agent': 'Mozilla/5.0', 'sec-purpose': 'prefetch;prerender' },
  { 'user-agent': 'GoogleImageProxy', accept: 'image/*' },
  { 'user-agent': 'curl/8.5.0', 'list-unsubscribe': 'One-Click' },
  { 'user-agent': 'Mozilla/5.0', cookie: 'from=page', origin: 'https://mail.example' },
  { 'user-agent': 'SafeLinks', range: 'bytes=0-99', 'x-http-method-override': 'POST' },
]

export const unsubscribeLinks = scenario({
  id: 'T13',
  title: 'links to unsubscribe: opened by scanners, nothing changes; clicked during a send, nothing begins afterwards',
  full: { emails: 12_000, workers: 2, opens: 1_000, clicks: 1_000 },
  short: { emails: 240, workers: 1, opens: 40, clicks: 30 },
  run: ({ seed, sizes, server, web: kind }) =>
    onStage({ seed, server }, async (stage) => {
      const { deps, sink, fleet, url } = stage
      const web = await stage.openWeb(kind)
      const key = await loadConsentKey(deps.sql, deps.config.encryptionKey, deps.clock.realNow())
      const linkOf = (id: string) => unsubscribeToken(key, id)
      const campaign = await startChaosCampaign(deps, {
        leads: sizes.emails,
        // What waits for tomorrow must be skipped as well.
        days: [0, 1],
        mailboxes: 4,
        mailbox: { maxConnections: 5 },
      })
      const random = createRandom(seed)
      const opened = await openLinks(stage, web, { count: sizes.opens, linkOf, random })
      sink.tell({ witness: { databaseUrl: url, campaignId: campaign.id } })
      sink.follow([
        { at: 'mail', act: { delayMs: [0, 10] } },
        { at: 'message', act: { delayMs: [0, 150] } },
      ])
      const goOnAfter = (answered: number) =>
        sink.tell({ acceptUpTo: Math.ceil((MEANWHILE * sizes.emails * (answered + 1)) / (sizes.clicks + 1)) })
      goOnAfter(0)
      await fleet.launchAll(sizes.workers)
      await eventually(() => sink.accepted() > 0, 'the first emails leave')
      const clicks = await clickDuringSend(stage, web, { count: sizes.clicks, linkOf, random }, goOnAfter)
      sink.tell({ acceptUpTo: sizes.emails })
      await eventually(async () => (await selectNextUp(stage, 1)).length === 0, 'all first emails have left', 600_000)
      const seen = sink.read()
      const clicked = new Set(clicks.map(({ email }) => email))
      return {
        figures: [
          exactly('links opened', opened.count, sizes.opens),
          exactly('links opened and answered otherwise than with a page', opened.odd.length, 0),
          exactly('tables changed by opening links', opened.changed.length, 0),
          exactly('clicks during the send', clicked.size, sizes.clicks),
          exactly('clicks answered otherwise than with 200', clicks.filter(({ status }) => status !== 200).length, 0),
          ...(await judgeOrder(stage, seen, clicks)),
          ...(await judgeRows(stage, sizes.emails, clicked)),
          ...(await compareWithSink(stage, seen)),
        ],
        counts: { ...countMeetings(seen, clicks), 'longest stall of the web process, in ms': await stallOf(web) },
        notes: [
          'at each MAIL FROM the sink takes a snapshot of the database before it answers; the engine leaves the gate only after that answer, so no clock decides the order',
          ...opened.odd.slice(0, 3),
          ...opened.changed,
          ...(web.hasPages ? [] : ['without the pages, which need a build: the routes alone']),
        ],
      }
    }),
})

const stallOf = async (web: WebProcess) => Math.round((await web.longestStall()).workedMs)

type Links = { count: number; linkOf(id: string): string; random: Random }

/** Opens links by GET and HEAD, each another one, and compares all tables before and after. */
async function openLinks(stage: Stage, web: WebProcess, { count, linkOf, random }: Links) {
  const before = await digestTables(stage)
  const emails = await selectEmails(stage)
  const odd: string[] = []
  for (let n = 0; n < count; n++) {
    const link = linkOf(emails[n % emails.length]?.id ?? '')
    const path = web.hasPages && n % 2 === 0 ? `/u/${link}` : `/api/unsubscribe/${link}`
    const method = random.pick(['GET', 'HEAD'])
    const answer = await fetch(`${web.url}${path}`, { method, headers: random.pick(OPENERS), redirect: 'manual' })
    const text = await answer.text()
    const wanted = path.startsWith('/u/')
      ? answer.status === 200 && (method === 'HEAD' || text.includes('Unsubscribe?'))
      : answer.status === 303 && answer.headers.get('location') === `/u/${link}`
    if (!wanted) odd.push(`${method} ${path} is answered ${answer.status}`)
  }
  const after = await digestTables(stage)
  return { count, odd, changed: [...after.keys()].filter((table) => after.get(table) !== before.get(table)) }
}

type Click = { email: string; status: number; sent: number; answered: number }

/** As email programs do (RFC 8058), for emails that are about to leave or on the wire. Tells how many are answered. */
async function clickDuringSend(
  stage: Stage,
  web: WebProcess,
  { count, linkOf, random }: Links,
  tell: (answered: number) => void,
): Promise<Click[]> {
  const taken = new Set<string>()
  const clicks: Click[] = []
  const clickOn = async () => {
    while (taken.size < count) {
      const near = (await selectNextUp(stage, NEAR)).filter(({ id }) => !taken.has(id))
      if (near.length === 0) return
      const { id, email } = random.pick(near)
      // Another clicker may have been faster.
      if (taken.has(id) || taken.size >= count) continue
      taken.add(id)
      const sent = monotonicMs()
      const answer = await fetch(`${web.url}/api/unsubscribe/${linkOf(id)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      })
      const answered = monotonicMs()
      await answer.text()
      clicks.push({ email, status: answer.status, sent, answered })
      tell(clicks.length)
      await sleep(random.int(0, 20))
    }
  }
  await Promise.all(Array.from({ length: CLICKERS }, clickOn))
  return clicks
}

const begunOf = (seen: Seen) => seen.rcpt.flatMap(({ to, begun }) => (begun ? [{ email: to, ...begun }] : []))

async function judgeOrder(stage: Stage, seen: Seen, clicks: readonly Click[]) {
  const answered = new Map(clicks.map((click) => [click.email, click.answered]))
  const begun = begunOf(seen)
  const late = begun.filter(({ email, t }) => t > (answered.get(email) ?? Number.POSITIVE_INFINITY))
  const name = 'SMTP transactions begun after the unsubscribe had committed'
  return [
    exactly(`${name}, by the database`, (await selectBegunAfterNo(stage, begun)).length, 0),
    exactly(`${name}, by the clock`, late.length, 0),
  ]
}

/** That each click did all it had to, and nothing else was touched. */
async function judgeRows(stage: Stage, emails: number, clicked: ReadonlySet<string>) {
  const groups = await countByConsent(stage)
  const count = (some: (group: (typeof groups)[number]) => boolean) =>
    groups.filter(some).reduce((sum, { n }) => sum + n, 0)
  return [
    exactly(
      'people unsubscribed and suppressed',
      count(({ first, unsubscribed, suppressed }) => first && unsubscribed && suppressed),
      clicked.size,
    ),
    exactly(
      'people unsubscribed or suppressed, and not both',
      count(({ unsubscribed, suppressed }) => unsubscribed !== suppressed),
      0,
    ),
    exactly(
      'later emails of theirs that are not skipped',
      count(({ first, status, unsubscribed }) => !first && unsubscribed && status !== 'skipped'),
      0,
    ),
    exactly(
      'first emails of everybody else that were sent',
      count(({ first, status, unsubscribed }) => first && !unsubscribed && status === 'sent'),
      emails - clicked.size,
    ),
  ]
}

function countMeetings(seen: Seen, clicks: readonly Click[]) {
  const began = new Map(begunOf(seen).map(({ email, t }) => [email, t]))
  const ended = new Map(seen.accepted.map(({ to, t }) => [to, t]))
  const met = clicks.filter(({ email, sent, answered }) => {
    const from = began.get(email) ?? Number.POSITIVE_INFINITY
    return from < answered && (ended.get(email) ?? Number.POSITIVE_INFINITY) > sent
  })
  return {
    'clicks on an email that was on the wire': met.length,
    'clicks before it, which kept the email from leaving': clicks.filter(({ email }) => !began.has(email)).length,
  }
}
