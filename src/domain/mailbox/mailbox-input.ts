import { z } from 'zod'
import { normaliseDomain, withWireDomain } from '../lead/email'
import { singleLine } from '../single-line'
import { timezone } from '../time/timezone-input'
import { alwaysOpen } from '../time/window'

const { days, startMinute, endMinute } = alwaysOpen('UTC')

/** An address of our own, as it is typed; letters of other scripts in its domain become punycode, as a lead's do. */
const ownAddress = z.string().max(1_000).trim().transform(withWireDomain).pipe(z.email().max(254))
const hostName = singleLine(253).transform((typed) => normaliseDomain(typed) ?? typed)

/** How the answers of a mailbox are read, as it is entered. */
const readerInput = z.object({
  imapHost: hostName.pipe(z.string().min(1, 'The IMAP server is missing')),
  imapPort: z.int().min(1).max(65535).default(993),
  imapSecurity: z.enum(['starttls', 'tls', 'none']).default('tls'),
  /** Null: the user of SMTP. */
  imapUser: singleLine(254).nullish(),
  /** Absent leaves the stored one; null removes it, and SMTP's is taken. */
  imapPassword: z.string().max(500).nullish(),
  /** A copy of what was sent is put into Sent, where the provider does not file it. */
  appendsSent: z.boolean().default(true),
})

/** The settings of a mailbox as they are entered. The password is stored encrypted and never returned. */
export const mailboxInput = z
  .object({
    name: singleLine(80).min(1, 'A mailbox needs a name'),
    kind: z.enum(['environment', 'smtp']).default('smtp'),
    fromName: singleLine(80).min(1, 'Recipients should see a name'),
    fromEmail: ownAddress,
    /** Further addresses of the same identity: what they send is our own. Absent leaves the stored ones. */
    aliases: z
      .array(ownAddress.transform((address) => address.toLowerCase()))
      .max(50)
      .optional(),
    replyTo: ownAddress.nullish(),
    signature: z.string().trim().max(2000).nullish(),
    smtpHost: hostName.nullish(),
    smtpPort: z.int().min(1).max(65535).nullish(),
    smtpSecurity: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    smtpUser: singleLine(254).nullish(),
    /** Absent leaves the stored one; null removes it. */
    smtpPassword: z.string().max(500).nullish(),
    /** Name that EHLO gives; absent: the host of the public address. */
    greetingName: hostName
      .pipe(
        z
          .string()
          .regex(
            /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$/i,
            'A host name with a dot, such as mail.company.com',
          ),
      )
      .nullish(),
    /** Absent leaves the stored way in; null removes it. */
    reader: readerInput.nullish(),
    maxConnections: z.int().min(1).max(50).default(5),
    dailyLimit: z.int().min(1).max(100_000).nullish(),
    /** Begins with so many emails a day, and grows on each sending day up to the daily limit. Absent leaves it; null ends it. */
    ramp: z
      .object({
        start: z.int().min(1).max(100_000),
        step: z.int().min(1).max(100_000),
        /** Its first day; absent: as stored, or the day on which it is saved. */
        from: z.iso.date().optional(),
      })
      .nullish(),
    minGapSeconds: z.int().min(0).max(3600).default(0),
    gapJitterSeconds: z.int().min(0).max(3600).default(0),
    timezone: timezone.default('UTC'),
    windowDays: z
      .array(z.int().min(1).max(7))
      .max(7)
      .min(1, 'At least one weekday must be open')
      .default([...days]),
    windowStartMinute: z.int().min(0).max(1439).default(startMinute),
    windowEndMinute: z.int().min(1).max(1440).default(endMinute),
    /** Local dates on which nothing leaves, `YYYY-MM-DD`. */
    holidays: z.array(z.iso.date()).max(400).default([]),
  })
  .refine(({ windowStartMinute, windowEndMinute }) => windowStartMinute < windowEndMinute, {
    path: ['windowEndMinute'],
    error:
      "The window must end after it opens, by midnight at the latest. Enter hours past midnight in the recipients' time zone: 22:00 to 06:00 in Berlin is 16:00 to 24:00 in New York",
  })
  .refine(({ kind, smtpHost }) => kind === 'environment' || Boolean(smtpHost), {
    path: ['smtpHost'],
    error: 'The SMTP server is missing',
  })
  .refine(({ ramp, dailyLimit }) => !ramp || (typeof dailyLimit === 'number' && ramp.start <= dailyLimit), {
    path: ['ramp', 'start'],
    error: 'A ramp-up needs a daily limit that it grows to, and begins with no more than that',
  })
export type MailboxInput = z.infer<typeof mailboxInput>
export type ReaderInput = z.infer<typeof readerInput>
export type SmtpSecurity = MailboxInput['smtpSecurity']
