import { clearRefused, noteRefused } from '@/db/queries/conversations/folder-places'
import type { Deps } from '@/deps'
import { isGivenUp, isRefusalKind } from '@/domain/conversation/reading-pace'
import { ImapFailure } from '@/mail/imap/opened-mailbox'

/** The folder that is read, and what is known of it. Real times. */
type RefusalsOf = {
  mailboxId: string
  path: string
  role: string
  uidValidity: bigint
  /** Since when messages of the folder are refused, by `uidValidity` and number. */
  refused: Readonly<Record<string, string>>
  readAt: Date
}

export type Refusals = ReturnType<typeof createRefusals>

// One may be put off for a reason of its own.
const MEANS_ALL = 2

/**
 * What a server refuses of a folder: it is asked for again in each reading, and the mailbox counts as read only once it was given, or
 * given up. Each is noted before the place in the folder moves past it.
 */
export function createRefusals(
  { sql, random }: Pick<Deps, 'sql' | 'random'>,
  { refused, readAt, ...folder }: RefusalsOf,
) {
  const keyOf = (uid: number) => `${folder.uidValidity} ${uid}`
  const known = Object.keys(refused)
  const uids = known.flatMap((key) => {
    const [validity, uid] = key.split(' ')
    return validity === String(folder.uidValidity) ? [Number(uid)] : []
  })
  const start = Math.floor(random() * uids.length)
  const waiting = new Set<string>()
  let first: ImapFailure | null = null
  let putOffInARow = 0
  return {
    /** Numbers of the messages that were refused before, from any of them on: those that are put off for days hide no other for ever. */
    uids: [...uids.slice(start), ...uids.slice(0, start)],
    /** Whether a failure to fetch a message is a refusal, and not yet one that gives it up. */
    waits: async (uid: number, error: unknown): Promise<boolean> => {
      if (!(error instanceof ImapFailure) || !isRefusalKind(error.kind)) return false
      const key = keyOf(uid)
      const since = refused[key]
      if (since && isGivenUp('message', error.kind, { since: new Date(since), realNow: readAt })) return false
      putOffInARow = error.kind === 'put_off' ? putOffInARow + 1 : 0
      first ??= error
      waiting.add(key)
      if (!since) await noteRefused(sql, { ...folder, key, realNow: readAt })
      return true
    },
    /** The server gives messages. */
    given: () => {
      putOffInARow = 0
    },
    /** It puts off whatever it is asked for: another question makes it worse. */
    isPutOff: () => putOffInARow >= MEANS_ALL,
    /** Why some of the messages are to be asked for again; null where none is. */
    failure: () => first,
    /** Every message was asked for but the `left` ones: those that wait no more are forgotten. */
    settle: async (left: readonly number[]): Promise<void> => {
      for (const uid of left) waiting.add(keyOf(uid))
      const keys = known.filter((key) => !waiting.has(key))
      if (keys.length > 0) await clearRefused(sql, { ...folder, keys })
    },
  }
}
