import { type FolderRole, LISTED_BYTES, type OpenMailbox } from '@/mail/imap/opened-mailbox'

type Kept = { uid: number; raw: Buffer; receivedAt: Date }
export type FolderInMemory = { path: string; role: FolderRole; uidValidity: bigint; messages: Kept[] }

/** What a mail server holds, as reading sees it: raw messages by folder. */
export function createMailboxInMemory() {
  const folder = (path: string, role: FolderRole): FolderInMemory => ({ path, role, uidValidity: 1n, messages: [] })
  const folders = { inbox: folder('INBOX', 'inbox'), sent: folder('Sent', 'sent'), junk: folder('Junk', 'junk') }
  const all = Object.values(folders)
  let nextUid = 1
  const open: OpenMailbox = async () => ({
    folders: async () => all.map(({ path, role }) => ({ path, role })),
    open: async (path) => {
      const { uidValidity, messages } = all.find((one) => one.path === path) ?? folders.inbox
      return {
        uidValidity,
        uidNext: nextUid,
        uidsAfter: async (uid) => messages.map((one) => one.uid).filter((one) => one > uid),
        list: async (uids) =>
          messages
            .filter(({ uid }) => uids.includes(uid))
            .map(({ uid, raw, receivedAt }) => ({
              uid,
              size: raw.length,
              receivedAt,
              isDraft: false,
              beginning: raw.subarray(0, LISTED_BYTES),
            })),
        source: async (uid) => messages.find((one) => one.uid === uid)?.raw ?? null,
      }
    },
    close: async () => undefined,
  })
  return {
    folders,
    open,
    /** A message arrives. */
    put: (where: keyof typeof folders, raw: Buffer | string, receivedAt: Date) =>
      folders[where].messages.push({ uid: nextUid++, raw: Buffer.from(raw), receivedAt }),
    /** The server numbers a folder anew. */
    renumber: (where: keyof typeof folders) => {
      folders[where].uidValidity++
      for (const message of folders[where].messages) message.uid = nextUid++
    },
  }
}
