import {
  claimNotificationEmail,
  giveUpNotificationEmails,
  putBackEmail,
  recordSentEmail,
} from '@/db/queries/notifications/notification-emails'
import { selectNotificationsById } from '@/db/queries/notifications/select-notifications'
import type { Deps } from '@/deps'
import { BETWEEN_EMAILS_MS, GIVE_UP_EMAILS_MS, MOST_IN_AN_EMAIL } from '@/domain/notification/kinds'
import { notificationEmail, notificationWords } from '@/domain/notification/words'
import { findAccountMailbox, sendAccountEmail } from '@/use-cases/team/send-account-email'
import { type About, aboutOf, factsOf } from './notification-facts'

const NO_MAILBOX = 'no mailbox could send it for an hour, or emails stay on this machine.'

/**
 * Sends one member one email about all that is due for them, once a mailbox can. Begun in the table before anything goes out: of a
 * second job, or one that dies, nobody gets it twice. What is known not to have gone is due again, for an hour; after that the app says so.
 */
export async function sendNotificationEmail(deps: Deps, { userId }: { userId: string }): Promise<void> {
  const { sql, clock } = deps
  const at = clock.realNow()
  const giveUp = (failure: string) =>
    giveUpNotificationEmails(sql, { userId, before: new Date(clock.now().getTime() - GIVE_UP_EMAILS_MS), failure })
  if (!(await findAccountMailbox(deps))) {
    await giveUp(NO_MAILBOX)
    return
  }
  const emailedSince = new Date(at.getTime() - BETWEEN_EMAILS_MS)
  const claimed = await claimNotificationEmail(sql, { userId, emailedSince, at })
  const [first] = claimed
  if (!first) return
  const ids = claimed.map(({ id }) => id)
  const result = await sendAccountEmail(deps, { to: first.address, ...(await contentOf(deps, ids)) })
  if (result.sent) await recordSentEmail(sql, ids)
  else if (!result.isUnknown) {
    await putBackEmail(sql, ids)
    await giveUp(result.why)
  }
}

async function contentOf({ sql, config }: Deps, ids: readonly string[]) {
  const shown = await selectNotificationsById(sql, ids.toSorted().slice(0, MOST_IN_AN_EMAIL))
  const parts = shown.map((row) => ({
    words: notificationWords(factsOf(row)),
    url: `${config.appUrl}${pathOf(aboutOf(row))}`,
  }))
  return notificationEmail(parts, {
    more: ids.length - parts.length,
    choicesUrl: `${config.appUrl}/account#notifications`,
  })
}

const PATHS: Record<About['what'], string> = {
  conversation: '/inbox?id=',
  lead: '/leads/',
  campaign: '/campaigns/',
  mailbox: '/settings/mailboxes/',
  installation: '/settings/about',
}

const pathOf = ({ what, id }: About) => PATHS[what] + id
