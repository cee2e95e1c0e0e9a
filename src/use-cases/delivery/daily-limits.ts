import type { Mailbox } from '@/db/generated/client'
import { ensureDays, type LimitDays } from '@/db/queries/delivery/mark-sending'
import type { DueEmail } from '@/db/queries/delivery/select-due-emails'
import { selectReserved } from '@/db/queries/delivery/select-reserved'
import type { Sql } from '@/db/sql'
import { toDailyLimit } from '@/domain/campaign/mailbox-limit'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { isUnlimited, type LeftToday, type OpenLimits, takeReserved } from '@/domain/delivery/daily-limits'
import { limitOn, rampLimit, rampOf } from '@/domain/delivery/ramp'
import { localDate } from '@/domain/time/local-time'

export type EnsureLimitDays = (emails: readonly DueEmail[], now: Date) => Promise<LimitDays>

/**
 * Returns the local dates against whose limits emails of `now` count, and inserts their rows where they are missing,
 * once a date and job.
 */
export function createLimitDays(sql: Sql, mailbox: Mailbox): EnsureLimitDays {
  const ensured = new Set<string>()
  return async (emails, now) => {
    const days = limitDaysAt(mailbox, emails, now)
    const key = JSON.stringify(days)
    if (!ensured.has(key)) await ensureDays(sql, days)
    ensured.add(key)
    return days
  }
}

/** The local dates against whose limits emails of these campaigns count at `now`. */
export function limitDaysAt(
  mailbox: Mailbox,
  emails: readonly Pick<DueEmail, 'campaignId' | 'campaignTimezone'>[],
  now: Date,
): LimitDays {
  const ramp = rampOf(mailbox)
  const mailboxDay = localDate(now, mailbox.timezone)
  const campaigns = new Map(emails.map((email) => [email.campaignId, email.campaignTimezone]))
  return {
    mailboxId: mailbox.id,
    mailboxDay,
    rampLimit: ramp && rampLimit(ramp, toWindow(mailbox), mailboxDay),
    campaignDays: [...campaigns].map(([campaignId, timezone]) => ({ campaignId, day: localDate(now, timezone) })),
  }
}

/**
 * Returns how many emails the mailbox and these campaigns may still send on `days`, and which of these limits may get
 * places back.
 */
export async function readLeftToday(
  sql: Sql,
  mailbox: Mailbox,
  emails: readonly Pick<DueEmail, 'campaignId' | 'campaignDailyLimit'>[],
  days: LimitDays,
): Promise<{ left: LeftToday; open: OpenLimits }> {
  const limits: LeftToday = new Map([[null, limitOn(toDailyLimit(mailbox), days.mailboxDay)]])
  for (const { campaignId, campaignDailyLimit } of emails) limits.set(campaignId, campaignDailyLimit)
  // Without any limit there is nothing to compare with what is reserved.
  if (isUnlimited(limits)) return { left: limits, open: new Set() }
  const reserved = await selectReserved(sql, days)
  const open = new Set(reserved.filter((row) => row.open).map(({ campaignId }) => campaignId))
  return { left: takeReserved(limits, reserved), open }
}
