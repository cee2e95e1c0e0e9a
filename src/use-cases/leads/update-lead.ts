import { isUniqueViolation } from '@/db/errors'
import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { lockEmailsOfLeads } from '@/db/queries/delivery/lock-emails-of-leads'
import { recallAddress } from '@/db/queries/leads/remembered'
import { selectLeadsByEmail } from '@/db/queries/leads/select-leads-by-email'
import { type LeadChange, updateLeadRow } from '@/db/queries/leads/update-lead-row'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { type LeadEdit, normaliseCustomFields, normaliseDetails, requireEmail } from '@/domain/lead/edit'
import { addressHash } from '@/lib/encryption'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'
import { alreadyLead } from './already-lead'
import { refuseSuppressed } from './refuse-suppressed'

export type UpdateLead = LeadEdit & { id: string; email?: string | undefined; by: string | null }

/**
 * Changes a lead's details; no email made from the old ones leaves once this has committed. Unsubscribe links of emails that
 * went to its old address stay that address's, and what is remembered of the new one comes with it. The address does not
 * change while an email to it is on the wire. @throws {DomainError} not_found, invalid_input, duplicate, conflict, in_use
 */
export async function updateLead(deps: Deps, input: UpdateLead): Promise<{ id: string }> {
  const { sql, clock, config, log } = deps
  const change: LeadChange = normaliseDetails(input)
  if (input.email !== undefined) {
    change.email = requireEmail(input.email)
    change.emailHash = addressHash(config.consentKey, change.email)
    // What is remembered of the old address is kept under its hash.
    await recordAddressHashes(deps)
  }
  if (input.customFields) change.customFields = normaliseCustomFields(input.customFields)
  await withSendingBlocked(sql, async (tx) => {
    let moved = false
    if (change.email) {
      const { email } = change
      const [holder] = await selectLeadsByEmail(tx, [email])
      if (holder && holder.id !== input.id) throw alreadyLead(email, holder.id, 'Nothing was saved.')
      if (!holder) {
        moved = true
        await refuseSuppressed(tx, config, email, 'Nothing was saved.')
        await lockCampaignsOfLeads(tx, [input.id])
        const emails = await lockEmailsOfLeads(tx, [input.id])
        if (emails.some(({ status }) => status === 'sending')) {
          throw new DomainError(
            'in_use',
            'An email to this lead is being sent right now. Nothing was saved. Try again in a minute.',
          )
        }
      }
    }
    const written = await updateLeadRow(tx, input.id, change, clock.now()).catch((error: unknown) => {
      // Somebody else took the address between the look and the write.
      if (isUniqueViolation(error) && change.email) throw alreadyLead(change.email, undefined, 'Nothing was saved.')
      throw error
    })
    if (!written)
      throw new DomainError('not_found', 'This lead does not exist any more. Nothing was saved.', { leadId: input.id })
    if (moved) await recallAddress(tx, { leadId: input.id, at: clock.now() })
  })
  log.info({ lead: input.id, by: input.by }, 'lead updated')
  return { id: input.id }
}
