import type { Deps } from '@/deps'
import type { SandboxMail } from '@/mail/sandbox-inbox'

/** Stores messages that the sandbox inbox accepted. The time of receipt is campaign time. */
export async function storeSandboxMessages(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  emails: SandboxMail[],
): Promise<void> {
  await db.sandboxMessage.createMany({ data: emails.map((email) => ({ ...email, receivedAt: clock.now() })) })
}
