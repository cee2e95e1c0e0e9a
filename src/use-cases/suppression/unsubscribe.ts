import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import { suppressUnsubscribed } from '@/db/queries/suppression/suppress-unsubscribed'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { readUnsubscribeToken } from '@/lib/encryption'

/**
 * The address that a token would unsubscribe; null when the token is not ours or the email is gone. Changes nothing.
 */
export async function getUnsubscribe(
  { db, config }: Deps,
  { token }: { token: string },
): Promise<{ email: string } | null> {
  const id = readUnsubscribeToken(config.encryptionKey, token)
  if (!id) return null
  const email = await db.scheduledEmail.findUnique({ where: { id }, select: { lead: { select: { email: true } } } })
  return email && { email: email.lead.email }
}

/**
 * Unsubscribes the lead that the email went to: address suppressed, lead `unsubscribed`, pending emails skipped, in one
 * transaction after whose commit no SMTP transaction with the lead begins. Idempotent. Returns false when the token is
 * not ours.
 */
export async function unsubscribe(
  { db, sql, clock, config, log, queue }: Deps,
  { token }: { token: string },
): Promise<boolean> {
  const id = readUnsubscribeToken(config.encryptionKey, token)
  const email = id && (await db.scheduledEmail.findUnique({ where: { id }, include: { lead: true } }))
  if (!email) return false
  const now = clock.now()
  await withSendingBlocked(sql, async (tx) => {
    await lockCampaignsOfLeads(tx, [email.leadId])
    await suppressUnsubscribed(tx, { leadId: email.leadId, at: now })
    await skipPendingOfLeads(tx, { leadIds: [email.leadId], reason: 'lead_unmailable', at: now })
  })
  // A campaign may have waited for nothing but these emails.
  await queue.enqueueTick()
  log.info({ lead: email.leadId, scheduledEmail: email.id, campaign: email.campaignId }, 'lead unsubscribed')
  return true
}
