import { deleteSignIn } from '@/db/queries/mailboxes/sign-ins'
import type { Deps } from '@/deps'
import { saveSignIn } from './save-sign-in'

/** Lets the mailbox sign in with its password again. @throws {DomainError} not_found */
export async function endSignIn(deps: Deps, { mailboxId }: { mailboxId: string }): Promise<void> {
  await saveSignIn(deps, mailboxId, (tx) => deleteSignIn(tx, mailboxId))
}
