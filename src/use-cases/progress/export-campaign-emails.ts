import { reachOfSearch } from '@/db/queries/leads/search-leads'
import { selectEmailPlaces } from '@/db/queries/progress/select-campaign-emails'
import type { Deps } from '@/deps'
import type { EmailStatus } from '@/domain/campaign/progress'
import { EXPORTED_AT_ONCE, type ExportTable, exportTime } from '@/domain/lists/exports'
import { titleOf } from '@/domain/templates/title'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'

export type ExportCampaignEmails = {
  campaignId: string
  status?: EmailStatus | undefined
  stepNumber?: number | undefined
  search?: string | undefined
}

const HEADER = [
  'email',
  'contact_name',
  'company_name',
  'step',
  'template',
  'state',
  'reason',
  'planned_for',
  'sent_at',
  'mailbox',
  'message_id',
]

/** A campaign's planned emails that match, lead after lead, each lead's by step, as a table. @throws {DomainError} not_found */
export async function exportCampaignEmails(deps: Deps, asked: ExportCampaignEmails): Promise<ExportTable> {
  const { db, sql } = deps
  await loadCampaign(deps, asked.campaignId)
  const { searchAll } = await reachOfSearch(sql, asked.search)
  async function* pages() {
    for (let from: { id: string; value: number } | null = null; ; ) {
      const read = { onwards: true, from, limit: EXPORTED_AT_ONCE }
      const places = await selectEmailPlaces(sql, { ...asked, searchAll }, read)
      const stored = await db.scheduledEmail.findMany({
        where: { id: { in: places.map(({ id }) => id) } },
        include: {
          lead: { select: { email: true, contactName: true, companyName: true } },
          template: { select: { name: true, subject: true } },
          mailbox: { select: { fromEmail: true } },
        },
      })
      const byId = new Map(stored.map((email) => [email.id, email]))
      yield places
        .flatMap(({ id }) => byId.get(id) ?? [])
        .map((email) => [
          email.lead.email,
          email.lead.contactName,
          email.lead.companyName,
          email.workflowStepNumber,
          titleOf(email.template),
          email.status,
          email.status === 'pending' ? email.waitReason : (email.failureReason ?? email.waitReason),
          exportTime(email.scheduledFor),
          exportTime(email.sentAt),
          email.mailbox.fromEmail,
          email.messageId,
        ])
      const last: (typeof places)[number] | undefined = places.at(-1)
      if (!last || places.length < EXPORTED_AT_ONCE) return
      from = { id: last.leadId, value: last.stepNumber }
    }
  }
  return { header: HEADER, pages: pages() }
}
