import type { NotificationRow } from '@/db/queries/notifications/select-notifications'
import type { NotificationFacts } from '@/domain/notification/words'

/** What somebody who was told wants to see: a reply where it can be answered, else its lead. */
export type About = { what: 'conversation' | 'lead' | 'campaign' | 'mailbox' | 'installation'; id: string }

/** What a stored notification is about. What it names is there as long as itself. */
export function aboutOf({ kind, conversationId, leadId, campaignId, mailboxId }: NotificationRow): About {
  if (kind === 'campaign_ended') return { what: 'campaign', id: campaignId ?? '' }
  if (kind === 'backup_failed') return { what: 'installation', id: '' }
  if (kind !== 'reply') return { what: 'mailbox', id: mailboxId ?? '' }
  return conversationId ? { what: 'conversation', id: conversationId } : { what: 'lead', id: leadId ?? '' }
}

/** What a stored notification tells of. */
export function factsOf(row: NotificationRow): NotificationFacts {
  const isReading = row.occurrence.startsWith('reading ')
  return {
    kind: row.kind,
    over: row.overAt !== null,
    from:
      row.fromName === null ? null : { name: row.fromName, company: row.company ?? '', isLead: row.leadId !== null },
    backup: row.kind === 'backup_failed' ? { reason: row.backupFailure } : null,
    excerpt: (row.excerpt ?? '').replace(/\s+/g, ' ').trim(),
    campaign:
      row.campaignName === null ? null : { name: row.campaignName, ended: endOf(row), reason: row.failureReason },
    mailbox:
      row.mailboxName === null
        ? null
        : { name: row.mailboxName, reading: isReading, reason: isReading ? row.readingReason : row.sendingReason },
  }
}

const endOf = ({ occurrence }: NotificationRow) =>
  occurrence.startsWith('failed ') ? 'failed' : occurrence.startsWith('stopped ') ? 'stopped' : 'completed'
