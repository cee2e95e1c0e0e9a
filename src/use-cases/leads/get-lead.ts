import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { hashedAddress } from '@/lib/encryption'
import { listReceived } from './list-received'

// Three campaigns of twenty steps are a lot for one lead.
const TIMELINE_LENGTH = 200
// What a list shows of a message; the whole of it is fetched when it is asked for.
const EXCERPT_LENGTH = 600

/**
 * A lead with its batches, every email planned for it or sent to it, and every message received from it, the latest first.
 * @throws {DomainError} not_found
 */
export async function getLead({ db, sql, config }: Deps, id: string) {
  const lead = await db.lead.findUnique({
    where: { id },
    omit: { searchText: true, companyKey: true, contactKey: true },
    include: {
      batches: { orderBy: { addedAt: 'asc' }, select: { addedAt: true, batch: { select: { id: true, name: true } } } },
    },
  })
  if (!lead) throw new DomainError('not_found', 'This lead does not exist any more.', { leadId: id })
  const [emails, messages, suppressions] = await Promise.all([
    db.scheduledEmail.findMany({
      where: { leadId: id },
      orderBy: [{ scheduledFor: 'desc' }, { workflowStepNumber: 'desc' }],
      take: TIMELINE_LENGTH,
      select: {
        id: true,
        workflowStepNumber: true,
        status: true,
        scheduledFor: true,
        sentAt: true,
        failedAt: true,
        failureReason: true,
        waitReason: true,
        campaign: { select: { id: true, name: true, status: true, timezone: true } },
        template: { select: { id: true, name: true } },
        mailbox: { select: { id: true, fromEmail: true } },
        email: { select: { subject: true } },
      },
    }),
    listReceived({ db }, { leadId: id }, EXCERPT_LENGTH),
    selectSuppressedAddresses(sql, [hashedAddress(config.consentKey, lead.email)]),
  ])
  const { batches, customFields, emailHash: _, ...own } = lead
  return {
    ...own,
    customFields: customFields as Record<string, string>,
    batches: batches.map(({ batch, addedAt }) => ({ ...batch, addedAt })),
    /** Why the address is never mailed, whatever the status says. */
    suppressed: suppressions[0] ?? null,
    timeline: emails.map(({ email: record, ...planned }) => ({ ...planned, subject: record?.subject ?? null })),
    messages,
  }
}
