import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { insertReplyIf } from '@/db/queries/replies/insert-reply'
import { beginTransaction } from '@/db/sql'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { deleteMailbox } from '@/use-cases/mailboxes/delete-mailbox'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { BY } from '../../support/engine'
import { refusal } from '../../support/refusal'
import { untilBlocked } from '../../support/until-blocked'

const stage = allWithAnsweredEmail('human-interested.gmail.en')

// Those to nobody who is a lead outlive the leads of the test before.
beforeEach(() => stage.engine.db.reply.deleteMany())

async function writeHeld() {
  stage.engine.sink.behave = () => ({ at: 'data', drop: true, keep: true })
  const { id } = await stage.write()
  await stage.leave()
  stage.engine.sink.behave = () => undefined
  expect((await stage.reply(id)).status).toBe('held')
  return id
}

describe('a mailbox with replies on their way', () => {
  it('is not deleted, and says what waits and what to do', async () => {
    const { engine, ids } = stage
    await engine.db.campaign.deleteMany()
    await writeHeld()
    await stage.write()
    await stage.write({ text: 'Or Wednesday.' })
    expect(await refusal(deleteMailbox(engine.deps, ids))).toEqual({
      code: 'in_use',
      message:
        'Mailbox sam@nexa.example was not deleted: 2 replies have not left, and of 1 reply nobody knows whether it left. Let them leave, undo them, or say in the inbox what became of them.',
    })
    expect(await engine.db.reply.count()).toBe(3)
  })

  it('is not deleted under a reply that is being written at the same time', async () => {
    const { engine, ids } = stage
    await engine.db.campaign.deleteMany()
    const writing = await beginTransaction(engine.deps.sql)
    const now = engine.clock.now()
    const nobody = { receivedMessageId: ids.messageId, leadId: null, scheduledEmailId: null, conversationId: null }
    await insertReplyIf(
      writing.tx,
      {
        ...{ ...nobody, id: randomUUID(), mailboxId: ids.mailboxId, kind: 'answer', domain: 'nexa.example' },
        inReplyTo: null,
        ...{ references: [], threadIndex: null, namesItself: false, fromEmail: 'sam@nexa.example', fromName: 'Sam' },
        ...{
          toEmails: ['li@stranger.example'],
          ccEmails: [],
          subject: 'x',
          bodyText: 'x',
          bodyHtml: null,
          askedHash: 'x',
        },
        ...{ despiteSuppressed: [], dueAt: now, writtenBy: BY },
      },
      now,
    )
    const deleting = refusal(deleteMailbox(engine.deps, ids))
    await untilBlocked(engine.deps.sql, deleting)
    await writing.commit()
    expect(await deleting).toMatchObject({ code: 'in_use' })
    expect(await engine.db.reply.count()).toBe(1)
  })

  it('that is gone already is not said to be deleted', async () => {
    const { engine } = stage
    const gone = deleteMailbox(engine.deps, { mailboxId: '01900000-0000-7000-8000-000000000000' })
    expect(await refusal(gone)).toEqual({
      code: 'not_found',
      message: 'This mailbox does not exist any more. Nothing was deleted.',
    })
  })
})

describe('a lead with replies on their way', () => {
  it('takes those along that have not left, which is said before', async () => {
    const { engine, ids } = stage
    await stage.write()
    const expected = { leads: 1, waitingReplies: 1, heldReplies: 0 }
    const act = { ids: [ids.leadId], by: BY }
    expect(await deleteLeads(engine.deps, { ...act, dryRun: true })).toMatchObject(expected)
    expect(await engine.db.reply.count()).toBe(1)
    expect(await deleteLeads(engine.deps, act)).toMatchObject(expected)
    expect(await engine.db.reply.count()).toBe(0)
  })

  it('is not deleted while nobody knows whether one of them left', async () => {
    const { engine, ids } = stage
    const id = await writeHeld()
    const act = { ids: [ids.leadId], by: BY }
    expect(await deleteLeads(engine.deps, { ...act, dryRun: true })).toMatchObject({ heldReplies: 1 })
    expect(await refusal(deleteLeads(engine.deps, act))).toEqual({
      code: 'in_use',
      message:
        'Of 1 reply to this lead nobody knows whether it left. Nothing was deleted. Say in the inbox what became of it first.',
    })
    expect((await stage.reply(id)).status).toBe('held')
  })
})
