import type { Mailbox, MailboxCheck, MailboxReader, MailboxSignIn } from '@/db/generated/client'
import { selectRepliesElsewhere } from '@/db/queries/mailboxes/replies-elsewhere'
import { selectMailboxesBearing } from '@/db/queries/mailboxes/select-mailboxes'
import { selectReplyCounts } from '@/db/queries/replies/select-replies'
import type { Deps } from '@/deps'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { stillPausedUntil } from '@/domain/delivery/bounce-rate'
import { type ConnectionLimit, limitInForce, type StoredLimit } from '@/domain/delivery/connection-limit'
import { goesOut, isTested } from '@/domain/delivery/mailbox-health'
import { dailyLimitOf, limitOn, rampEnds, rampOf } from '@/domain/delivery/ramp'
import { type Check, checkDetails } from '@/domain/mailbox/mailbox-checks'
import { type ReplyLedger, replyLedgerOf } from '@/domain/reply/state'
import { localDate } from '@/domain/time/local-time'
import { countSentToday } from './count-sent-today'

export type MailboxView = Omit<
  Mailbox,
  'smtpPasswordEncrypted' | 'settingsVersion' | 'holidays' | keyof StoredLimit
> & {
  hasPassword: boolean
  holidays: string[]
  /** A login to its server has succeeded, or it is the sandbox inbox. */
  tested: boolean
  /** Its emails leave this machine. */
  goesOut: boolean
  /** Its server was found to let it use fewer connections than are set; null where it does not. */
  connectionLimit: ConnectionLimit | null
  /** How its answers are read; null: nothing reads them. */
  reader: ReaderView | null
  /** How it signed in at its provider, in place of a password; null: by password. */
  signIn: Pick<MailboxSignIn, 'provider' | 'endedReason'> | null
  /** What its checks found, as far as they were made. */
  checks: CheckView[]
  /** What it may send today: its daily limit, or less while it ramps up; null without a limit. */
  limitToday: number | null
  /** The local date from which a ramp-up is over; null without one, and where that day never comes. */
  rampEndsOn: string | null
  /** Emails of today against the daily limit. */
  sentToday: number
  /** It is read, and has replies sent to an address at which nothing is read. */
  repliesGoElsewhere: boolean
  /** What people have written from it, by state. */
  replies: ReplyLedger
}

/** A check and when it was made, in real time. */
export type CheckView = Check & { checkedAt: Date }

/** The way in of a mailbox. `lastReadAt` is real time, null until it was read once. */
export type ReaderView = Pick<
  MailboxReader,
  | 'imapHost'
  | 'imapPort'
  | 'imapSecurity'
  | 'imapUser'
  | 'appendsSent'
  | 'filesSent'
  | 'health'
  | 'healthReason'
  | 'lastReadAt'
  | 'copyFailure'
> & {
  /** It goes on by itself once its server lets it in again. */
  isTriedAgain: boolean
  /** Sent emails whose copies wait to be put into Sent. */
  copiesWaiting: number
  /** A password of its own; otherwise SMTP's is taken. */
  hasPassword: boolean
}

/** Mailboxes with their health and today's use, oldest first. Never a password, not even encrypted. */
export async function listMailboxes({
  db,
  sql,
  clock,
  config,
}: Pick<Deps, 'db' | 'sql' | 'clock' | 'config'>): Promise<MailboxView[]> {
  const mailboxes = await db.mailbox.findMany({
    orderBy: { createdAt: 'asc' },
    include: { reader: true, checks: true, signIn: true, _count: { select: { sentCopies: true } } },
  })
  const now = clock.now()
  const elsewhere = new Set((await selectRepliesElsewhere(sql)).map(({ mailboxId }) => mailboxId))
  const replies = Map.groupBy(await selectReplyCounts(sql), ({ mailboxId }) => mailboxId)
  return Promise.all(
    mailboxes.map(
      async ({ smtpPasswordEncrypted, settingsVersion: _, holidays, reader, checks, signIn, _count, ...mailbox }) => {
        const { connectionLimit, connectionLimitAt, connectionLimitCause, ...view } = mailbox
        return {
          ...view,
          connectionLimit: limitInForce(mailbox, now),
          firstStepsPausedUntil: stillPausedUntil(mailbox.firstStepsPausedUntil, now),
          tested: isTested(mailbox, config.sandbox),
          goesOut: goesOut(mailbox, config.sandbox),
          hasPassword: smtpPasswordEncrypted !== null,
          reader: reader && readerView(reader, _count.sentCopies),
          checks: checks.map(checkView),
          signIn: signIn && { provider: signIn.provider, endedReason: signIn.endedReason },
          holidays: holidays.map((date) => localDate(date, 'UTC')),
          ...rampView(mailbox, holidays, now),
          repliesGoElsewhere: elsewhere.has(mailbox.id),
          sentToday: await countSentToday({ db }, mailbox, now),
          replies: replyLedgerOf(replies.get(mailbox.id) ?? []),
        }
      },
    ),
  )
}

/** Mailboxes that bear the words in their name or address, so many at the most. */
export const listMailboxesBearing = (
  { sql }: Pick<Deps, 'sql'>,
  { search, pageSize }: { search: string; pageSize: number },
) => selectMailboxesBearing(sql, { search, limit: pageSize })

const readerView = ({ imapPasswordEncrypted, ...reader }: MailboxReader, copiesWaiting: number): ReaderView => ({
  imapHost: reader.imapHost,
  imapPort: reader.imapPort,
  imapSecurity: reader.imapSecurity,
  imapUser: reader.imapUser,
  appendsSent: reader.appendsSent,
  filesSent: reader.filesSent,
  health: reader.health,
  healthReason: reader.healthReason,
  lastReadAt: reader.lastReadAt,
  isTriedAgain: reader.health !== 'stopped' || reader.nextReadAt !== null,
  copyFailure: reader.copyFailure,
  copiesWaiting,
  hasPassword: imapPasswordEncrypted !== null,
})

function rampView(
  mailbox: Omit<Mailbox, 'holidays' | 'smtpPasswordEncrypted' | 'settingsVersion'>,
  holidays: Date[],
  now: Date,
) {
  const ramp = rampOf(mailbox)
  const window = toWindow({ ...mailbox, holidays })
  return {
    limitToday: limitOn(dailyLimitOf(mailbox.dailyLimit, ramp, window), localDate(now, mailbox.timezone)),
    rampEndsOn: ramp && mailbox.dailyLimit !== null ? rampEnds(ramp, mailbox.dailyLimit, window) : null,
  }
}

const checkView = ({ name, outcome, message, details, checkedAt }: MailboxCheck): CheckView => ({
  name,
  outcome,
  message,
  details: checkDetails.nullable().catch(null).parse(details),
  checkedAt,
})
