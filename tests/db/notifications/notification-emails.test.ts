import { expect, it } from 'vitest'
import { BETWEEN_EMAILS_MS, type NotificationKind } from '@/domain/notification/kinds'
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
    testedAt: READ_AT,
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

it('waits ten minutes after the last, and what is over or not wanted any more does not go', async () => {
  await stage.mailboxIs({ kind: 'environment' })
  await choose('mailbox_stopped', true)
  await choose('campaign_ended', true)
  await stage.campaignMoved({ status: 'completed', completedAt: READ_AT })
  await stage.look()
  await sendNotificationEmail(stage.engine.deps, { userId: stage.member.id })
  stage.takeEnqueued()
  await stage.mailboxIs({ health: 'stopped', healthReason: 'x', testedAt: READ_AT })
  await stage.look()
  expect([stage.takeEnqueued(), await due()]).toEqual([[], ['not_sent', 'due']])
  // Real time, whatever the clock of the campaigns says.
  const emailedAt = new Date(Date.now() - BETWEEN_EMAILS_MS)
  await stage.engine.db.notification.updateMany({ where: { email: 'not_sent' }, data: { emailedAt } })
  await stage.look()
  expect(stage.takeEnqueued()).toEqual([stage.member.id])
  await stage.mailboxIs({ health: 'ready' })
  await stage.look()
  expect(await due()).toEqual(['not_sent', 'none'])
  await stage.campaignMoved({ status: 'completed', completedAt: new Date(READ_AT.getTime() + 1) })
  await stage.look()
  await choose('campaign_ended', false)
  expect(await due()).toEqual(['not_sent', 'none', 'none'])
})

it('says in the app why it did not go, and goes to nobody who was removed', async () => {
  await stage.mailboxIs({ kind: 'environment' })
  await choose('campaign_ended', true)
  await stage.campaignMoved({ status: 'completed', completedAt: READ_AT })
  await stage.look()
  await stage.engine.db.user.update({ where: { id: stage.member.id }, data: { removedAt: READ_AT } })
  await sendNotificationEmail(stage.engine.deps, { userId: stage.member.id })
  expect(await due()).toEqual(['due'])
  await stage.engine.db.user.update({ where: { id: stage.member.id }, data: { removedAt: null } })
  await sendNotificationEmail(stage.engine.deps, { userId: stage.member.id })
  const { rows } = await listNotifications(stage.engine.deps, { userId: stage.member.id })
  expect(rows).toMatchObject([{ email: 'not_sent', emailFailure: expect.stringContaining('No mailbox can send it') }])
})
