import { type DailyLimit, dailyLimitOf, rampOf } from '../delivery/ramp'
import { toWindow, type WindowFields } from './sending-mailboxes'

type LimitFields = WindowFields & Parameters<typeof rampOf>[0] & { dailyLimit: number | null }

/** What a mailbox may send on each of its local dates, its ramp-up included. */
export const toDailyLimit = (mailbox: LimitFields): DailyLimit =>
  dailyLimitOf(mailbox.dailyLimit, rampOf(mailbox), toWindow(mailbox))
