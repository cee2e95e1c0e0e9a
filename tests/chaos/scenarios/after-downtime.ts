import { createDatabase } from '@/db/client'
import { DAY_MS } from '@/domain/time/duration'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { createTestClock, depsOn, type TestClock } from '../../support/deps'
import { startSmtpSink } from '../../support/servers/smtp-sink'
import { startChaosCampaign } from '../support/campaign'
import { countDue, selectNextDeparture } from '../support/look-ups'
import { exactly, type Figure } from '../support/report'
import { type Setting, scenario } from '../support/scenario'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DOWNTIMES = { '1 h': HOUR_MS, '3 d': 3 * DAY_MS, '30 d': 30 * DAY_MS }
const GAP_SECONDS = 60
// As many mailboxes at a time as a worker serves.
const AT_ONCE = 4

type Sizes = { overdue: number; mailboxes: number; limit: number }
type Departure = { at: number; mailbox: string; lead: string; messageId: string }

export const afterDowntime = scenario({
  id: 'T11',
  title: 'an hour, three days, thirty days without a worker: what is overdue keeps limits, pace and gaps',
  full: { overdue: 5_000, mailboxes: 20, limit: 60 },
  short: { overdue: 48, mailboxes: 2, limit: 10 },
  run: async (setting) => {
    const figures: Figure[] = []
    const counts: Record<string, number | string> = {}
    for (const [name, downtime] of Object.entries(DOWNTIMES)) {
      const { found, counted } = await comeBack(setting, downtime)
      figures.push(...found.map((figure) => ({ ...figure, name: `after ${name}: ${figure.name}` })))
      for (const [what, count] of Object.entries(counted)) counts[`after ${name}: ${what}`] = count
    }
    return {
      figures,
      counts,
      notes: [
        'sent in this process on a clock that stands still within a minute, so that the time of every email on the wire is exact; the SMTP server stamps it',
      ],
    }
  },
})

async function comeBack({ server, sizes }: Setting<Sizes>, downtime: number) {
  const place = await server({ ownServer: false })
  const sink = await startSmtpSink()
  const clock = createTestClock()
  const database = createDatabase(place.url, { connections: 30 })
  const woken: string[] = []
  const deps = depsOn(database, sink, clock, woken)
  try {
    await deps.db.settings.update({ where: { id: 1 }, data: { postalAddress: 'Nexa, Main Street 1, 10115 Berlin' } })
    // Two steps a day apart: after days, both are overdue, and must still come a day apart.
    const steps = downtime >= DAY_MS ? [0, 1] : [0]
    const leads = Math.floor(sizes.overdue / steps.length)
    const campaign = await startChaosCampaign(deps, { leads, days: steps, mailboxes: sizes.mailboxes })
    // Limits and pace come after the plan, so that all are due at once, as after a long time without a worker.
    await deps.db.mailbox.updateMany({
      where: { id: { in: campaign.mailboxIds } },
      data: { dailyLimit: sizes.limit, minGapSeconds: GAP_SECONDS, maxConnections: 2 },
    })
    clock.advance(downtime)
    const overdue = await countDue(place, clock.now())
    const back = clock.now().getTime()
    const departures: Departure[] = []
    let ticks = 0
    for (; departures.length < campaign.planned; ticks++) {
      const before = sink.received.length
      await runTick(deps)
      while (woken.length > 0) {
        await Promise.all(woken.splice(0, AT_ONCE).map((mailboxId) => sendMailbox(deps, { mailboxId })))
      }
      for (const { from, to, messageId } of sink.received.slice(before)) {
        departures.push({ at: clock.now().getTime(), mailbox: from, lead: to, messageId })
      }
      if (sink.received.length === before && !(await skipQuietTime(place, clock))) break
      clock.advance(MINUTE_MS)
    }
    return {
      found: [
        exactly('overdue at the return', overdue, campaign.planned),
        exactly('emails over a daily limit', overLimit(departures, sizes.limit), 0),
        exactly(
          `emails less than ${GAP_SECONDS} s after the mailbox's last`,
          tooSoon(departures, 'mailbox', GAP_SECONDS * 1000),
          0,
        ),
        exactly("emails less than 24 h after the lead's last", tooSoon(departures, 'lead', DAY_MS), 0),
        exactly('sent', new Set(departures.map(({ messageId }) => messageId)).size, campaign.planned),
        exactly(
          'Message-IDs accepted twice',
          departures.length - new Set(departures.map(({ messageId }) => messageId)).size,
          0,
        ),
      ],
      counted: {
        'days until all had left': Math.ceil(((departures.at(-1)?.at ?? back) - back) / DAY_MS),
        ticks,
      },
    }
  } finally {
    deps.mailer.close()
    await deps.leadSources.close()
    await database.close()
    await sink.close()
    await place.close()
  }
}

/** Goes on to just before the minute in which something may leave; false when nothing ever will. */
async function skipQuietTime(place: { url: string }, clock: TestClock): Promise<boolean> {
  const next = await selectNextDeparture(place)
  if (!next) return false
  const minutes = Math.floor((next.getTime() - clock.now().getTime()) / MINUTE_MS)
  if (minutes > 1) clock.advance((minutes - 1) * MINUTE_MS)
  return true
}

function overLimit(departures: readonly Departure[], limit: number): number {
  const days = Map.groupBy(departures, ({ at, mailbox }) => `${mailbox} ${new Date(at).toISOString().slice(0, 10)}`)
  return [...days.values()].reduce((sum, emails) => sum + Math.max(0, emails.length - limit), 0)
}

function tooSoon(departures: readonly Departure[], key: 'mailbox' | 'lead', gapMs: number): number {
  const last = new Map<string, number>()
  let count = 0
  for (const departure of departures) {
    const before = last.get(departure[key])
    if (before !== undefined && departure.at - before < gapMs) count++
    last.set(departure[key], departure.at)
  }
  return count
}
