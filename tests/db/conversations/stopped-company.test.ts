import { beforeEach, describe, expect, it } from 'vitest'
import { selectEndedLeads } from '@/db/queries/changes/select-emails-to-change'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { recordAttempts } from '@/use-cases/delivery/record-results'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { allWithContactedLead, READ_AT, sample } from '../../support/conversation/reading-stage'
import { OUR_ID, OUR_LEAD } from '../../support/conversation/received'
import { BY } from '../../support/engine'

const stage = allWithContactedLead()
const REPLY = 'human-none.what-is-it.en'
const FAR_AHEAD = new Date('2100-01-01T00:00:00Z')

beforeEach(() => stage.engine.db.campaign.updateMany({ data: { stopSameCompany: true } }))

/** A colleague of the lead whose first email is in this state. */
async function colleague(
  name: string,
  status: 'sent' | 'sending' | 'failed' | 'pending',
  email = `${name}@nordwind.example`,
) {
  const { db } = stage.engine
  const like = await db.scheduledEmail.findFirstOrThrow({ where: { messageId: OUR_ID } })
  const { id: leadId } = await db.lead.create({ data: { email, status: 'contacted' } })
  const { id: _, emailId: _e, ...row } = like
  const at = {
    sent: {},
    sending: { sentAt: null, leaseUntil: READ_AT },
    failed: { sentAt: null, failedAt: READ_AT, endedAt: READ_AT },
    pending: { sentAt: null, sendingSince: null, claim: 0 },
  }[status]
  const messageId = `<${name}@nexa.example>`
  const { id } = await db.scheduledEmail.create({ data: { ...row, leadId, messageId, status, ...at } })
  const now = async () => {
    const { status, failureReason } = await db.scheduledEmail.findUniqueOrThrow({ where: { id } })
    return failureReason ? `${status}: ${failureReason}` : status
  }
  return { id, leadId, now, messageId }
}
async function replies(from = OUR_LEAD, to = OUR_ID) {
  const text = sample(REPLY).toString().replaceAll(OUR_LEAD, from).replaceAll(OUR_ID, to)
  stage.server.put('inbox', text.replace(/^Message-ID: .*$/m, `Message-ID: <${from}>`), READ_AT)
  await stage.read()
  return (await stage.engine.db.receivedMessage.findFirstOrThrow({ where: { fromEmail: from } })).id
}
const isNothing = (id: string) => correctMessage(stage.engine.deps, { id, to: 'nothing', by: BY })
async function putOff(id: string) {
  const { deps } = stage.engine
  const outcome = { id, fencingToken: 1, status: 'pending' as const, reason: 'retry', attemptUsed: true }
  const rest = { dueAt: deps.clock.now(), addressInvalid: false, message: null }
  const days = { mailboxId: stage.ids.mailboxId, mailboxDay: '2026-12-18', campaignDays: [] }
  await recordAttempts(deps, [{ ...outcome, ...rest }], days)
}
const endedLeads = async () =>
  (await selectEndedLeads(stage.engine.deps.sql, stage.ids.campaignId)).map(({ id }) => id).toSorted()

describe('a company that a reply has stopped', () => {
  it('ends an email to a colleague that was on the wire when it comes back, until the reply is corrected', async () => {
    const max = await colleague('max', 'sending')
    const id = await replies()
    await putOff(max.id)
    expect(await max.now()).toBe('skipped: company_replied')
    expect(await stage.stored()).toMatchObject({
      effects: { skipped: 2, companySkipped: 1, company: 'nordwind.example' },
    })
    await isNothing(id)
    expect(await max.now()).toBe('pending')
  })

  it.each([
    ['somebody of another company', 'max@altnordwind.example', true],
    ['a colleague where replies of colleagues stop nobody', 'max@nordwind.example', false],
  ])('does not end that of %s', async (_, email, stopSameCompany) => {
    await stage.engine.db.campaign.updateMany({ data: { stopSameCompany } })
    const max = await colleague('max', 'sending', email)
    await replies()
    await putOff(max.id)
    expect(await max.now()).toBe('pending')
  })

  it('gets no step that is added later, where every step was sent before as well', async () => {
    const max = await colleague('max', 'sent')
    const other = await colleague('other', 'sent', 'ann@elsewhere.example')
    const id = await replies()
    await stage.engine.db.receivedMessage.updateMany({ data: { createdAt: FAR_AHEAD } })
    expect(await endedLeads()).toEqual([stage.ids.leadId, max.leadId].toSorted())
    await isNothing(id)
    expect(await endedLeads()).not.toContain(other.leadId)
    expect(await endedLeads()).toEqual([])
  })

  it('gets no email again that had failed', async () => {
    const max = await colleague('max', 'failed')
    await stage.engine.db.campaign.updateMany({ data: { emailsFailedCount: 1 } })
    await replies()
    await stage.engine.db.receivedMessage.updateMany({ data: { createdAt: FAR_AHEAD } })
    const { campaignId } = stage.ids
    const leftOut = [{ reason: 'company_replied', count: 1 }]
    expect(await retryFailed(stage.engine.deps, { campaignId, by: BY })).toEqual({ reopened: 0, leftOut })
    expect(await max.now()).toBe('failed')
  })

  it('stays so for the reply of a second colleague when the first one is corrected', async () => {
    const max = await colleague('max', 'sent')
    const kim = await colleague('kim', 'pending')
    const first = await replies()
    expect(await kim.now()).toBe('skipped: company_replied')
    stage.engine.clock.advance(1000)
    const second = await replies('max@nordwind.example', max.messageId)
    await isNothing(first)
    expect(await kim.now()).toBe('skipped: company_replied')
    expect((await stage.state()).later).toEqual(['skipped: lead_replied', 'skipped: lead_replied'])
    await isNothing(second)
    expect(await kim.now()).toBe('pending')
    expect((await stage.state()).later).toEqual(['pending', 'pending'])
  })
})
