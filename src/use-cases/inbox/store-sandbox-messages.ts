import type { Deps } from '@/deps'
import type { SandboxMail } from '@/mail/sandbox-inbox'

/** Keeps what the sandbox inbox accepted, for the app to show. The time of receipt is campaign time. */
export async function storeSandboxMessages(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  emails: SandboxMail[],
): Promise<void> {
  await db.sandboxMessage.createMany({ data: emails.map((email) => ({ ...email, receivedAt: clock.now() })) })
}
