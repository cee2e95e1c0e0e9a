import { beforeEach, describe, expect, it } from 'vitest'
import { lockLead } from '@/db/queries/conversations/act-on-answer'
import { endReplyIfPending } from '@/db/queries/replies/move-reply'
import { addTakenIf, type RecordReply, recordReplyIf } from '@/db/queries/replies/record-reply'
import { beginTransaction, query } from '@/db/sql'
import { REPLY_STATUSES, type ReplyStatus } from '@/domain/reply/state'
import { OUR_LEAD } from '../../support/conversation/received'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { untilBlocked } from '../../support/until-blocked'

const stage = allWithAnsweredEmail('human-interested.gmail.en')
const KIM = 'kim@customer.example'
const LI = 'li@customer.example'
const ids = new Map<string, string>()

/** What stands beside a state. */
function timesOf(status: ReplyStatus) {
  const at = stage.engine.clock.now()
  return {
    sendingSince: at,
    leaseUntil: status === 'sending' ? at : null,
    heldAt: status === 'held' ? at : null,
    sentAt: status === 'sent' ? at : null,
    endedAt: status === 'pending' || status === 'sending' || status === 'held' ? null : at,
  }
}

// One in each state, the second attempt of each.
beforeEach(async () => {
  await stage.engine.db.reply.deleteMany()
  for (const status of REPLY_STATUSES) {
    const { id } = await stage.write({ cc: [KIM, LI] })
    ids.set(status, id)
    const data = { ...timesOf(status), status, claim: 2, reason: 'Before' }
    await stage.engine.db.reply.update({ where: { id }, data })
  }
})

const all = async () => {
  const rows = await stage.engine.db.reply.findMany({ orderBy: { id: 'asc' } })
  return rows.map(({ id, status, takenEmails, refusedEmails, reason }) => ({
    ...{ name: [...ids].find(([, one]) => one === id)?.[0], status, reason },
    ...{ taken: takenEmails, refused: refusedEmails },
  }))
}
type Row = Awaited<ReturnType<typeof all>>[number]

/** The rows that something has changed, as they are now. */
async function changedBy(work: () => Promise<unknown>): Promise<Row[]> {
  const before = (await all()).map((row) => JSON.stringify(row))
  await work()
  return (await all()).filter((row) => !before.includes(JSON.stringify(row)))
}

const late = (status: string, over: Partial<RecordReply> = {}) => {
  const result: RecordReply = {
    ...{ id: ids.get(status) ?? '', fencingToken: 2, status: 'pending', reason: 'After', dueAt: null },
    ...{ attemptUsed: true, taken: [OUR_LEAD], refused: [KIM], response: null, bounces: 0, providerMessageId: null },
    ...over,
  }
  return addTakenIf(stage.engine.deps.sql, result, stage.engine.clock.now())
}

describe('a late answer that takes a reply for some', () => {
  it.each([
    { status: 'pending', becomes: 'pending', reason: 'After' },
    { status: 'sending', becomes: 'sending', reason: 'Before' },
    { status: 'held', becomes: 'held', reason: 'Before' },
    { status: 'sent', becomes: 'sent', reason: 'After' },
    { status: 'failed', becomes: 'sent', reason: 'After' },
    { status: 'cancelled', becomes: 'sent', reason: 'After' },
  ])('is added to the one that is $status, and to no other', async ({ status, becomes, reason }) => {
    const row = { name: status, status: becomes, reason, taken: [OUR_LEAD] }
    expect(await changedBy(() => late(status))).toEqual([{ ...row, refused: [KIM] }])
  })

  it.each(REPLY_STATUSES)('of an earlier attempt says of one that is %s only who has it', async (status) => {
    const changed = await changedBy(() => late(status, { fencingToken: 1 }))
    expect(changed).toMatchObject([{ name: status, taken: [OUR_LEAD], refused: [] }])
  })

  it('changes nothing where it was taken for nobody, or there was no such attempt', async () => {
    for (const status of REPLY_STATUSES) {
      expect(await changedBy(() => late(status, { taken: [] }))).toEqual([])
      expect(await changedBy(() => late(status, { fencingToken: 3 }))).toEqual([])
    }
  })
})

it('only a pending reply is ended for a reason of ours', async () => {
  const at = stage.engine.clock.now()
  for (const [status, id] of ids) {
    const changed = await changedBy(() => endReplyIfPending(stage.engine.deps.sql, { id, reason: 'suppressed', at }))
    expect(changed).toMatchObject(status === 'pending' ? [{ name: status, status: 'failed' }] : [])
  }
})

describe('what became of a reply', () => {
  const recorded = () => {
    const result = { id: ids.get('sending') ?? '', fencingToken: 2, status: 'sent' as const, reason: null, dueAt: null }
    const whom = {
      taken: [OUR_LEAD],
      refused: [],
      response: null,
      bounces: 0,
      providerMessageId: null,
      attemptUsed: true,
    }
    return recordReplyIf(stage.engine.deps.sql, { ...result, ...whom }, null, stage.engine.clock.now())
  }
  it.each([
    ['is recorded', recorded],
    ['is added later', () => late('sending')],
  ])('%s with its lead locked first, so that whoever has the lead can lock the reply', async (_, act) => {
    const { tx, rollback } = await beginTransaction(stage.engine.deps.sql)
    await lockLead(tx, stage.ids.leadId)
    const acting = act()
    await untilBlocked(stage.engine.deps.sql, acting)
    const free = await query(
      tx,
    )`SELECT id FROM replies WHERE id = ${ids.get('sending')}::uuid FOR NO KEY UPDATE SKIP LOCKED`
    await rollback()
    await acting
    expect(free).toHaveLength(1)
  })
})
