import { describe, expect, it } from 'vitest'
import { recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { unsubscribeToken } from '@/lib/encryption'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { ID } from '../../support/conversation/contacted-lead'
import { allWithContactedLead, READ_AT, UNTOUCHED } from '../../support/conversation/reading-stage'
import { OUR_LEAD } from '../../support/conversation/received'
import { BY } from '../../support/engine'
import { refusal } from '../../support/refusal'

const stage = allWithContactedLead()
const WHY = 'She said on the phone that she never wrote that'

/** Corrects the only message, or the one of this kind. */
async function correct(to: 'reply' | 'stop_request' | 'nothing', { kind, why }: { kind?: string; why?: string } = {}) {
  const where = kind ? { kind } : {}
  const { id } = await stage.engine.db.receivedMessage.findFirstOrThrow({ where })
  return correctMessage(stage.engine.deps, { id, to, why, by: BY })
}

const SKIPPED = (reason: string) => [`skipped: ${reason}`, `skipped: ${reason}`]

describe('a message that a person corrects', () => {
  it('is no wish to stop after all: what it held back is planned again, and the suppressed stay suppressed', async () => {
    const { due } = await stage.state()
    await stage.readSample('stop-unsure.asks-how.en')
    expect(await stage.state()).toMatchObject({ later: SKIPPED('asks_to_stop') })
    expect(await correct('nothing')).toMatchObject({ to: 'nothing', plannedAgain: 2, skipped: 0 })
    expect(await stage.state()).toMatchObject({ ...UNTOUCHED, due })
    expect(await stage.stored()).toMatchObject({ kind: 'automatic', correctedFrom: 'stop_request', correctedBy: BY })
    expect(await stage.engine.db.campaignEvent.findMany({ where: { kind: 'message_corrected' } })).toMatchObject([
      {
        actor: BY,
        message: `Message from ${OUR_LEAD} corrected: it says nothing about the sequence, 2 emails planned again`,
      },
    ])
  })

  it('planned again after days: each later by as much as the first is overdue, the gap kept', async () => {
    const { due } = await stage.state()
    await stage.readSample('stop-unsure.asks-how.en')
    stage.engine.clock.advanceDays(9)
    await correct('nothing')
    const after = await stage.state()
    const gap = Date.parse(due[1] ?? '') - Date.parse(due[0] ?? '')
    const now = stage.engine.clock.now().getTime()
    expect(after.due).toEqual([new Date(now).toISOString(), new Date(now + gap).toISOString()])
  })

  it('is a wish to stop, confirmed: the address is suppressed, and what was held back is skipped for that', async () => {
    await stage.readSample('stop-unsure.asks-how.en')
    expect(await correct('stop_request')).toMatchObject({ to: 'stop_request', plannedAgain: 0, skipped: 2 })
    expect(await stage.state()).toMatchObject({
      lead: 'unsubscribed',
      later: SKIPPED('lead_unsubscribed'),
      suppressed: [`${OUR_LEAD} unsubscribed`],
    })
    expect((await stage.stored()).effects).not.toHaveProperty('asksPerson')
  })

  it('is a reply: the sequence ends for that', async () => {
    await stage.readSample('stop-unsure.asks-how.en')
    await correct('reply')
    expect(await stage.state()).toMatchObject({ lead: 'replied', later: SKIPPED('lead_replied'), suppressed: [] })
    expect(await stage.stored()).toMatchObject({ kind: 'human' })
  })

  it('is an automatic one taken for a reply, and back', async () => {
    await stage.readSample('human-interested.gmail.en')
    await correct('nothing')
    expect(await stage.state()).toMatchObject(UNTOUCHED)
    await correct('reply')
    expect(await stage.state()).toMatchObject({ lead: 'replied', later: SKIPPED('lead_replied') })
    expect(await stage.stored()).toMatchObject({ kind: 'human', correctedFrom: 'human' })
  })

  it('is no absence: the lead is not away, and what waited is planned at its time', async () => {
    const { due } = await stage.state()
    await stage.readSample('away-2027-01-04.exchange.en')
    expect((await stage.state()).due).not.toEqual(due)
    await correct('nothing')
    expect(await stage.state()).toMatchObject({ ...UNTOUCHED, due })
  })

  it('is a reply instead of an absence', async () => {
    await stage.readSample('away-2027-01-04.exchange.en')
    await correct('reply')
    expect(await stage.state()).toMatchObject({ lead: 'replied', away: null, later: SKIPPED('lead_replied') })
  })

  it('is no bounce: the address comes off the list for a reason that is kept, and the mailbox’s rate forgets it', async () => {
    await stage.readSample('bounce-hard.postfix-user-unknown.en')
    expect(await refusal(correct('nothing'))).toMatchObject({ code: 'invalid_input' })
    expect(await stage.state()).toMatchObject({ lead: 'bounced', suppressed: [`${OUR_LEAD} bounced`] })
    await correct('nothing', { why: WHY })
    expect(await stage.state()).toMatchObject(UNTOUCHED)
    expect(await stage.engine.db.mailboxHour.findFirst()).toMatchObject({ bounces: 0 })
    expect(await stage.engine.db.suppressionRemoval.findFirst()).toMatchObject({
      value: OUR_LEAD,
      why: WHY,
      removedBy: BY,
    })
    expect(await refusal(correct('nothing', { why: WHY }))).toMatchObject({ code: 'conflict' })
  })

  it('leaves the sequence ended where another message ends it, and gives it back with that one', async () => {
    await stage.readSample('human-interested.gmail.en')
    await stage.readSample('stop-unsure.asks-how.en')
    expect(await correct('nothing', { kind: 'human' })).toMatchObject({ plannedAgain: 0 })
    expect(await stage.state()).toMatchObject({ lead: 'replied', later: SKIPPED('lead_replied') })
    expect(await correct('nothing', { kind: 'stop_request' })).toMatchObject({ plannedAgain: 2 })
    expect(await stage.state()).toMatchObject(UNTOUCHED)
  })

  it('leaves a status that a person has set since', async () => {
    await stage.readSample('human-interested.gmail.en')
    await stage.engine.db.lead.update({ where: { id: stage.ids.leadId }, data: { status: 'not_interested' } })
    await correct('nothing')
    expect(await stage.state()).toMatchObject({ lead: 'not_interested' })
  })

  it('has a campaign run again that ended for want of its emails', async () => {
    const { db, deps } = stage.engine
    const status = async () => (await db.campaign.findUniqueOrThrow({ where: { id: stage.ids.campaignId } })).status
    await stage.readSample('stop-unsure.asks-how.en')
    await runTick(deps)
    expect(await status()).toBe('completed')
    await correct('reply')
    expect(await status()).toBe('completed')
    expect(await correct('nothing')).toMatchObject({ plannedAgain: 2 })
    expect(await status()).toBe('running')
  })

  it('leaves what a stopped campaign had planned', async () => {
    const { db } = stage.engine
    await stage.readSample('human-interested.gmail.en')
    await db.campaign.update({
      where: { id: stage.ids.campaignId },
      data: { status: 'completed', statusReason: 'Stopped' },
    })
    expect(await correct('nothing')).toMatchObject({ plannedAgain: 0 })
    expect(await stage.state()).toMatchObject({ lead: 'contacted', later: SKIPPED('lead_replied') })
  })

  it('stays on the list, and unsubscribed, where the link of an email has said the same since', async () => {
    const { deps } = stage.engine
    await stage.readSample('stop-sure.please-remove-me.en')
    await unsubscribe(deps, { token: unsubscribeToken(deps.config.consentKey, ID) })
    await correct('nothing', { why: WHY })
    expect(await stage.state()).toMatchObject({ lead: 'unsubscribed', suppressed: [`${OUR_LEAD} unsubscribed`] })
  })

  it('stays on the list where a person has set the lead to unsubscribed since', async () => {
    const { deps } = stage.engine
    const ids = [stage.ids.leadId]
    await stage.readSample('bounce-hard.postfix-user-unknown.en')
    await setLeadStatus(deps, { ids, status: 'unsubscribed', by: BY })
    await correct('nothing', { why: WHY })
    expect(await stage.state()).toMatchObject({ lead: 'unsubscribed', suppressed: [`${OUR_LEAD} bounced`] })
  })

  it('stays on the list where it was put there by hand since', async () => {
    await stage.readSample('bounce-hard.postfix-user-unknown.en')
    await addSuppression(stage.engine.deps, { value: OUR_LEAD, by: BY })
    await correct('nothing', { why: WHY })
    expect(await stage.state()).toMatchObject({ lead: 'contacted', suppressed: [`${OUR_LEAD} bounced`] })
  })

  it('stays on the list where a mail server has refused the address since', async () => {
    const { db, deps } = stage.engine
    const later = await db.scheduledEmail.findFirstOrThrow({ where: { workflowStepNumber: 2 } })
    await db.scheduledEmail.update({ where: { id: later.id }, data: { status: 'held', claim: 1, heldAt: READ_AT } })
    await stage.readSample('bounce-hard.postfix-user-unknown.en')
    const refused = { status: 'failed', reason: '550 5.1.1', addressInvalid: true, attemptUsed: true } as const
    const outcome = { ...refused, id: later.id, fencingToken: 1, dueAt: null, message: null }
    expect(await recordOutcomes(deps.sql, [outcome], null, READ_AT)).toMatchObject([{ status: 'failed' }])
    await correct('nothing', { why: WHY })
    expect(await stage.state()).toMatchObject({ suppressed: [`${OUR_LEAD} bounced`] })
  })

  it('comes off the list for the reason that is given, though a reply ends the sequence still, and the lead is one who replied', async () => {
    await stage.readSample('stop-sure.please-remove-me.en')
    await stage.readSample('human-interested.gmail.en')
    expect(await stage.state()).toMatchObject({ lead: 'unsubscribed' })
    expect(await correct('nothing', { kind: 'stop_request', why: WHY })).toMatchObject({ plannedAgain: 0 })
    expect(await stage.state()).toMatchObject({ lead: 'replied', later: SKIPPED('lead_unsubscribed'), suppressed: [] })
    expect(await correct('nothing', { kind: 'human' })).toMatchObject({ plannedAgain: 2 })
    expect(await stage.state()).toMatchObject(UNTOUCHED)
  })

  it('stays on the list where another message has it there as well, and goes with that one', async () => {
    await stage.readSample('bounce-hard.postfix-user-unknown.en')
    await stage.readSample('stop-sure.please-remove-me.en')
    await correct('nothing', { kind: 'bounce', why: WHY })
    expect(await stage.state()).toMatchObject({ lead: 'unsubscribed', suppressed: [`${OUR_LEAD} bounced`] })
    await correct('nothing', { kind: 'stop_request', why: WHY })
    expect(await stage.state()).toMatchObject(UNTOUCHED)
  })

  it('leaves the status of one that came before it, whose own goes back to what was before both', async () => {
    await stage.readSample('human-interested.gmail.en')
    await stage.readSample('stop-sure.please-remove-me.en')
    await correct('nothing', { kind: 'human' })
    expect(await stage.state()).toMatchObject({ lead: 'unsubscribed' })
    await correct('nothing', { kind: 'stop_request', why: WHY })
    expect(await stage.state()).toMatchObject(UNTOUCHED)
  })

  it('gives back the status that an earlier one had given, which is taken back in its turn', async () => {
    await stage.readSample('human-interested.gmail.en')
    await stage.readSample('stop-sure.please-remove-me.en')
    await correct('nothing', { kind: 'stop_request', why: WHY })
    expect(await stage.state()).toMatchObject({ lead: 'replied', later: SKIPPED('lead_replied'), suppressed: [] })
    await correct('nothing', { kind: 'human' })
    expect(await stage.state()).toMatchObject(UNTOUCHED)
  })

  it('has the sequence go on although a forged bounce lies there', async () => {
    const { db } = stage.engine
    const { id: _, ...like } = await db.mailbox.findFirstOrThrow()
    const other = await db.mailbox.create({ data: { ...like, name: 'other', fromEmail: 'other@nexa.example' } })
    await stage.readSample('bounce-hard.postfix-user-unknown.en')
    await db.receivedMessage.updateMany({ data: { mailboxId: other.id, undo: {}, effects: {} } })
    await db.suppression.deleteMany()
    await db.lead.updateMany({ data: { status: 'contacted' } })
    await db.scheduledEmail.updateMany({
      where: { status: 'skipped' },
      data: { status: 'pending', failureReason: null, endedAt: null },
    })
    await stage.readSample('human-interested.gmail.en')
    expect(await correct('nothing', { kind: 'human' })).toMatchObject({ plannedAgain: 2 })
    expect(await stage.state()).toMatchObject(UNTOUCHED)
    await db.mailbox.delete({ where: { id: other.id } })
  })

  it('has the sequence go on although an address bounced that the lead has no more', async () => {
    const { db } = stage.engine
    await db.lead.updateMany({ data: { email: 'ute@nordwind.example' } })
    await stage.readSample('bounce-hard.postfix-user-unknown.en')
    await stage.readSample('human-interested.gmail.en')
    expect(await correct('nothing', { kind: 'human' })).toMatchObject({ plannedAgain: 2 })
    expect(await stage.state()).toMatchObject({ ...UNTOUCHED, suppressed: [`${OUR_LEAD} bounced`] })
  })
})
