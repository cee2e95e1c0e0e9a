import type { Mailbox } from '@/db/generated/client'
import type { DueEmail } from '@/db/queries/delivery/select-due-emails'
import type { EmailFacts } from '@/domain/delivery/decide'
import { normaliseEmail } from '@/domain/lead/email'
import type { SendingWindow } from '@/domain/time/window'

/**
 * The facts of `decide`, from an email and its mailbox. `left`: emails left today by campaign, under null the
 * mailbox's. `realNow`: what the last reading of answers is compared with, since mail servers know no campaign time.
 */
export function deliveryFactsOf(
  email: DueEmail,
  mailbox: Mailbox,
  window: SendingWindow,
  left: ReadonlyMap<string | null, number | null>,
  realNow: Date,
): EmailFacts {
  return {
    campaignStatus: email.campaignStatus,
    campaignTimezone: email.campaignTimezone,
    scheduledFor: email.scheduledFor,
    continueAfterReply: email.continueAfterReply,
    isFirstStep: email.stepNumber === 1,
    previousStep: email.previousStep,
    lead: {
      status: email.leadStatus,
      email: email.email,
      emailValid: normaliseEmail(email.email).ok,
      suppressed: email.suppressed,
      takenOut: email.takenOut,
      lastContactedAt: email.lastContactedAt,
      awayUntil: email.awayUntil,
    },
    mailbox: mailboxFactsOf(mailbox, window, answersRead(email, realNow)),
    hasPostalAddress: email.postalAddress.trim() !== '',
    leftToday: { mailbox: left.get(null) ?? null, campaign: left.get(email.campaignId) ?? null },
  }
}

/** Whether a mailbox was read lately enough for a follow-up; null where nothing reads it. */
export function answersRead(
  { answersReadAt, freshReadMinutes }: { answersReadAt: Date | null; freshReadMinutes: number | null },
  realNow: Date,
): boolean | null {
  if (freshReadMinutes === null) return null
  return answersReadAt !== null && realNow.getTime() - answersReadAt.getTime() < freshReadMinutes * 60_000
}

/** The mailbox's part of the facts of `decide`. */
export const mailboxFactsOf = (
  mailbox: Mailbox,
  window: SendingWindow,
  read: boolean | null,
): EmailFacts['mailbox'] => ({
  window,
  health: mailbox.health,
  healthReason: mailbox.healthReason,
  coolDownUntil: mailbox.coolDownUntil,
  nextSendAt: mailbox.nextSendAt,
  firstStepsPausedUntil: mailbox.firstStepsPausedUntil,
  answersRead: read,
})
