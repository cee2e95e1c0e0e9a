import { queryOne, type Tx } from '@/db/sql'
import { SANDBOX_READER_HOST, type SandboxAnswerKind } from '@/domain/conversation/sandbox-answer'

/**
 * Lets a mailbox of the sandbox be read, from now on and at once, and locks its reader until the transaction ends. Returns the
 * host at which it is read: another one where it was read elsewhere before, which stays.
 */
export const openSandboxReader = (tx: Tx, mailboxId: string) =>
  queryOne<{ imapHost: string }>(tx)`
  INSERT INTO mailbox_readers AS r (mailbox_id, imap_host, imap_port, imap_security, appends_sent)
  VALUES (${mailboxId}::uuid, ${SANDBOX_READER_HOST}, 143, 'none', false)
  ON CONFLICT (mailbox_id) DO UPDATE
  SET next_read_at = CASE WHEN r.imap_host = EXCLUDED.imap_host THEN NULL ELSE r.next_read_at END
  RETURNING r.imap_host AS "imapHost"`

/**
 * Puts an answer into a mailbox of the sandbox. Its number is taken while the reader is locked: none that is lower appears
 * after it.
 */
export const putSandboxAnswer = (
  tx: Tx,
  answer: { mailboxId: string; sandboxMessageId: string; kind: SandboxAnswerKind; raw: Buffer; receivedAt: Date },
) =>
  queryOne<{ uid: number }>(tx)`
  INSERT INTO sandbox_answers (mailbox_id, sandbox_message_id, kind, raw, received_at)
  VALUES (${answer.mailboxId}::uuid, ${answer.sandboxMessageId}::uuid, ${answer.kind}, ${answer.raw}, ${answer.receivedAt})
  RETURNING uid`
