import { claimNotificationEmail, recordNotificationEmail } from '@/db/queries/notifications/notification-emails'
import { selectNotificationsById } from '@/db/queries/notifications/select-notifications'
import type { Deps } from '@/deps'
import { MOST_IN_AN_EMAIL } from '@/domain/notification/kinds'
import { notificationEmail, notificationWords } from '@/domain/notification/words'
import { sendAccountEmail } from '@/use-cases/team/send-account-email'
import { factsOf } from './notification-facts'

/**
 * Sends one member one email about all that is due for them. Begun before anything goes out, and never again after that: of a second
 * job, or one that dies, nobody gets it twice. What did not go says so in the app.
 */
export async function sendNotificationEmail(deps: Deps, { userId }: { userId: string }): Promise<void> {
  const claimed = await claimNotificationEmail(deps.sql, { userId, at: deps.clock.realNow() })
  const [first] = claimed
  if (!first) return
  const ids = claimed.map(({ id }) => id)
  const shown = (await selectNotificationsById(deps.sql, ids)).slice(0, MOST_IN_AN_EMAIL)
  const parts = shown.map((row) => ({
    words: notificationWords(factsOf(row)),
    url: `${deps.config.appUrl}${pathOf(row)}`,
  }))
  const email = notificationEmail(parts, {
    more: claimed.length - parts.length,
    choicesUrl: `${deps.config.appUrl}/account#notifications`,
  })
  const result = await sendAccountEmail(deps, { to: first.address, ...email })
  await recordNotificationEmail(deps.sql, { ids, failure: result.sent ? null : result.why })
}

type Named = {
  conversationId: string | null
  leadId: string | null
  campaignId: string | null
  mailboxId: string | null
  kind: string
}

function pathOf({ kind, conversationId, leadId, campaignId, mailboxId }: Named): string {
  if (kind === 'reply') return conversationId ? `/inbox?id=${conversationId}` : `/leads/${leadId}`
  return kind === 'campaign_ended' ? `/campaigns/${campaignId}` : `/settings/mailboxes/${mailboxId}`
}
