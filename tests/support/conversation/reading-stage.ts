import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { OpenMailbox } from '@/mail/imap/opened-mailbox'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { createEngine, type Engine } from '../engine'
import { contactLead } from './contacted-lead'
import { createMailboxInMemory } from './mailbox-in-memory'
import { SAMPLE_MESSAGES } from './received'

export const READ_AT = new Date('2026-12-18T09:00:00Z')

/** What no message has changed. */
export const UNTOUCHED = { lead: 'contacted', away: null, later: ['pending', 'pending'], suppressed: [] }

/** The raw sample message of this name. */
export function sample(name: string): Buffer {
  const found = SAMPLE_MESSAGES.find((one) => one.name === name)
  if (!found) throw new Error(`There is no sample ${name}`)
  return found.raw
}

/** Before each test a lead that got the first of three emails, and the mailbox that its answers come to. */
export function allWithContactedLead() {
  let engine: Engine
  let ids: Awaited<ReturnType<typeof contactLead>>
  let server: ReturnType<typeof createMailboxInMemory>
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())
  beforeEach(async () => {
    engine.clock.set(READ_AT)
    ids = await contactLead(engine)
    server = createMailboxInMemory()
  })

  /** Reads the mailbox, which is due. */
  async function read(open: OpenMailbox = server.open) {
    await engine.db.mailboxReader.updateMany({ data: { nextReadAt: null } })
    return readMailbox(engine.deps, { mailboxId: ids.mailboxId, open })
  }
  return {
    get engine() {
      return engine
    },
    get server() {
      return server
    },
    get ids() {
      return ids
    },
    read,
    readSample: (name: string) => {
      server.put('inbox', sample(name), READ_AT)
      return read()
    },
    stored: () => engine.db.receivedMessage.findFirstOrThrow(),
    state: () => stateOf(engine, ids.leadId),
  }
}

/** Everything that a message may change. */
async function stateOf({ db }: Engine, leadId: string) {
  const orderBy = { workflowStepNumber: 'asc' } as const
  const later = await db.scheduledEmail.findMany({ where: { workflowStepNumber: { gt: 1 } }, orderBy })
  const suppressions = await db.suppression.findMany({ orderBy: { value: 'asc' } })
  const lead = await db.lead.findUniqueOrThrow({ where: { id: leadId } })
  return {
    lead: lead.status,
    away: lead.awayUntil?.toISOString() ?? null,
    later: later.map(({ status, failureReason }) => (failureReason ? `${status}: ${failureReason}` : status)),
    due: later.map(({ scheduledFor }) => scheduledFor.toISOString()),
    suppressed: suppressions.map(({ value, reason }) => `${value} ${reason}`),
    messages: await db.receivedMessage.count(),
  }
}
