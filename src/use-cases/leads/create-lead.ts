import { lockBatch } from '@/db/queries/leads/insert-batch'
import { insertLeads } from '@/db/queries/leads/insert-leads'
import { selectLeadsByEmail } from '@/db/queries/leads/select-leads-by-email'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { completeNames } from '@/domain/lead/csv-row'
import { type LeadEdit, normaliseCustomFields, normaliseDetails, requireEmail } from '@/domain/lead/edit'
import { LEAD_DETAILS, type LeadDetail, type LeadDraft } from '@/domain/lead/fields'
import { addressHash } from '@/lib/encryption'
import { alreadyLead } from './already-lead'
import { refuseSuppressed } from './refuse-suppressed'

export type CreateLead = LeadEdit & { email: string; batchId?: string | undefined; by: string | null }

/** `mailedBefore`: when its address was emailed last, where a lead with it was deleted; null where it never was. */
export type CreatedLead = { id: string; mailedBefore: Date | null }

/** Creates one lead by hand, in a batch where one is given. @throws {DomainError} invalid_input, duplicate, conflict, not_found */
export async function createLead(deps: Deps, input: CreateLead): Promise<CreatedLead> {
  const email = requireEmail(input.email)
  const given = normaliseDetails(input)
  const details = Object.fromEntries(LEAD_DETAILS.map((field) => [field, given[field] ?? null])) as Record<
    LeadDetail,
    string | null
  >
  const draft: LeadDraft = {
    email,
    ...completeNames(details),
    customFields: normaliseCustomFields(input.customFields ?? {}),
  }
  const at = deps.clock.now()
  const { id, lastContactedAt } = await transaction(deps.sql, async (tx) => {
    await refuseSuppressed(tx, deps.config, email, 'The lead was not created.')
    const batchId = input.batchId ?? null
    if (batchId && (await lockBatch(tx, batchId)) === null)
      throw new DomainError('not_found', 'This batch does not exist any more. The lead was not created.')
    const [lead] = await insertLeads(tx, [{ ...draft, emailHash: addressHash(deps.config.consentKey, email) }], {
      source: 'manual',
      at,
      batchId,
    })
    if (!lead) {
      const [existing] = await selectLeadsByEmail(tx, [email])
      throw alreadyLead(email, existing?.id, 'Nothing was created.')
    }
    return lead
  })
  deps.log.info({ lead: id, by: input.by }, 'lead created')
  return { id, mailedBefore: lastContactedAt }
}
