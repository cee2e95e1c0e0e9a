import type { Mailbox } from '@/db/generated/client'
import type { ReaderLease } from '@/db/queries/conversations/claim-reader'
import type { Deps } from '@/deps'
import type { OwnAddresses } from '@/domain/conversation/own'
import type { FolderRole, OpenedMailbox } from '@/mail/imap/opened-mailbox'
import type { Refusals } from './refusals'

/** One reading of a mailbox, with what all of its messages share. */
export type MailboxReading = {
  mailbox: Mailbox
  opened: OpenedMailbox
  lease: ReaderLease
  /** Of the reader as it was claimed: nothing is written once it was saved since. */
  settingsVersion: number
  own: OwnAddresses
  awayDays: number
  /** Day from which a folder that was never read is read; null: nothing was sent yet, so nothing answers. */
  since: Date | null
  /** True when it should end and go on later. */
  mustEnd(): boolean
}

/** The same, in one folder. */
export type Reading = MailboxReading & {
  folder: { path: string; role: FolderRole; uidValidity: bigint }
  refusals: Refusals
}

// Longer than the server may be silent in the middle of an answer; every message renews it.
const LEASE_MS = 180_000

/** Until when a reader that renews its lease now has its mailbox for itself. Real time. */
export const leaseEnd = ({ clock }: Pick<Deps, 'clock'>): Date => new Date(clock.realNow().getTime() + LEASE_MS)
