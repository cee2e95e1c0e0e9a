import { expect, it } from 'vitest'
import { BETWEEN_EMAILS_MS, GIVE_UP_EMAILS_MS, type NotificationKind } from '@/domain/notification/kinds'
import { listNotifications } from '@/use-cases/notifications/list-notifications'
import { sendNotificationEmail } from '@/use-cases/notifications/send-notification-email'
import { updateNotificationChoice } from '@/use-cases/notifications/update-notifications'
import { allWithPeopleToTell } from '../../support/conversation/people-to-tell'
import { READ_AT } from '../../support/conversation/reading-stage'

const stage = allWithPeopleToTell()

const choose = (kind: NotificationKind, byEmail: boolean, inApp = true) =>
  updateNotificationChoice(stage.engine.deps, { userId: stage.member.id, kind, byEmail, inApp })
const due = async () => (await stage.rowsOf(stage.member)).map(({ email }) => email)

async function withLiveMailbox() {
  stage.engine.deps.config.sandbox = false
  await stage.mailboxIs({
    ...{ kind: 'smtp', smtpHost: '127.0.0.1', smtpPort: stage.engine.sink.port },
    smtpSecurity: 'none',
    ...{ testedAt: READ_AT, coolDownUntil: null, troubleCount: 0 },
  })
  stage.engine.sink.received.length = 0
}

it('goes one to whoever chose it, with all that is due, begun once whatever becomes of its job', async () => {
  await withLiveMailbox()
  await choose('reply', true)
  await choose('campaign_ended', true, false)
  await stage.messageCame()
  await stage.campaignMoved({ status: 'completed', completedAt: READ_AT })
  await stage.look()
  expect(stage.takeEnqueued()).toEqual([stage.member.id])
  expect(await stage.shown(stage.member)).toHaveLength(1)
  await Promise.all([1, 2].map(() => sendNotificationEmail(stage.engine.deps, { userId: stage.member.id })))
  expect(stage.engine.sink.received).toHaveLength(1)
  const [message] = stage.engine.sink.received
  const raw = message?.raw.toString().replaceAll('=\r\n', '')
  expect(raw).toContain('Subject: 2 notifications of LeadNexConnect')
  expect(raw).toContain('Hi Sam, Sounds interesting. Can you send me more details?')
  expect(raw).toContain('http://localhost:3000/inbox?id=3D')
  expect(await due()).toEqual(['sent', 'sent'])
  await stage.look()
  expect(stage.takeEnqueued()).toEqual([])
})

const send = () => sendNotificationEmail(stage.engine.deps, { userId: stage.member.id })
const completed = async (ms = 0) => {
  await stage.campaignMoved({ status: 'completed', completedAt: new Date(READ_AT.getTime() + ms) })
  await stage.look()
}
// Real time, whatever the clock of the campaigns says.
const tenMinutesLater = () =>
  stage.engine.db.notification.updateMany({
    where: { emailedAt: { not: null } },
    data: { emailedAt: new Date(Date.now() - BETWEEN_EMAILS_MS) },
  })
const listed = async () => (await listNotifications(stage.engine.deps, { userId: stage.member.id })).rows

it('waits ten minutes after the last, and what is over does not go', async () => {
  await withLiveMailbox()
  await choose('mailbox_stopped', true)
  await choose('campaign_ended', true)
  await completed()
  await send()
  stage.takeEnqueued()
  await stage.mailboxIs({ health: 'stopped', healthReason: 'x' })
  await stage.look()
  expect([stage.takeEnqueued(), await due()]).toEqual([[], ['sent', 'due']])
  await tenMinutesLater()
  await stage.look()
  expect(stage.takeEnqueued()).toEqual([stage.member.id])
  await stage.mailboxIs({ health: 'ready' })
  await stage.look()
  expect(await due()).toEqual(['sent', 'none'])
  await completed(1)
  await send()
  await completed(2)
  // Another job, which was enqueued before the last one went.
  await send()
  expect([await due(), stage.engine.sink.received.length]).toEqual([['sent', 'none', 'sent', 'due'], 2])
})

it('goes as it was chosen by then, and to nobody who was removed', async () => {
  await withLiveMailbox()
  await choose('campaign_ended', true)
  await completed()
  await choose('campaign_ended', false)
  expect(await due()).toEqual(['none'])
  await choose('campaign_ended', true)
  await completed(1)
  // As by a look that had read the choice of before.
  await stage.engine.db.notificationChoice.updateMany({ data: { byEmail: false } })
  await send()
  await stage.engine.db.notificationChoice.updateMany({ data: { byEmail: true } })
  await stage.engine.db.user.update({ where: { id: stage.member.id }, data: { removedAt: READ_AT } })
  await send()
  expect([await due(), stage.engine.sink.received]).toEqual([['none', 'due'], []])
})

it('waits for a mailbox that can send, for an hour, and then says in the app why it did not go', async () => {
  await withLiveMailbox()
  await choose('campaign_ended', true, false)
  await completed()
  await stage.mailboxIs({ health: 'stopped' })
  await send()
  expect(await due()).toEqual(['due'])
  await stage.mailboxIs({ health: 'ready' })
  stage.engine.sink.behave = () => ({ at: 'rcpt', code: 451, message: '4.7.1 Later' })
  await send()
  expect(await due()).toEqual(['due'])
  expect(await listed()).toEqual([])
  stage.engine.clock.advance(GIVE_UP_EMAILS_MS + 1)
  await tenMinutesLater()
  await send()
  stage.engine.sink.behave = () => undefined
  expect(await listed()).toMatchObject([{ email: 'not_sent', emailFailure: expect.stringContaining('4.7.1 Later') }])
})

it('is due from when it was noticed, however long its occurrence had waited to be read', async () => {
  await withLiveMailbox()
  await choose('reply', true, false)
  await choose('campaign_ended', true, false)
  const hoursAgo = (hours: number) => new Date(READ_AT.getTime() - hours * 3_600_000)
  await stage.messageCame('human-interested.gmail.en', hoursAgo(3))
  await stage.campaignMoved({ status: 'completed', completedAt: hoursAgo(2) })
  await stage.look()
  stage.engine.sink.behave = () => ({ at: 'rcpt', code: 451, message: '4.7.1 Later' })
  await send()
  // Nor is it given up while no mailbox can send: that may have begun just now.
  await stage.mailboxIs({ health: 'stopped' })
  await tenMinutesLater()
  await send()
  expect([await due(), await listed()]).toEqual([['due', 'due'], []])
  await stage.mailboxIs({ health: 'ready' })
  stage.engine.clock.advance(GIVE_UP_EMAILS_MS + 1)
  await send()
  stage.engine.sink.behave = () => undefined
  expect(await due()).toEqual(['not_sent', 'not_sent'])
})

it('whose fate nobody knows is never sent again, and says so in the app', async () => {
  await withLiveMailbox()
  await choose('campaign_ended', true, false)
  await completed()
  stage.engine.sink.behave = () => ({ at: 'data', drop: true, keep: true })
  await send()
  stage.engine.sink.behave = () => undefined
  await tenMinutesLater()
  await stage.look()
  await send()
  expect(stage.engine.sink.received).toHaveLength(1)
  expect(await listed()).toMatchObject([{ email: 'sending' }])
})
