import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MassChoice, MassFilter } from '@/domain/lists/mass-act'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { type AskedMassAct, previewMassAct } from '@/use-cases/mass-acts/preview-mass-act'
import { BY, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'
import { addReply, doAct, forgetAll } from '../../support/mass-acts'

// What is said before an act is what it does: the same rule counts and acts.
let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => forgetAll(engine))

type State = 'held' | 'sending'

/** The first email of a lead stands like this. */
async function moveFirst(campaignId: string, leadId: string | undefined, status: State) {
  const email = await engine.db.scheduledEmail.findFirstOrThrow({
    where: { campaignId, leadId: leadId ?? '', workflowStepNumber: 1 },
  })
  const sending = { claim: 1, sendingSince: new Date(), leaseUntil: new Date(Date.now() + 60_000) }
  await engine.db.scheduledEmail.update({
    where: { id: email.id },
    data: status === 'held' ? { status, claim: 1, heldAt: engine.clock.now() } : { status, ...sending },
  })
}

/** Two campaigns of three emails for each of their three leads; the second goes on after a reply. An email is held, one is being sent. */
async function twoCampaigns() {
  const one = await startOutreach(engine, { leads: 3, name: 'One' })
  const other = await startOutreach(engine, { leads: 3, name: 'Other' })
  await engine.db.campaign.update({ where: { id: other.id }, data: { continueAfterReply: true } })
  await moveFirst(one.id, one.leads[0]?.id, 'held')
  await moveFirst(one.id, one.leads[1]?.id, 'sending')
  return { one, other }
}

async function preview(kind: AskedMassAct['kind'], choice: MassChoice = {}, filter: MassFilter = {}) {
  const said = await previewMassAct(engine.deps, { kind, filter, choice })
  if (!said.isCounted) throw new Error('So few are counted')
  return said
}

describe('the emails that an act is said to skip are those that it skips', () => {
  it.each([
    ['not_interested', { planned: 16, held: 1, sending: 1, campaigns: 2 }],
    ['unsubscribed', { planned: 16, held: 1, sending: 1, campaigns: 2 }],
    // The campaign that goes on after a reply keeps its emails.
    ['replied', { planned: 7, held: 1, sending: 1, campaigns: 1 }],
    ['interested', { planned: 7, held: 1, sending: 1, campaigns: 1 }],
  ] as const)('for a status: %s', async (status, emails) => {
    const { one } = await twoCampaigns()
    expect(await preview('status', { status })).toMatchObject({ emails })
    expect(await doAct(engine, 'status', {}, { status })).toMatchObject({ emailsSkipped: emails.planned })
    expect(await readLedger(engine, one.id)).toMatchObject({ skipped: 7, held: 1, sending: 1 })
  })

  it('but not those of leads that are so already', async () => {
    const { one } = await twoCampaigns()
    await engine.db.lead.update({ where: { id: one.leads[2]?.id ?? '' }, data: { status: 'converted' } })
    const { emails, already } = await preview('status', { status: 'converted' })
    expect([emails?.planned, already]).toEqual([13, 1])
    expect(await doAct(engine, 'status', {}, { status: 'converted' })).toMatchObject({ emailsSkipped: 13 })
  })

  it('also for a suppression, whose addresses may be on the list', async () => {
    const { one } = await twoCampaigns()
    const value = one.leads[2]?.email ?? ''
    await engine.db.suppression.create({ data: { kind: 'address', value, reason: 'bounced', source: 'manual' } })
    expect(await preview('suppress')).toMatchObject({ already: 1, emails: { planned: 16, held: 1, sending: 1 } })
    expect(await doAct(engine, 'suppress', {})).toMatchObject({ emailsSkipped: 16, changed: 5 })
  })
})

describe('what a deletion is said to take along goes, and nothing else', () => {
  it('says who is left out, what is planned and held, and which replies never leave', async () => {
    const { one, other } = await twoCampaigns()
    await addReply(engine, other.leads[0]?.id, 'pending')
    await addReply(engine, other.leads[0]?.id, 'pending')
    await addReply(engine, other.leads[1]?.id, 'held')
    await addReply(engine, other.leads[1]?.id, 'pending')
    await addReply(engine, other.leads[2]?.id, 'sending')
    const said = await preview('delete')
    expect(said).toMatchObject({
      total: 6,
      emails: { planned: 8, held: 1, campaigns: 2 },
      replies: { waiting: 2 },
      leftOut: { sending: 2, held_reply: 1 },
    })
    const act = await doAct(engine, 'delete', {})
    expect(act).toMatchObject({ changed: 3, emailsSkipped: 9, repliesDropped: 2, leftOut: said.leftOut })
    expect(await engine.db.reply.count()).toBe(3)
    expect(await engine.db.lead.count()).toBe(3)
    expect(await readLedger(engine, one.id)).toMatchObject({ planned: 3, sending: 1 })
  })

  it('is the same for leads that are chosen one by one', async () => {
    const { one } = await twoCampaigns()
    await addReply(engine, one.leads[2]?.id, 'pending')
    const ids = [one.leads[0]?.id ?? '', one.leads[2]?.id ?? '']
    const said = await deleteLeads(engine.deps, { ids, dryRun: true, by: BY })
    expect(said).toMatchObject({ leads: 2, plannedEmails: 6, waitingReplies: 1 })
    const { total, emails, replies } = await preview('delete', {}, { ids })
    expect([total, (emails?.planned ?? 0) + (emails?.held ?? 0), replies?.waiting]).toEqual([2, 6, 1])
  })
})
