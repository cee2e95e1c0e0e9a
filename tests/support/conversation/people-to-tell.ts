import { beforeEach } from 'vitest'
import { listNotifications } from '@/use-cases/notifications/list-notifications'
import { recordNotifications } from '@/use-cases/notifications/record-notifications'
import { addMember, type Member } from '../team/members'
import { allWithContactedLead, READ_AT, sample } from './reading-stage'

type Moved = {
  status: 'completed' | 'failed' | 'running'
  statusReason?: string
  completedAt?: Date
  failedAt?: Date
  failureReason?: string
}

/** Before each test a lead that was contacted, a member and a viewer, and nothing else of which anybody would be told. */
export function allWithPeopleToTell() {
  const stage = allWithContactedLead()
  let people: { member: Member; viewer: Member }
  let enqueued: string[] = []
  beforeEach(async () => {
    const { db, deps } = stage.engine
    await db.user.deleteMany()
    await db.receivedMessage.deleteMany()
    await db.campaign.updateMany({ where: { id: { not: stage.ids.campaignId } }, data: { status: 'paused' } })
    const well = { kind: 'smtp', health: 'ready', healthReason: null, firstStepsPausedUntil: null } as const
    await db.mailbox.updateMany({ data: well })
    await db.mailboxReader.updateMany({ data: { health: 'ready', healthReason: null } })
    people = { member: await addMember(stage.engine, 'member'), viewer: await addMember(stage.engine, 'viewer') }
    enqueued = []
    deps.config.sandbox = true
    deps.queue.enqueueNotificationEmail = async (userId) => void enqueued.push(userId)
  })
  return {
    get engine() {
      return stage.engine
    },
    get ids() {
      return stage.ids
    },
    get member() {
      return people.member
    },
    get viewer() {
      return people.viewer
    },
    /** Whom an email was enqueued for since this was asked last. */
    takeEnqueued: () => enqueued.splice(0),
    look: () => recordNotifications(stage.engine.deps),
    /** Title and detail of what the app shows somebody. */
    shown: async ({ id: userId }: Member) =>
      (await listNotifications(stage.engine.deps, { userId })).rows.map(({ title, detail }) => [title, detail]),
    rowsOf: ({ id: userId }: Member) =>
      stage.engine.db.notification.findMany({ where: { userId }, orderBy: { id: 'asc' } }),
    /** A message as it lies on the server. */
    rawCame: async (raw: string, where: 'inbox' | 'junk' = 'inbox') => {
      stage.server.put(where, raw, READ_AT)
      await stage.read()
    },
    messageCame: async (name = 'human-interested.gmail.en', receivedAt = READ_AT) => {
      stage.server.put('inbox', sample(name), receivedAt)
      await stage.read()
    },
    campaignMoved: (data: Moved) => stage.engine.db.campaign.update({ where: { id: stage.ids.campaignId }, data }),
    mailboxIs: (data: object) => stage.engine.db.mailbox.update({ where: { id: stage.ids.mailboxId }, data }),
  }
}
