import type { Deps } from '@/deps'
import { goesOut, isAvailable } from '@/domain/delivery/mailbox-health'
import { isPublicHttps } from '@/domain/public-address'

export type TestMailbox = {
  id: string
  name: string
  fromEmail: string
  /** Null when it can be used; else why not. */
  unusable: string | null
  /** The email leaves this machine. */
  goesOut: boolean
}

/** `unreachableLinks`: what links begin with, where recipients elsewhere cannot open them. */
export type TestMailboxes = { mailboxes: TestMailbox[]; unreachableLinks: string | null }

/** The mailboxes that a test email can go out from, the oldest first, as campaigns without a choice use them. */
export async function listTestMailboxes({ db, clock, config }: Deps): Promise<TestMailboxes> {
  const now = clock.now()
  const mailboxes = await db.mailbox.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  return {
    mailboxes: mailboxes.map((mailbox) => ({
      id: mailbox.id,
      name: mailbox.name,
      fromEmail: mailbox.fromEmail,
      unusable: isAvailable(mailbox, now) ? null : (mailbox.healthReason ?? 'Its last failure is not over yet.'),
      goesOut: goesOut(mailbox, config.sandbox),
    })),
    unreachableLinks: isPublicHttps(config.appUrl) ? null : config.appUrl,
  }
}
