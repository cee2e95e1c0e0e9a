import { z } from 'zod'
import { isTimezone } from './campaign/draft'

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must be one line')

/** What a person says about a mailbox. Its password is taken, kept encrypted, and never given back. */
export const mailboxInput = z
  .object({
    name: line(80).min(1, 'A mailbox needs a name'),
    kind: z.enum(['environment', 'smtp']).default('smtp'),
    fromName: line(80).min(1, 'Recipients should see a name'),
    fromEmail: z.email().max(254),
    replyTo: z.email().max(254).nullish(),
    signature: z.string().trim().max(2000).nullish(),
    smtpHost: line(253).nullish(),
    smtpPort: z.int().min(1).max(65535).nullish(),
    smtpSecurity: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    smtpUser: line(254).nullish(),
    /** Absent leaves the stored one; null removes it. */
    smtpPassword: z.string().max(500).nullish(),
    maxConnections: z.int().min(1).max(50).default(5),
    dailyLimit: z.int().min(1).max(100_000).nullish(),
    minGapSeconds: z.int().min(0).max(3600).default(0),
    gapJitterSeconds: z.int().min(0).max(3600).default(0),
    timezone: z.string().refine(isTimezone, 'is not an IANA time zone, such as Europe/Berlin').default('UTC'),
    windowDays: z
      .array(z.int().min(1).max(7))
      .min(1, 'At least one weekday must be open')
      .default([1, 2, 3, 4, 5, 6, 7]),
    windowStartMinute: z.int().min(0).max(1439).default(0),
    windowEndMinute: z.int().min(1).max(1440).default(1440),
    /** Local dates on which nothing leaves, `YYYY-MM-DD`. */
    holidays: z.array(z.iso.date()).max(400).default([]),
  })
  .refine(({ windowStartMinute, windowEndMinute }) => windowStartMinute < windowEndMinute, {
    path: ['windowEndMinute'],
    error: 'The window must end after it starts',
  })
  .refine(({ kind, smtpHost }) => kind === 'environment' || Boolean(smtpHost), {
    path: ['smtpHost'],
    error: 'The SMTP server is missing',
  })
export type MailboxInput = z.infer<typeof mailboxInput>

/** Installation-wide settings that the owner may change. */
export const settingsInput = z.object({
  companyName: line(120).optional(),
  postalAddress: z.string().trim().max(500).optional(),
  defaultTimezone: z.string().refine(isTimezone, 'is not an IANA time zone, such as Europe/Berlin').optional(),
  maxAttempts: z.int().min(1).max(10).optional(),
  heldResolveAfterHours: z.int().min(0).max(720).optional(),
  heldResolution: z.enum(['delivered', 'again']).optional(),
})
export type SettingsInput = z.infer<typeof settingsInput>
