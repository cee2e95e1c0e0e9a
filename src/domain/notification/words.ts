import type { NotificationKind } from './kinds'

/** What a notification names, as it is now. */
export type NotificationFacts = {
  kind: NotificationKind
  /** Of a reply: who wrote, which may be nobody whom we have written to. */
  from?: { name: string; company: string; isLead: boolean } | null
  excerpt?: string
  campaign?: { name: string; ended: 'completed' | 'stopped' | 'failed'; reason: string | null } | null
  /** `reading`: its answers are not read; its email goes out all the same. */
  mailbox?: { name: string; reading: boolean; reason: string | null } | null
  /** Why no backup can be made. */
  backup?: { reason: string | null } | null
  /** A state that is over. */
  over: boolean
}

/** What a notification says: a line, and what is behind it where there is more to say. */
export type NotificationWords = { title: string; detail: string | null }

/** The words of a notification, the same in the app and in an email. */
export function notificationWords(facts: NotificationFacts): NotificationWords {
  const { kind, mailbox, campaign } = facts
  switch (kind) {
    case 'reply':
      return {
        title: `${nameOf(facts)} ${facts.from?.isLead === false ? 'wrote' : 'replied'}${campaign ? ` to ${quoted(campaign.name)}` : ''}`,
        detail: facts.excerpt || null,
      }
    case 'campaign_ended':
      return campaignWords(campaign)
    case 'mailbox_stopped':
      return mailboxWords(mailbox, facts.over)
    case 'backup_failed':
      return {
        title: 'The daily backup could not be made',
        detail: facts.over ? 'Backups are made again.' : (facts.backup?.reason ?? null),
      }
    case 'bounce_rate':
      return {
        title: `Too many emails from ${mailbox?.name ?? 'a mailbox'} bounced`,
        detail: facts.over
          ? 'It begins new sequences again.'
          : 'Only follow-ups leave it for now. Check where these leads came from.',
      }
  }
}

function campaignWords(campaign: NotificationFacts['campaign']): NotificationWords {
  const name = quoted(campaign?.name ?? '')
  if (campaign?.ended === 'failed') return { title: `Campaign ${name} was stopped as failed`, detail: campaign.reason }
  return { title: `Campaign ${name} ${campaign?.ended === 'stopped' ? 'was stopped' : 'is completed'}`, detail: null }
}

function mailboxWords(mailbox: NotificationFacts['mailbox'], over: boolean): NotificationWords {
  const name = mailbox?.name ?? 'A mailbox'
  const title = mailbox?.reading ? `Answers to ${name} are not read` : `${name} has stopped sending`
  const again = mailbox?.reading ? 'They are read again.' : 'It sends again.'
  return { title, detail: over ? again : (mailbox?.reason ?? null) }
}

const nameOf = ({ from }: NotificationFacts) =>
  from ? (from.company && from.company !== from.name ? `${from.name} (${from.company})` : from.name) : 'Somebody'

const quoted = (name: string) => `“${name}”`

/**
 * An email that tells of notifications, the oldest first: its subject, and a paragraph each with the address of what it is about.
 * `parts` are at most so many as an email holds; `more` were left out of it.
 */
export function notificationEmail(
  parts: readonly { words: NotificationWords; url: string }[],
  { more, choicesUrl }: { more: number; choicesUrl: string },
): { subject: string; lines: string[] } {
  const count = parts.length + more
  const [first] = parts
  return {
    subject: count === 1 && first ? first.words.title : `${count} notifications of LeadNexConnect`,
    lines: [
      ...parts.map(({ words, url }) => [words.title, ...(words.detail ? [words.detail] : []), url].join('\n')),
      ...(more > 0 ? [`And ${more} more, which the app shows.`] : []),
      `You get this email because you chose so. Change it here:\n${choicesUrl}`,
    ],
  }
}
