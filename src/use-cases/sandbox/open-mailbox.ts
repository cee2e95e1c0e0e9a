import {
  closeSandboxReader,
  readAgainIfUnread,
  selectAnswers,
  selectNextUid,
  selectUidsAfter,
} from '@/db/queries/sandbox/read-answers'
import type { SqlPool } from '@/db/sql'
import type { Deps } from '@/deps'
import { SANDBOX_READER_HOST } from '@/domain/conversation/sandbox-answer'
import { openImapMailbox } from '@/mail/imap/open-imap-mailbox'
import { LISTED_BYTES, type OpenedFolder, type OpenMailbox } from '@/mail/imap/opened-mailbox'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'

/**
 * Reads a mailbox: one of the sandbox from the answers that were given there, any other from its server. A mailbox that was in
 * the sandbox and sends real emails now has no way in any more.
 */
export async function readAnswers(
  deps: Deps,
  { mailboxId, signal }: { mailboxId: string; signal?: AbortSignal },
): Promise<{ messages: number }> {
  if (!deps.config.sandbox) await closeSandboxReader(deps.sql, mailboxId)
  const open: OpenMailbox = (account) =>
    account.host === SANDBOX_READER_HOST ? openSandboxMailbox(deps.sql, mailboxId) : openImapMailbox(account)
  let total = 0
  do {
    const { messages } = await readMailbox(deps, { mailboxId, signal, open })
    total += messages
  } while (!signal?.aborted && (await readAgainIfUnread(deps.sql, mailboxId)))
  return { messages: total }
}

const openSandboxMailbox: (sql: SqlPool, mailboxId: string) => ReturnType<OpenMailbox> = async (sql, mailboxId) => ({
  folders: async () => [{ path: 'INBOX', role: 'inbox' }],
  open: () => openFolder(sql, mailboxId),
  close: async () => undefined,
})

async function openFolder(sql: SqlPool, mailboxId: string): Promise<OpenedFolder> {
  const next = await selectNextUid(sql, mailboxId)
  return {
    uidValidity: 1n,
    uidNext: next?.next ?? 1,
    uidsAfter: async (uid, since) => (await selectUidsAfter(sql, { mailboxId, uid, since })).map((one) => one.uid),
    list: async (uids) =>
      (await selectAnswers(sql, { mailboxId, uids })).map(({ uid, raw, receivedAt }) => ({
        uid,
        size: raw.length,
        receivedAt,
        isDraft: false,
        beginning: raw.subarray(0, LISTED_BYTES),
      })),
    source: async (uid) => (await selectAnswers(sql, { mailboxId, uids: [uid] }))[0]?.raw ?? null,
  }
}
