import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { MOST_COUNTED } from '@/db/queries/notifications/select-notifications'
import { BETWEEN_EMAILS_MS, NOTIFICATIONS_KEPT_DAYS } from '@/domain/notification/kinds'
import { clearOldRows } from '@/use-cases/maintenance/clear-old-rows'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { countUnreadNotifications, listNotifications } from '@/use-cases/notifications/list-notifications'
import { recordNotifications } from '@/use-cases/notifications/record-notifications'
import { sendNotificationEmail } from '@/use-cases/notifications/send-notification-email'
import { updateNotificationChoice, updateRead } from '@/use-cases/notifications/update-notifications'
import { allWithContactedLead, READ_AT, sample } from '../../support/conversation/reading-stage'
import { addMember, type Member } from '../../support/team/members'

const stage = allWithContactedLead()
let member: Member
let viewer: Member
let enqueued: string[] = []

beforeEach(async () => {
  await stage.engine.db.user.deleteMany()
  // What other tests have left behind is nothing to tell of.
  await stage.engine.db.receivedMessage.deleteMany()
  await stage.engine.db.campaign.updateMany({
    where: { id: { not: stage.ids.campaignId } },
    data: { status: 'paused' },
  })
  const well = { kind: 'smtp', health: 'ready', healthReason: null, firstStepsPausedUntil: null } as const
  await stage.engine.db.mailbox.updateMany({ data: well })
  await stage.engine.db.mailboxReader.updateMany({ data: { health: 'ready', healthReason: null } })
  member = await addMember(stage.engine, 'member')
  viewer = await addMember(stage.engine, 'viewer')
  enqueued = []
  stage.engine.deps.config.sandbox = true
  stage.engine.deps.queue.enqueueNotificationEmail = async (userId) => void enqueued.push(userId)
})

const look = () => recordNotifications(stage.engine.deps)
const told = async ({ id: userId }: Member) =>
  (await listNotifications(stage.engine.deps, { userId })).rows.map(({ title, detail }) => [title, detail])
const rowsOf = ({ id: userId }: Member) =>
  stage.engine.db.notification.findMany({ where: { userId }, orderBy: { id: 'asc' } })
const choose = (
  { id: userId }: Member,
  kind: 'reply' | 'campaign_ended' | 'mailbox_stopped',
  byEmail: boolean,
  inApp = true,
) => updateNotificationChoice(stage.engine.deps, { userId, kind, byEmail, inApp })

async function replyCame(name = 'human-interested.gmail.en') {
  stage.server.put('inbox', sample(name), READ_AT)
  await stage.read()
}
const campaignMoved = (data: {
  status: 'completed' | 'failed' | 'running'
  completedAt?: Date
  failedAt?: Date
  failureReason?: string
}) => stage.engine.db.campaign.update({ where: { id: stage.ids.campaignId }, data })
const mailboxIs = (data: object) => stage.engine.db.mailbox.update({ where: { id: stage.ids.mailboxId }, data })

describe('a reply', () => {
  it('is told once to everybody who may answer it, however often is looked', async () => {
    await replyCame()
    await look()
    await Promise.all([look(), look()])
    const [[title, detail] = []] = await told(member)
    expect(title).toMatch(/^Ute Winter.* replied to “/)
    expect(detail).not.toBe('')
    expect(await rowsOf(member)).toHaveLength(1)
    expect(await told(viewer)).toEqual([])
  })

  it('is told to the one whom its conversation is assigned to, and to all again when they were removed', async () => {
    const other = await addMember(stage.engine, 'member')
    await replyCame()
    const conversation = { where: { leadId: stage.ids.leadId }, data: { assigneeId: other.id } }
    await stage.engine.db.conversation.update(conversation)
    await look()
    expect([await told(member), await told(other)]).toMatchObject([
      [],
      [[expect.stringContaining('replied'), expect.anything()]],
    ])
    await stage.engine.db.user.update({ where: { id: other.id }, data: { removedAt: READ_AT } })
    await look()
    expect(await told(member)).toHaveLength(1)
  })

  it('is none where a machine wrote, or long ago, and goes with its lead', async () => {
    await replyCame('bounce-hard.postfix-user-unknown.en')
    await look()
    expect(await told(member)).toEqual([])
    await replyCame()
    const receivedAt = (at: Date) => stage.engine.db.receivedMessage.updateMany({ data: { receivedAt: at } })
    await receivedAt(new Date(0))
    await look()
    expect(await told(member)).toEqual([])
    await receivedAt(READ_AT)
    await look()
    expect(await told(member)).toHaveLength(1)
    await stage.engine.db.lead.deleteMany({ where: { id: stage.ids.leadId } })
    expect(await told(member)).toEqual([])
  })
})

describe('a campaign', () => {
  it('that ends is told to everybody, as completed or failed, and again when it ends once more', async () => {
    await campaignMoved({ status: 'completed', completedAt: READ_AT })
    await look()
    await look()
    expect(await told(viewer)).toEqual([[expect.stringMatching(/^Campaign “.+” is completed$/), null]])
    await campaignMoved({ status: 'running' })
    await look()
    expect(await rowsOf(viewer)).toHaveLength(1)
    const failedAt = new Date(READ_AT.getTime() + 60_000)
    await campaignMoved({ status: 'failed', failedAt, failureReason: 'Too many emails failed.' })
    await look()
    expect((await told(viewer))[0]).toEqual([
      expect.stringMatching(/^Campaign “.+” was stopped as failed$/),
      'Too many emails failed.',
    ])
    expect(await rowsOf(viewer)).toHaveLength(2)
  })
})

describe('a mailbox', () => {
  const stopped = { health: 'stopped', healthReason: 'The password is wrong.', testedAt: READ_AT } as const

  it('that stops is told once while it stands still, then as over, and again when it stops again', async () => {
    await mailboxIs(stopped)
    await look()
    await look()
    const [row] = await rowsOf(member)
    expect(await told(member)).toEqual([[expect.stringContaining('has stopped sending'), 'The password is wrong.']])
    await mailboxIs({ health: 'ready', healthReason: null })
    await look()
    expect(await told(member)).toEqual([[expect.stringContaining('has stopped sending'), 'It sends again.']])
    await mailboxIs(stopped)
    await look()
    const both = await rowsOf(member)
    expect(both.map(({ id, overAt }) => [id === row?.id, overAt !== null])).toEqual([
      [true, true],
      [false, false],
    ])
    expect(await told(viewer)).toEqual([])
  })

  it('that has never worked is being set up, and tells nobody; one whose answers are not read does', async () => {
    await mailboxIs({ ...stopped, testedAt: null })
    await look()
    expect(await told(member)).toEqual([])
    await mailboxIs({ health: 'ready' })
    const reader = { health: 'stopped', healthReason: 'IMAP is switched off.', lastReadAt: READ_AT } as const
    await stage.engine.db.mailboxReader.update({ where: { mailboxId: stage.ids.mailboxId }, data: reader })
    await look()
    expect(await told(member)).toEqual([
      [expect.stringMatching(/^Answers to .+ are not read$/), 'IMAP is switched off.'],
    ])
  })

  it('of which too much bounced is told until the pause is over', async () => {
    await mailboxIs({ firstStepsPausedUntil: new Date(READ_AT.getTime() + 60_000) })
    await look()
    expect(await told(member)).toEqual([
      [expect.stringContaining('bounced'), expect.stringContaining('Only follow-ups')],
    ])
    stage.engine.clock.advance(60_000)
    await look()
    expect(await told(member)).toEqual([[expect.stringContaining('bounced'), 'It begins new sequences again.']])
  })
})

describe('reading', () => {
  it('marks one, or all that were seen, of nobody else', async () => {
    const other = await addMember(stage.engine, 'member')
    await campaignMoved({ status: 'completed', completedAt: READ_AT })
    await look()
    await replyCame()
    await look()
    const unread = (who: Member) => countUnreadNotifications(stage.engine.deps, { userId: who.id })
    const [older, newer] = await rowsOf(member)
    expect(await updateRead(stage.engine.deps, { userId: other.id, id: older?.id })).toEqual({ read: 0 })
    expect(await updateRead(stage.engine.deps, { userId: member.id, upTo: older?.id })).toEqual({ read: 1 })
    expect([await unread(member), await unread(other)]).toEqual([1, 2])
    expect(await updateRead(stage.engine.deps, { userId: member.id, id: newer?.id })).toEqual({ read: 1 })
    expect(await updateRead(stage.engine.deps, { userId: member.id, id: newer?.id })).toEqual({ read: 0 })
    expect([await unread(member), await unread(other)]).toEqual([0, 2])
  })

  it('goes page by page, and what was turned off is in none and counts nowhere', async () => {
    const rows = (inApp: boolean, n: number) =>
      Array.from({ length: n }, () => ({
        ...{ userId: member.id, kind: 'campaign_ended' as const, occurrence: randomUUID(), at: READ_AT, inApp },
        campaignId: stage.ids.campaignId,
      }))
    await stage.engine.db.notification.createMany({ data: [...rows(true, 120), ...rows(false, 3)] })
    const first = await listNotifications(stage.engine.deps, { userId: member.id })
    const second = await listNotifications(stage.engine.deps, { userId: member.id, before: first.next ?? undefined })
    const third = await listNotifications(stage.engine.deps, { userId: member.id, before: second.next ?? undefined })
    const ids = [first, second, third].map(({ rows }) => rows.map(({ id }) => id))
    expect(ids.map(({ length }) => length)).toEqual([50, 50, 20])
    expect(new Set(ids.flat()).size).toBe(120)
    expect(third.next).toBeNull()
    expect(await countUnreadNotifications(stage.engine.deps, { userId: member.id })).toBe(MOST_COUNTED)
  })
})

describe('by email', () => {
  const due = async () => (await rowsOf(member)).map(({ email }) => email)

  async function withLiveMailbox() {
    stage.engine.deps.config.sandbox = false
    await mailboxIs({
      ...{ kind: 'smtp', smtpHost: '127.0.0.1', smtpPort: stage.engine.sink.port },
      smtpSecurity: 'none',
      testedAt: READ_AT,
    })
    stage.engine.sink.received.length = 0
  }

  it('goes one to whoever chose it, with all that is due, begun once whatever becomes of its job', async () => {
    await withLiveMailbox()
    await choose(member, 'reply', true)
    await choose(member, 'campaign_ended', true, false)
    await replyCame()
    await campaignMoved({ status: 'completed', completedAt: READ_AT })
    await look()
    expect(enqueued).toEqual([member.id])
    expect(await told(member)).toHaveLength(1)
    await Promise.all([1, 2].map(() => sendNotificationEmail(stage.engine.deps, { userId: member.id })))
    expect(stage.engine.sink.received).toHaveLength(1)
    const [message] = stage.engine.sink.received
    const raw = message?.raw.toString().replaceAll('=\r\n', '')
    expect(raw).toContain('Subject: 2 notifications of LeadNexConnect')
    expect(raw).toContain('Hi Sam, Sounds interesting. Can you send me more details?')
    expect(raw).toContain('http://localhost:3000/inbox?id=3D')
    expect(await due()).toEqual(['sent', 'sent'])
    await look()
    expect(enqueued).toEqual([member.id])
  })

  it('waits ten minutes after the last, and what is over or not wanted any more does not go', async () => {
    await mailboxIs({ kind: 'environment' })
    await choose(member, 'mailbox_stopped', true)
    await choose(member, 'campaign_ended', true)
    await campaignMoved({ status: 'completed', completedAt: READ_AT })
    await look()
    await sendNotificationEmail(stage.engine.deps, { userId: member.id })
    enqueued = []
    await mailboxIs({ health: 'stopped', healthReason: 'x', testedAt: READ_AT })
    await look()
    expect([enqueued, await due()]).toEqual([[], ['not_sent', 'due']])
    // Real time, whatever the clock of the campaigns says.
    const emailedAt = new Date(Date.now() - BETWEEN_EMAILS_MS)
    await stage.engine.db.notification.updateMany({ where: { email: 'not_sent' }, data: { emailedAt } })
    await look()
    expect(enqueued).toEqual([member.id])
    await mailboxIs({ health: 'ready' })
    await look()
    expect(await due()).toEqual(['not_sent', 'none'])
    await campaignMoved({ status: 'completed', completedAt: new Date(READ_AT.getTime() + 1) })
    await look()
    await choose(member, 'campaign_ended', false)
    expect(await due()).toEqual(['not_sent', 'none', 'none'])
  })

  it('says in the app why it did not go, and goes to nobody who was removed', async () => {
    await mailboxIs({ kind: 'environment' })
    await choose(member, 'campaign_ended', true)
    await campaignMoved({ status: 'completed', completedAt: READ_AT })
    await look()
    await stage.engine.db.user.update({ where: { id: member.id }, data: { removedAt: READ_AT } })
    await sendNotificationEmail(stage.engine.deps, { userId: member.id })
    expect(await due()).toEqual(['due'])
    await stage.engine.db.user.update({ where: { id: member.id }, data: { removedAt: null } })
    await sendNotificationEmail(stage.engine.deps, { userId: member.id })
    const { rows } = await listNotifications(stage.engine.deps, { userId: member.id })
    expect(rows).toMatchObject([{ email: 'not_sent', emailFailure: expect.stringContaining('No mailbox can send it') }])
  })
})

it('is looked for by each tick, and what is old is cleared, but for states that last', async () => {
  await campaignMoved({ status: 'completed', completedAt: READ_AT })
  await mailboxIs({ health: 'stopped', healthReason: 'x', testedAt: READ_AT })
  await runTick(stage.engine.deps)
  expect(await told(member)).toHaveLength(2)
  stage.engine.clock.advanceDays(NOTIFICATIONS_KEPT_DAYS)
  await clearOldRows(stage.engine.deps)
  expect(await told(member)).toHaveLength(2)
  stage.engine.clock.advance(1)
  await clearOldRows(stage.engine.deps)
  expect(await told(member)).toEqual([[expect.stringContaining('has stopped sending'), 'x']])
})
