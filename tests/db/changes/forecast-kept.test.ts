import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChangedDay } from '@/domain/campaign/changes/effect'
import type { CampaignChange } from '@/domain/campaign/changes/input'
import { DomainError } from '@/domain/errors'
import { type MailboxInput, mailboxInput } from '@/domain/mailbox/mailbox-input'
import { localDate } from '@/domain/time/local-time'
import { applyChange } from '@/use-cases/changes/apply-change'
import { applyMailbox } from '@/use-cases/changes/apply-mailbox'
import { prepareUndo } from '@/use-cases/changes/prepare-undo'
import { previewChange } from '@/use-cases/changes/preview-change'
import { previewMailbox } from '@/use-cases/changes/preview-mailbox'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { beginAnew, presentSteps, withBase } from '../../support/changes'
import { BY, createBatch, createEngine, type Engine, startOutreach } from '../../support/engine'

// More of them, and others, are looked for by hand: FORECAST_RUNS=200 PROPERTY_SEED=7.
const RUNS = Number(process.env.FORECAST_RUNS ?? 10)
const PATIENCE_MS = 60_000 + RUNS * 15_000
const HOUR = 3_600_000
// Beyond, an email that nothing holds back has been forgotten.
const MOST_MOMENTS = 1_000

let engine: Engine
let mailboxes: [string, string]
beforeAll(async () => {
  engine = await createEngine()
  const other = (await engine.db.mailbox.findFirstOrThrow()).id
  // The older one, by the engine's clock: campaigns send from it.
  mailboxes = [(await createMailbox(engine.deps, settings(0, OPEN))).id, other]
})
afterAll(() => engine.close())

type Box = { dailyLimit: number | null; gapMinutes: number; hours: [number, number]; days: number[]; timezone: string }
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const OPEN: Box = { dailyLimit: null, gapMinutes: 0, hours: [0, 24], days: EVERY_DAY, timezone: 'UTC' }
const box: fc.Arbitrary<Box> = fc.record({
  dailyLimit: fc.constantFrom(null, 2, 3, 5),
  gapMinutes: fc.constantFrom(0, 0, 40, 60),
  hours: fc.constantFrom<[number, number][]>([0, 24], [9, 17], [8, 11]),
  days: fc.constantFrom(EVERY_DAY, [1, 2, 3, 4, 5], [1, 3, 4]),
  timezone: fc.constantFrom('UTC', 'America/New_York'),
})
const KINDS = ['wait', 'text', 'insert', 'remove', 'take out', 'put back', 'batch', 'mailbox', 'box', 'undo'] as const
/** A change, so many hours after what came before it; `a` and `b` choose among what there is by then. */
const change = fc.record({
  after: fc.constantFrom(0, 0, 3, 24, 31, 50),
  kind: fc.constantFrom(...KINDS),
  campaign: fc.nat(1),
  a: fc.nat(999),
  b: fc.nat(999),
  box,
})
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never
const campaign = fc.record({
  leads: fc.integer({ min: 2, max: 5 }),
  days: fc.constantFrom<number[][]>([0, 3], [0, 1, 3], [0, 4, 1]),
  timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
  dailyLimit: fc.constantFrom(null, null, 3),
})
const life = fc.record({
  boxes: fc.tuple(box, box),
  campaigns: fc.array(campaign, { minLength: 1, maxLength: 2 }),
  changes: fc.array(change, { minLength: 2, maxLength: 5 }),
})

function settings(index: number, { gapMinutes, hours: [from, to], days, ...rest }: Box): MailboxInput {
  return mailboxInput.parse({
    ...{ name: `Mailbox ${index}`, kind: 'environment', fromName: 'Mara', fromEmail: `mara${index}@nexa.example` },
    ...{ smtpSecurity: 'none', minGapSeconds: gapMinutes * 60, ...rest },
    ...{ windowDays: days, windowStartMinute: from * 60, windowEndMinute: to * 60 },
  })
}

type Days = Record<string, Record<number, number>>
/** What a look at a change has shown, and what had left by then; `holds`: the emails that it was about. */
type Shown = {
  days: ChangedDay[]
  timezone: string
  left: Set<string>
  about: { campaignId: string } | { mailboxId: string }
}

const selectLeft = async () =>
  new Set((await engine.db.scheduledEmail.findMany({ where: { status: 'sent' } })).map(({ id }) => id))

/** The next moment at which an email may leave; null when none waits. */
async function nextMoment(): Promise<number | null> {
  const { rows } = await engine.pool.query<{ at: Date | null }>(`
    SELECT min(GREATEST(se.scheduled_for, m.next_send_at)) AS at FROM scheduled_emails se JOIN mailboxes m ON m.id = se.mailbox_id
    WHERE se.status = 'pending' AND NOT EXISTS (
      SELECT 1 FROM scheduled_emails p WHERE p.campaign_id = se.campaign_id AND p.lead_id = se.lead_id
        AND p.workflow_step_number < se.workflow_step_number AND p.status = 'pending')`)
  return rows[0]?.at?.getTime() ?? null
}

/** The engine at work, from each moment at which anything may leave to the next, up to `until`; without, to the end. */
async function work(until = Number.POSITIVE_INFINITY): Promise<void> {
  for (let moments = 0; ; moments++) {
    await engine.work()
    const [now, next] = [engine.clock.now().getTime(), await nextMoment()]
    if (next === null || next > until) break
    if (next <= now || moments > MOST_MOMENTS)
      throw new Error(`Emails that are due stay at ${new Date(now).toISOString()}`)
    engine.clock.set(new Date(next))
  }
  if (Number.isFinite(until)) engine.clock.set(new Date(until))
}

/** What has left since then, by local day and step. */
async function leftSince({ left, timezone, about }: Shown): Promise<Days> {
  const days: Days = {}
  for (const { id, sentAt, workflowStepNumber: step } of await engine.db.scheduledEmail.findMany({
    where: { ...about, status: 'sent' },
  })) {
    if (left.has(id) || !sentAt) continue
    const day = localDate(sentAt, timezone)
    days[day] = { ...days[day], [step]: (days[day]?.[step] ?? 0) + 1 }
  }
  return days
}

const byDay = ({ days }: Shown): Days =>
  Object.fromEntries(days.filter(({ after }) => Object.keys(after).length > 0).map(({ day, after }) => [day, after]))

/** The proposal that a drawn change of a campaign is by now; null where there is none. */
async function proposed(
  campaignId: string,
  { kind, a, b }: Change,
): Promise<(CampaignChange & { undoes?: number }) | null> {
  const steps = await presentSteps(engine.deps, campaignId)
  // The last steps: leads have got the first ones, and what they have got stays.
  const [first, at] = [steps[0], Math.max(1, steps.length - 1 - (a % 2))]
  if (!first) return null
  if (kind === 'wait') return { steps: steps.with(at, { ...(steps[at] ?? first), daysAfterPrevious: b % 5 }) }
  if (kind === 'text') {
    const { id } = await engine.db.emailTemplate.create({ data: { name: 'New', subject: 'New', bodyText: 'Hello' } })
    return { steps: steps.with(at, { ...(steps[at] ?? first), templateId: id }) }
  }
  if (kind === 'insert')
    return { steps: steps.toSpliced(at + (b % 2), 0, { ...first, was: null, daysAfterPrevious: 1 + (b % 3) }) }
  if (kind === 'remove') return { steps: steps.toSpliced(at, 1) }
  if (kind === 'batch') return { addBatchIds: [(await createBatch(engine, { leads: 1 + (a % 3) })).batch.id] }
  if (kind === 'mailbox') return { addMailboxIds: [mailboxes[1]] }
  if (kind === 'undo') {
    const made = await engine.db.campaignChange.findMany({ where: { campaignId }, orderBy: { version: 'asc' } })
    const version = made[a % Math.max(1, made.length)]?.version
    return version ? { ...(await prepareUndo(engine.deps, { campaignId, version })).change, undoes: version } : null
  }
  const leads = await engine.db.lead.findMany({
    where: { scheduledEmails: { some: { campaignId } } },
    orderBy: { email: 'asc' },
  })
  const [one, other] = [leads[a % leads.length]?.id ?? '', leads[b % leads.length]?.id ?? '']
  return kind === 'take out' ? { takeOutLeadIds: [one, other] } : { putBackLeadIds: leads.map(({ id }) => id) }
}

/** A change is looked at, and agreed to under what was seen. Null where it is refused. */
async function agree(campaignId: string, drawn: Change): Promise<Shown | null> {
  const asked = await proposed(campaignId, drawn)
  if (!asked) return null
  const { undoes, ...wanted } = asked
  const proposal = await withBase(engine.deps, campaignId, wanted)
  const seen = await previewChange(engine.deps, { campaignId, change: proposal }).catch(refused)
  if (!seen) return null
  const { mark, days, timezone } = seen
  await applyChange(engine.deps, { campaignId, change: proposal, seen: mark, undoes, by: BY })
  return { days, timezone, left: await selectLeft(), about: { campaignId } }
}

function refused(error: unknown): null {
  if (error instanceof DomainError) return null
  throw error
}

/** The same of the settings of a mailbox. `kept`: what was shown before, which holds where nothing is shown to move. */
async function agreeOnBox({ a, box: to }: Change, kept: Shown | null): Promise<Shown | null> {
  const [index, mailboxId] = a % 2 === 0 ? [0, mailboxes[0]] : [1, mailboxes[1]]
  const input = { mailboxId, mailbox: settings(index, to) }
  const effect = await previewMailbox(engine.deps, input)
  await applyMailbox(engine.deps, { ...input, seen: effect?.mark ?? null, by: BY })
  // Its days are the mailbox's, and emails that stay on them may leave on another one of the campaign's.
  if (!effect) return kept?.timezone === to.timezone ? kept : null
  return { days: effect.days, timezone: effect.timezone, left: await selectLeft(), about: { mailboxId } }
}

type Life = typeof life extends fc.Arbitrary<infer One> ? One : never

async function live({ boxes, campaigns, changes }: Life): Promise<Shown | null> {
  await beginAnew(engine)
  await engine.pool.query('TRUNCATE mailbox_days, mailbox_hours')
  for (const index of [0, 1] as const)
    await applyMailbox(engine.deps, { mailboxId: mailboxes[index], mailbox: settings(index, boxes[index]), by: BY })
  const ids: string[] = []
  for (const { dailyLimit, ...wanted } of campaigns) {
    const { id } = await startOutreach(engine, wanted)
    // What one mailbox has left for the other is nobody's rule where both begin at the same moment.
    const alone = !changes.some(({ kind }) => kind === 'mailbox')
    await engine.db.campaign.update({ where: { id }, data: { dailyLimit: alone ? dailyLimit : null } })
    ids.push(id)
  }
  let shown: Shown | null = null
  for (const drawn of changes) {
    await work(engine.clock.now().getTime() + drawn.after * HOUR)
    const id = ids[drawn.campaign % ids.length] ?? ''
    shown = drawn.kind === 'box' ? await agreeOnBox(drawn, shown) : ((await agree(id, drawn)) ?? shown)
  }
  await work()
  return shown
}

describe('the calendar that the last change of running campaigns has shown', () => {
  it('is what then leaves, by day and step, until the end', { timeout: PATIENCE_MS }, async () => {
    let looks = 0
    await fc.assert(
      fc.asyncProperty(life, async (drawn) => {
        const shown = await live(drawn)
        if (!shown) return
        looks++
        expect(await leftSince(shown)).toEqual(byDay(shown))
      }),
      { numRuns: RUNS, endOnFailure: process.env.FORECAST_RUNS !== undefined },
    )
    expect(looks).toBeGreaterThan(RUNS / 2)
  })
})
