import { z } from 'zod'
import { singleLine } from './single-line'
import { timezone } from './time/timezone-input'

/** What the sample data fills in: nobody's address, so that it never stands in an email that leaves this machine. */
export const SAMPLE_POSTAL_ADDRESS = 'Sample Street 1, 10115 Berlin, Germany'

/** Whether the address is the sample data's, however it was broken into lines. */
export const isSamplePostalAddress = (address: string): boolean =>
  lettersOf(address) === lettersOf(SAMPLE_POSTAL_ADDRESS)

const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Installation-wide settings that owners and admins may change. */
export const settingsInput = z.object({
  companyName: singleLine(120).optional(),
  postalAddress: z.string().trim().max(500).optional(),
  defaultTimezone: timezone.optional(),
  maxAttempts: z.int().min(1).max(10).optional(),
  heldResolveAfterHours: z.int().min(0).max(720).optional(),
  heldResolution: z.enum(['delivered', 'again']).optional(),
  /** Days for which a lead that is away, and does not say until when, gets no email. */
  awayDays: z.int().min(1).max(100).optional(),
  /** A follow-up leaves only when its mailbox's answers were read so few minutes before. */
  freshReadMinutes: z.int().min(1).max(1440).optional(),
  /** Days for which the audit log keeps what people did. */
  auditDays: z.int().min(30).max(3650).optional(),
  /** The list of first steps is not wanted any more. */
  checklistDismissed: z.boolean().optional(),
})
export type SettingsInput = z.infer<typeof settingsInput>
