import { DAY_MS } from '../time/duration'

// Source: the guardrail "pause first steps when a mailbox's bounce rate over a rolling day passes 5 % with at least 20 sends".
const BOUNCE_SHARE = 0.05
const LEAST_EMAILS = 20

/** What left a mailbox in one hour, refused addresses included, and how much of it came back. */
export type MailboxHour = { hour: Date; emails: number; bounces: number }

/**
 * Until when a mailbox whose last day looks like this sends no first emails: when enough of its bounces are a day old, if
 * nothing else leaves. Null when it may. Follow-ups go to addresses that took an email before, and are not counted.
 */
export function firstStepsPausedUntil(hours: readonly MailboxHour[], now: Date): Date | null {
  const lastDay = hours
    .filter(({ hour }) => hour.getTime() + DAY_MS > now.getTime())
    .sort((a, b) => a.hour.getTime() - b.hour.getTime())
  let emails = 0
  let bounces = 0
  for (const hour of lastDay) {
    emails += hour.emails
    bounces += hour.bounces
  }
  let until: Date | null = null
  for (const hour of lastDay) {
    if (emails < LEAST_EMAILS || bounces / emails <= BOUNCE_SHARE) break
    emails -= hour.emails
    bounces -= hour.bounces
    until = new Date(hour.hour.getTime() + DAY_MS)
  }
  return until
}

/** The end of a pause of first emails; null when it is over by `now`. */
export const stillPausedUntil = (until: Date | null, now: Date): Date | null => (until && until > now ? until : null)
