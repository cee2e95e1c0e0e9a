import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { holdSendGate } from '@/db/send-gate'
import type { MailboxInput } from '@/domain/mailbox/mailbox-input'
import { applyMailbox } from '@/use-cases/changes/apply-mailbox'
import { type MailboxPreview, previewMailbox } from '@/use-cases/changes/preview-mailbox'
import { beginAnew } from '../../support/changes'
import { BY, createEngine, type Engine, startOutreach, statusOf } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
let mailboxId: string
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const SETTINGS: MailboxInput = {
  ...{ name: 'Mara', kind: 'environment', fromName: 'Mara', fromEmail: 'mara@nexa.example', smtpSecurity: 'none' },
  ...{ maxConnections: 5, dailyLimit: null, ramp: null, minGapSeconds: 0, gapJitterSeconds: 0, timezone: 'UTC' },
  ...{ windowDays: [1, 2, 3, 4, 5, 6, 7], windowStartMinute: 0, windowEndMinute: 1440, holidays: [] },
}
// Monday.
const DAY_1 = '2026-03-02'
beforeEach(async () => {
  await beginAnew(engine, `${DAY_1}T09:00:00Z`)
  // What other tests have sent on later days.
  await engine.pool.query('TRUNCATE mailbox_days, mailbox_hours')
  mailboxId = (await engine.db.mailbox.findFirstOrThrow()).id
  await save(SETTINGS)
})

const preview = (mailbox: MailboxInput) => previewMailbox(engine.deps, { mailboxId, mailbox })
const save = (mailbox: MailboxInput, seen?: string | null) =>
  applyMailbox(engine.deps, { mailboxId, mailbox, seen, by: BY })

type Days = Record<string, Record<number, number>>
const planned = ({ days }: MailboxPreview): Days =>
  Object.fromEntries(days.filter(({ after }) => Object.keys(after).length > 0).map(({ day, after }) => [day, after]))

/** Emails that left, by day and step, until the campaign has completed. */
async function leave(id: string): Promise<Days> {
  for (let hour = 0; hour < 24 * 30 && (await statusOf(engine, id)) === 'running'; hour += 3) {
    engine.clock.set(new Date(Date.parse(`${DAY_1}T09:00:00Z`) + hour * 3_600_000).toISOString())
    await engine.work()
  }
  const sent = await engine.db.scheduledEmail.findMany({ where: { campaignId: id, status: 'sent' } })
  const days: Days = {}
  for (const { sentAt, workflowStepNumber: step } of sent) {
    const day = sentAt?.toISOString().slice(0, 10) ?? ''
    days[day] = { ...days[day], [step]: (days[day]?.[step] ?? 0) + 1 }
  }
  return days
}

const LEADS = 5
const campaign = () => startOutreach(engine, { leads: LEADS, days: [0, 2] })

describe('other settings of a mailbox', () => {
  it('do nothing to emails where neither limit, gap, window nor zone is another one, or all leave on the same days', async () => {
    expect(await preview({ ...SETTINGS, dailyLimit: 1 })).toBeNull()
    await campaign()
    expect(await preview({ ...SETTINGS, name: 'Mara Lind', signature: 'Mara' })).toBeNull()
    expect(await preview({ ...SETTINGS, dailyLimit: LEADS })).toBeNull()
  })

  it.each([
    { what: 'a daily limit', settings: { dailyLimit: 2 } },
    { what: 'a window that opens later in the week', settings: { windowDays: [3, 5] } },
    { what: 'holidays', settings: { holidays: [DAY_1, '2026-03-04'] } },
    { what: 'a limit and a window', settings: { dailyLimit: 3, windowDays: [1, 2, 3] } },
    { what: 'a ramp-up', settings: { dailyLimit: 4, ramp: { start: 1, step: 1 } } },
  ])('move emails to the days on which they then leave: $what', async ({ settings }) => {
    const { id } = await campaign()
    const changed = { ...SETTINGS, ...settings }
    const effect = await preview(changed)
    if (!effect) throw new Error('Emails leave on other days')
    await save(changed, effect.mark)
    expect(await leave(id)).toEqual(planned(effect))
  })

  it('are shown against what leaves now, whatever was saved before: what was put off comes back', async () => {
    const { id } = await campaign()
    const later = { ...SETTINGS, windowDays: [2, 3, 4, 5, 6, 7] }
    const first = await preview(later)
    await save(later, first?.mark)
    // Nothing but the gap is another one, and nothing moves.
    expect(await preview({ ...later, minGapSeconds: 1 })).toBeNull()
    const back = await preview(SETTINGS)
    expect(back?.campaigns).toMatchObject([{ id, emails: 2 * LEADS, moved: 2 * LEADS }])
    expect(back && planned(back)).toEqual({ [DAY_1]: { 1: LEADS }, '2026-03-04': { 2: LEADS } })
  })

  it('say for each campaign how many emails leave on other days, and in its history', async () => {
    const [one, other] = [await campaign(), await startOutreach(engine, { leads: 1, days: [0] })]
    const paused = await campaign()
    await engine.db.campaign.update({ where: { id: paused.id }, data: { status: 'paused' } })
    await engine.db.campaign.update({ where: { id: other.id }, data: { name: 'Zeta' } })
    const changed = { ...SETTINGS, windowDays: [2] }
    const effect = await preview(changed)
    const shown = effect?.campaigns.map(({ id, emails, moved, isPaused }) => [id, { emails, moved, isPaused }])
    expect(Object.fromEntries(shown ?? [])).toEqual({
      [one.id]: { emails: 2 * LEADS, moved: 2 * LEADS, isPaused: false },
      [other.id]: { emails: 1, moved: 1, isPaused: false },
      [paused.id]: { emails: 2 * LEADS, moved: 2 * LEADS, isPaused: true },
    })
    await save(changed, effect?.mark)
    const events = await engine.db.campaignEvent.findMany({
      where: { kind: 'changed' },
      orderBy: { campaignId: 'asc' },
    })
    expect(Object.fromEntries(events.map(({ campaignId, message, actor }) => [campaignId, [actor, message]]))).toEqual({
      [one.id]: [
        BY,
        'Settings of mara@nexa.example changed: 10 emails leave on other days, the last on 2026-03-10 instead of 2026-03-04',
      ],
      [paused.id]: [BY, expect.stringContaining('10 emails leave on other days')],
      [other.id]: [
        BY,
        'Settings of mara@nexa.example changed: 1 email leaves on another day, the last on 2026-03-03 instead of 2026-03-02',
      ],
    })
  })

  it('are saved only while they do what was seen', async () => {
    await campaign()
    const changed = { ...SETTINGS, dailyLimit: 2 }
    const effect = await preview(changed)
    await startOutreach(engine, { leads: 7, days: [0] })
    const now = await preview(changed)
    expect(now?.mark).not.toBe(effect?.mark)
    await expect(save(changed, effect?.mark)).rejects.toMatchObject({ code: 'conflict', details: { effect: now } })
    await expect(save(changed, null)).rejects.toMatchObject({ code: 'conflict' })
    expect(await engine.db.mailbox.findFirstOrThrow()).toMatchObject({ dailyLimit: null })
    await save(changed, now?.mark)
    expect(await engine.db.mailbox.findFirstOrThrow()).toMatchObject({ dailyLimit: 2 })
    // Nothing moves any more: it is what is stored.
    await expect(save(changed, now?.mark)).resolves.toEqual({ id: mailboxId })
  })

  it('are saved under what was seen while emails go on leaving with gaps that chance draws', async () => {
    const paced = {
      ...SETTINGS,
      minGapSeconds: 600,
      gapJitterSeconds: 1_200,
      windowStartMinute: 540,
      windowEndMinute: 600,
    }
    await save(paced)
    const { id } = await campaign()
    const slower = { ...paced, minGapSeconds: 1_800 }
    const effect = await preview(slower)
    for (const gapSeconds of [0, 600]) {
      await engine.pool.query('UPDATE mailboxes SET next_send_at = NULL')
      engine.clock.advance(gapSeconds * 1_000)
      await engine.work()
    }
    await engine.db.mailbox.updateMany({ data: { nextSendAt: new Date(`${DAY_1}T09:20:00Z`) } })
    expect(await engine.db.scheduledEmail.count({ where: { campaignId: id, status: 'sent' } })).toBe(2)
    const now = await preview(slower)
    expect(now?.campaigns).not.toEqual(effect?.campaigns)
    await expect(save(slower, effect?.mark)).resolves.toEqual({ id: mailboxId })
    expect(await engine.db.mailbox.findFirstOrThrow()).toMatchObject({ minGapSeconds: 1_800 })
  })

  it('are not saved under a mark of other settings, or once somebody has saved another limit', async () => {
    await campaign()
    const changed = { ...SETTINGS, dailyLimit: 2 }
    const effect = await preview(changed)
    await expect(save({ ...SETTINGS, dailyLimit: 1 }, effect?.mark)).rejects.toMatchObject({ code: 'conflict' })
    await save({ ...SETTINGS, dailyLimit: 3 })
    await expect(save(changed, effect?.mark)).rejects.toMatchObject({ code: 'conflict' })
    expect(await engine.db.mailbox.findFirstOrThrow()).toMatchObject({ dailyLimit: 3 })
  })

  it('are not saved over those of somebody else, saved between the look and the save', async () => {
    await campaign()
    const changed = { ...SETTINGS, dailyLimit: 2 }
    const effect = await preview(changed)
    const gate = await holdSendGate(engine.deps.sql)
    const saving = save(changed, effect?.mark)
    await untilBlocked(engine.deps.sql, saving)
    await engine.pool.query(`UPDATE mailboxes SET settings_version = settings_version + 1, name = 'Theirs'`)
    await gate.release()
    await expect(saving).rejects.toMatchObject({ code: 'conflict' })
    expect(await engine.db.mailbox.findFirstOrThrow()).toMatchObject({ name: 'Theirs', dailyLimit: null })
  })

  it('leave a daily limit as it is that they do not name', async () => {
    await save({ ...SETTINGS, dailyLimit: 2 })
    await campaign()
    const { dailyLimit: _, ...unnamed } = SETTINGS
    expect(await preview(unnamed)).toBeNull()
  })
})
