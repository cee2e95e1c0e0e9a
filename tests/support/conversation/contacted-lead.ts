import type { Engine } from '../engine'
import { OUR_ID, OUR_LEAD } from './received'

/** The planned email that all sample messages are about. */
export const ID = OUR_ID.slice(1, 37)
export const OUR_SUBJECT = 'A quieter warehouse at Nordwind'
export const SENT_AT = '2026-12-14T08:00:00Z'

/** In place of all leads and campaigns: a lead that got the first of three emails from sam@nexa.example, whose mailbox is read; two follow. */
export async function contactLead({ db, clock }: Engine) {
  await db.receivedMessage.deleteMany()
  await db.conversation.deleteMany()
  await db.campaign.deleteMany()
  await db.lead.deleteMany()
  await db.suppression.deleteMany()
  await db.mailboxReader.deleteMany()
  await db.mailboxFolder.deleteMany()
  await db.mailboxHour.deleteMany()
  const { id: mailboxId } = await db.mailbox.findFirstOrThrow()
  await db.mailbox.update({ where: { id: mailboxId }, data: { fromEmail: 'sam@nexa.example' } })
  await db.mailboxReader.create({ data: { mailboxId, imapHost: 'imap.nexa.example', imapPort: 993 } })
  const { id: leadId } = await db.lead.create({ data: { email: OUR_LEAD, status: 'contacted' } })
  const { id: campaignId } = await db.campaign.create({ data: { name: 'Nordwind', status: 'running' } })
  const content = { name: 'Template', subject: OUR_SUBJECT, bodyText: 'Hello' }
  const template = (await db.emailTemplate.findFirst()) ?? (await db.emailTemplate.create({ data: content }))
  const sentAt = new Date(SENT_AT)
  const plain = { campaignId, leadId, templateId: template.id, mailboxId }
  const times = { scheduledFor: sentAt, sendingSince: sentAt, sentAt }
  await db.scheduledEmail.create({
    data: { ...plain, ...times, id: ID, messageId: OUR_ID, status: 'sent', claim: 1, emailId: ID },
  })
  const addresses = { fromEmail: 'sam@nexa.example', toEmail: OUR_LEAD }
  await db.email.create({
    data: { ...plain, ...addresses, id: ID, messageId: OUR_ID, subject: OUR_SUBJECT, bodyText: 'Hello', sentAt },
  })
  for (const step of [2, 3]) {
    const scheduledFor = new Date(clock.now().getTime() + step * 86_400_000)
    const messageId = `<step${step}@nexa.example>`
    await db.scheduledEmail.create({ data: { ...plain, workflowStepNumber: step, messageId, scheduledFor } })
  }
  return { mailboxId, leadId, campaignId }
}
