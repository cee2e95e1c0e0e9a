import type { RefusalKind } from '@/domain/conversation/reading-pace'
import type { ImapAccount } from './imap-account'

/** What a folder is for. `all`: every message but junk, as Gmail keeps them. */
export type FolderRole = 'inbox' | 'sent' | 'junk' | 'all'

export type MailFolder = { path: string; role: FolderRole }

/** Bytes of each message that come with its listing: all of most answers, and the headers of any other. */
export const LISTED_BYTES = 32 * 1024

/** A message as the server lists it. */
export type ListedMessage = {
  uid: number
  /** Bytes of the whole message. */
  size: number
  /** When the server took it (INTERNALDATE). */
  receivedAt: Date
  isDraft: boolean
  /** Its first bytes as they came, with all of its headers: shorter than `LISTED_BYTES` where it is the whole message. */
  beginning: Uint8Array
}

/** A folder that is open for reading only. */
export type OpenedFolder = {
  uidValidity: bigint
  /** The next message that arrives gets this number or a higher one. */
  uidNext: number
  /** Numbers of the messages after `uid` that were received on or after the day `since`, in order. */
  uidsAfter(uid: number, since: Date | null): Promise<number[]>
  /** Sizes and beginnings, in order of their numbers; what is gone meanwhile is left out. */
  list(uids: readonly number[]): Promise<ListedMessage[]>
  /** The message, cut at 1 MB; null when it is gone. */
  source(uid: number): Promise<Uint8Array | null>
}

/** A mailbox that is signed in to. Nothing in it is marked, moved or deleted. */
export type OpenedMailbox = {
  folders(): Promise<MailFolder[]>
  open(path: string): Promise<OpenedFolder>
  close(): Promise<void>
}

/** Signs in. @throws {ImapFailure} */
export type OpenMailbox = (account: ImapAccount) => Promise<OpenedMailbox>

/**
 * Why a mailbox cannot be read. `sign_in`: until its settings change; `provider`: until the provider lets it in, with the same
 * settings; `passing`: the server or the way to it. What a server refuses once it has let in: `message`: this message or folder;
 * `broken`: something of its own, which may be this one or all of it; `put_off`: whatever it is asked for, for now.
 */
export type ImapFailureKind = 'sign_in' | 'provider' | 'passing' | RefusalKind

/** Its text says what happened in plain words; `said` is the server's own answer, or ''. */
export class ImapFailure extends Error {
  constructor(
    readonly kind: ImapFailureKind,
    message: string,
    readonly said = '',
  ) {
    super(message)
    this.name = 'ImapFailure'
  }
}
