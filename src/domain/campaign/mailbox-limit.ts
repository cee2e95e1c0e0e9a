import { isPaced } from '../delivery/pace'
import { type DailyLimit, dailyLimitOf, rampOf } from '../delivery/ramp'
import { toWindow, type WindowFields } from './sending-mailboxes'

type LimitFields = WindowFields & Parameters<typeof rampOf>[0] & { dailyLimit: number | null }

/** What a mailbox may send on each of its local dates, its ramp-up included. */
export const toDailyLimit = (mailbox: LimitFields): DailyLimit =>
  dailyLimitOf(mailbox.dailyLimit, rampOf(mailbox), toWindow(mailbox))

/** Whether a limit or a gap keeps the mailbox from sending all that is due at once. */
export const isLimited = (mailbox: LimitFields & { minGapSeconds: number }): boolean =>
  toDailyLimit(mailbox) !== null || isPaced(mailbox)
