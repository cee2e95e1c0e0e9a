import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MOST_COUNTED } from '@/db/queries/notifications/select-notifications'
import { NOTIFICATIONS_KEPT_DAYS } from '@/domain/notification/kinds'
import { clearOldRows } from '@/use-cases/maintenance/clear-old-rows'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { countUnreadNotifications, listNotifications } from '@/use-cases/notifications/list-notifications'
import { updateRead } from '@/use-cases/notifications/update-notifications'
import { allWithPeopleToTell } from '../../support/conversation/people-to-tell'
import { READ_AT } from '../../support/conversation/reading-stage'
import { addMember, type Member } from '../../support/team/members'

const stage = allWithPeopleToTell()
const DAY = 86_400_000

describe('a campaign', () => {
  it('that ends is told to everybody, as completed or failed, and again when it ends once more', async () => {
    await stage.campaignMoved({ status: 'completed', completedAt: READ_AT })
    await stage.look()
    await stage.look()
    expect(await stage.shown(stage.viewer)).toEqual([[expect.stringMatching(/^Campaign “.+” is completed$/), null]])
    await stage.campaignMoved({ status: 'running' })
    await stage.look()
    expect(await stage.rowsOf(stage.viewer)).toHaveLength(1)
    const failedAt = new Date(READ_AT.getTime() + 60_000)
    await stage.campaignMoved({ status: 'failed', failedAt, failureReason: 'Too many emails failed.' })
    await stage.look()
    expect((await stage.shown(stage.viewer))[0]).toEqual([
      expect.stringMatching(/^Campaign “.+” was stopped as failed$/),
      'Too many emails failed.',
    ])
    expect(await stage.rowsOf(stage.viewer)).toHaveLength(2)
  })

  it('that a person stopped is told as stopped', async () => {
    await stage.campaignMoved({ status: 'completed', statusReason: 'Stopped', completedAt: READ_AT })
    await stage.look()
    expect(await stage.shown(stage.viewer)).toEqual([[expect.stringMatching(/^Campaign “.+” was stopped$/), null]])
  })
})

describe('a mailbox', () => {
  const stopped = { health: 'stopped', healthReason: 'The password is wrong.', testedAt: READ_AT } as const

  it('that stops is told once while it stands still, then as over, and again when it stops again', async () => {
    await stage.mailboxIs(stopped)
    await stage.look()
    await stage.look()
    const [row] = await stage.rowsOf(stage.member)
    expect(await stage.shown(stage.member)).toEqual([
      [expect.stringContaining('has stopped sending'), 'The password is wrong.'],
    ])
    await stage.mailboxIs({ health: 'ready', healthReason: null })
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([
      [expect.stringContaining('has stopped sending'), 'It sends again.'],
    ])
    await stage.mailboxIs(stopped)
    await stage.look()
    const both = await stage.rowsOf(stage.member)
    expect(both.map(({ id, overAt }) => [id === row?.id, overAt !== null])).toEqual([
      [true, true],
      [false, false],
    ])
    expect(await stage.shown(stage.viewer)).toEqual([])
  })

  it('that is stopped both ways for one reason is one, and one that has sent is told of whatever its new settings are', async () => {
    await stage.mailboxIs({ ...stopped, testedAt: null })
    await stage.engine.db.mailboxReader.update({
      where: { mailboxId: stage.ids.mailboxId },
      data: { health: 'stopped', healthReason: stopped.healthReason, lastReadAt: READ_AT },
    })
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([])
    await stage.engine.db.mailboxDay.create({ data: { mailboxId: stage.ids.mailboxId, day: READ_AT } })
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([
      [expect.stringContaining('has stopped sending'), stopped.healthReason],
    ])
    await stage.engine.db.mailboxDay.deleteMany()
  })

  it('that has never worked is being set up, and tells nobody; one whose answers are not read does', async () => {
    await stage.mailboxIs({ ...stopped, testedAt: null })
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([])
    await stage.mailboxIs({ health: 'ready' })
    const reader = { health: 'stopped', healthReason: 'IMAP is switched off.', lastReadAt: READ_AT } as const
    await stage.engine.db.mailboxReader.update({ where: { mailboxId: stage.ids.mailboxId }, data: reader })
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([
      [expect.stringMatching(/^Answers to .+ are not read$/), 'IMAP is switched off.'],
    ])
  })

  it('of which too much bounced is told until the pause is over', async () => {
    await stage.mailboxIs({ firstStepsPausedUntil: new Date(READ_AT.getTime() + 60_000) })
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([
      [expect.stringContaining('bounced'), expect.stringContaining('Only follow-ups')],
    ])
    stage.engine.clock.advance(60_000)
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([
      [expect.stringContaining('bounced'), 'It begins new sequences again.'],
    ])
  })
})

describe('reading', () => {
  it('marks one, or all that were seen, of nobody else', async () => {
    const other = await addMember(stage.engine, 'member')
    await stage.campaignMoved({ status: 'completed', completedAt: READ_AT })
    await stage.look()
    await stage.messageCame()
    await stage.look()
    const unread = (who: Member) => countUnreadNotifications(stage.engine.deps, { userId: who.id })
    const [older, newer] = await stage.rowsOf(stage.member)
    expect(await updateRead(stage.engine.deps, { userId: other.id, id: older?.id })).toEqual({ read: 0 })
    expect(await updateRead(stage.engine.deps, { userId: stage.member.id, upTo: older?.id })).toEqual({ read: 1 })
    expect([await unread(stage.member), await unread(other)]).toEqual([1, 2])
    expect(await updateRead(stage.engine.deps, { userId: stage.member.id, id: newer?.id })).toEqual({ read: 1 })
    expect(await updateRead(stage.engine.deps, { userId: stage.member.id, id: newer?.id })).toEqual({ read: 0 })
    expect([await unread(stage.member), await unread(other)]).toEqual([0, 2])
  })

  it('goes page by page, and what was turned off is in none and counts nowhere', async () => {
    const rows = (inApp: boolean, n: number) =>
      Array.from({ length: n }, () => ({
        ...{ userId: stage.member.id, kind: 'campaign_ended' as const, occurrence: randomUUID(), at: READ_AT, inApp },
        campaignId: stage.ids.campaignId,
      }))
    await stage.engine.db.notification.createMany({ data: [...rows(true, 120), ...rows(false, 3)] })
    const first = await listNotifications(stage.engine.deps, { userId: stage.member.id })
    const second = await listNotifications(stage.engine.deps, {
      userId: stage.member.id,
      before: first.next ?? undefined,
    })
    const third = await listNotifications(stage.engine.deps, {
      userId: stage.member.id,
      before: second.next ?? undefined,
    })
    const ids = [first, second, third].map(({ rows }) => rows.map(({ id }) => id))
    expect(ids.map(({ length }) => length)).toEqual([50, 50, 20])
    expect(new Set(ids.flat()).size).toBe(120)
    expect(third.next).toBeNull()
    expect(await countUnreadNotifications(stage.engine.deps, { userId: stage.member.id })).toBe(MOST_COUNTED)
  })
})

it('is looked for by each tick, and what is old is cleared, but for states that last', async () => {
  await stage.campaignMoved({ status: 'completed', completedAt: READ_AT })
  await stage.mailboxIs({ health: 'stopped', healthReason: 'x', testedAt: READ_AT })
  await runTick(stage.engine.deps)
  expect(await stage.shown(stage.member)).toHaveLength(2)
  const aged = (days: number) =>
    stage.engine.db.notification.updateMany({ data: { at: new Date(Date.now() - days * DAY) } })
  await aged(NOTIFICATIONS_KEPT_DAYS - 1)
  await clearOldRows(stage.engine.deps)
  expect(await stage.shown(stage.member)).toHaveLength(2)
  await aged(NOTIFICATIONS_KEPT_DAYS + 1)
  await clearOldRows(stage.engine.deps)
  expect(await stage.shown(stage.member)).toEqual([[expect.stringContaining('has stopped sending'), 'x']])
})
