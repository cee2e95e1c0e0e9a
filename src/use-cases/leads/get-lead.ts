import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import type { Deps } from '@/deps'
import { correctionsOf } from '@/domain/conversation/correction'
import { readReceivedKind } from '@/domain/conversation/received-kind'
import { readEffects } from '@/domain/conversation/stored-effects'
import { readUndo } from '@/domain/conversation/stored-undo'
import { DomainError } from '@/domain/errors'
import { addressHash } from '@/lib/encryption'

// Three campaigns of twenty steps are a lot for one lead.
const TIMELINE_LENGTH = 200
const MESSAGES_LENGTH = 100
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
    listReceived({ db }, id),
    selectSuppressedAddresses(sql, [{ email: lead.email, hash: addressHash(config.consentKey, lead.email) }]),
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

/** The messages that came from a lead, and those that were written to it by hand, the latest first. */
async function listReceived({ db }: Pick<Deps, 'db'>, leadId: string) {
  const messages = await db.receivedMessage.findMany({
    // Copies of planned emails stand in the timeline.
    where: { leadId, OR: [{ kind: { not: 'own' } }, { details: { path: ['byHand'], equals: true } }] },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: MESSAGES_LENGTH,
    select: {
      id: true,
      receivedAt: true,
      fromEmail: true,
      fromName: true,
      subject: true,
      kind: true,
      newText: true,
      effects: true,
      undo: true,
      matchedBy: true,
      correctedFrom: true,
      correctedAt: true,
      mailbox: { select: { fromEmail: true, timezone: true } },
    },
  })
  return messages.map(({ newText, effects: stored, undo, matchedBy, correctedAt, ...message }) => {
    const effects = readEffects(stored)
    const kind = readReceivedKind(message.kind)
    const standing = { kind, asksPerson: effects.asksPerson === true, isCorrected: correctedAt !== null }
    return {
      ...message,
      excerpt: newText.trim().slice(0, EXCERPT_LENGTH),
      effects,
      /** What a person may say that it is instead. */
      corrections: matchedBy ? correctionsOf(standing) : [],
      /** Addresses that come off the suppression list with it, for which a reason is asked. */
      suppressed: readUndo(undo).suppressed ?? [],
    }
  })
}
