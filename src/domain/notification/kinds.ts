import type { Role } from '../team/roles'

/** What people are told of without asking. */
export const NOTIFICATION_KINDS = [
  'reply',
  'mailbox_stopped',
  'campaign_ended',
  'bounce_rate',
  'backup_failed',
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

/** How a person is told of a kind. */
export type NotificationChoice = { kind: NotificationKind; inApp: boolean; byEmail: boolean }

/**
 * Where an email about a notification stands: none is wanted, due, begun, gone, or known not to have gone. One that was begun and has no
 * end is never sent again: nobody knows whether it went.
 */
export const NOTIFICATION_EMAILS = ['none', 'due', 'sending', 'sent', 'not_sent'] as const
export type NotificationEmail = (typeof NOTIFICATION_EMAILS)[number]

/** In the app, until somebody chooses otherwise: an email that nobody asked for is one too many. */
export const defaultChoice = (kind: NotificationKind): NotificationChoice => ({ kind, inApp: true, byEmail: false })

/** The choices of a person for every kind, in the order of the kinds. */
export const choicesOf = (stored: readonly NotificationChoice[]): NotificationChoice[] =>
  NOTIFICATION_KINDS.map((kind) => stored.find((choice) => choice.kind === kind) ?? defaultChoice(kind))

/** The least role that is told of a kind. Who only looks answers nobody, and mends no mailbox. */
export const TOLD_FROM: Readonly<Record<NotificationKind, Role>> = {
  reply: 'member',
  mailbox_stopped: 'member',
  campaign_ended: 'viewer',
  bounce_rate: 'member',
  backup_failed: 'admin',
}

/** How long a person gets no further email about notifications: what comes meanwhile stands together in the next. */
export const BETWEEN_EMAILS_MS = 10 * 60_000

/** Notifications that stand in one email; of more it says how many. */
export const MOST_IN_AN_EMAIL = 20

/** How long what is due by email waits for a mailbox that can send it. */
export const GIVE_UP_EMAILS_MS = 3_600_000

/** How far back a look goes: a worker may have stood still over a weekend; what is older is told to nobody. */
export const LOOK_BACK_MS = 72 * 3_600_000

/** The oldest reply that is told of when it is read at last: a mailbox may not have been read for days. */
export const OLDEST_REPLY_MS = 14 * 24 * 3_600_000

/** Days for which notifications are kept. */
export const NOTIFICATIONS_KEPT_DAYS = 60
