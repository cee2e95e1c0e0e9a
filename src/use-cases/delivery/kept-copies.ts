import { keepReplyCopy, keepSentCopies } from '@/db/queries/delivery/keep-sent-copies'
import type { Deps } from '@/deps'
import type { Verdict } from '@/domain/delivery/outcome'
import { wireBytes } from '@/mail/wire-bytes'
import type { PreparedEmail } from './prepare-emails'
import type { Sender } from './sender'

/**
 * Keeps what was sent until a job has put it into Sent, where the mailbox asks for that. After the results are recorded, and
 * without harm to them where it fails: then these emails have no copy there.
 */
export async function keepCopies(
  { sql, clock, log }: Deps,
  { mailbox, keepsCopies }: Sender,
  recorded: readonly (Pick<PreparedEmail, 'email' | 'composed'> & { verdict: Verdict })[],
): Promise<void> {
  if (!keepsCopies) return
  const copies = recorded
    .filter(({ verdict }) => verdict.kind === 'sent')
    .map(({ email, composed }) => ({ id: email.id, raw: wireBytes(composed.outgoing.raw) }))
  if (copies.length === 0) return
  try {
    await keepSentCopies(sql, { copies, acceptedAt: clock.realNow() })
  } catch (error) {
    log.warn({ mailbox: mailbox.id, err: error }, 'copies for Sent could not be kept')
  }
}

/** The same for a reply. */
export async function keepCopy(
  { sql, clock, log }: Deps,
  { mailbox, keepsCopies }: Sender,
  { replyId, raw }: { replyId: string; raw: Buffer },
): Promise<void> {
  if (!keepsCopies) return
  try {
    await keepReplyCopy(sql, { replyId, raw: wireBytes(raw), acceptedAt: clock.realNow() })
  } catch (error) {
    log.warn({ mailbox: mailbox.id, reply: replyId, err: error }, 'copies for Sent could not be kept')
  }
}
