import type { Lead } from '@/db/generated/client'
import { selectEmptiestLead } from '@/db/queries/templates/select-fill-rates'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import type { MessageTemplate } from '@/domain/message/render'

/**
 * `worst`: the lead with the fewest of the used variables filled, among the newest; `index`: place in the list, oldest first;
 * `after`, `before`: the one next to that lead.
 */
export type LeadChoice = { id: string } | { index: number } | { after: string } | { before: string } | 'worst'

/** Places that are counted at the most: further on, one goes from lead to lead. */
export const PLACES_AT_MOST = 1_000

/** Either a saved template or the fields as they stand in the editor. */
export type TemplateChoice = { templateId: string } | MessageTemplate

/** The chosen template, or the fields as they are given. @throws {DomainError} not_found */
export async function loadTemplateChoice({ db }: Deps, choice: TemplateChoice): Promise<MessageTemplate> {
  if (!('templateId' in choice)) return choice
  const template = await db.emailTemplate.findUnique({ where: { id: choice.templateId } })
  if (template) return template
  throw new DomainError('not_found', 'This template does not exist any more.', { templateId: choice.templateId })
}

/** The chosen lead, or null where there is none at all. @throws {DomainError} not_found */
export async function loadLeadChoice(
  { db, sql }: Deps,
  choice: LeadChoice,
  used: readonly string[],
): Promise<Lead | null> {
  if (choice === 'worst') {
    const row = await selectEmptiestLead(sql, used)
    return row ? db.lead.findUnique({ where: { id: row.id } }) : null
  }
  if ('after' in choice) return db.lead.findFirst({ where: { id: { gt: choice.after } }, orderBy: { id: 'asc' } })
  if ('before' in choice) return db.lead.findFirst({ where: { id: { lt: choice.before } }, orderBy: { id: 'desc' } })
  if ('index' in choice) return db.lead.findFirst({ orderBy: { id: 'asc' }, skip: choice.index })
  const lead = await db.lead.findUnique({ where: { id: choice.id } })
  if (lead) return lead
  throw new DomainError('not_found', 'This lead does not exist any more. Choose another.', { leadId: choice.id })
}
