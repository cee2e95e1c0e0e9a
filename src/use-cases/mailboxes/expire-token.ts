import { expireTokenIf } from '@/db/queries/mailboxes/sign-ins'
import type { Deps } from '@/deps'

// A token that was made so lately and is refused is refused for another reason.
const YOUNG_MS = 60_000

/**
 * Notes that a server has refused the token of a mailbox. True when a new one is fetched by whoever signs in next: it may have
 * ended before its time. False where it is a new one, or where the mailbox signs in by password.
 */
export function expireToken({ sql, clock }: Pick<Deps, 'sql' | 'clock'>, mailboxId: string): Promise<boolean> {
  const realNow = clock.realNow()
  return expireTokenIf(sql, { mailboxId, realNow, refreshedBefore: new Date(realNow.getTime() - YOUNG_MS) })
}
