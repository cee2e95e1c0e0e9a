import type { Read } from '@/components/hooks/use-form'
import { numberOf } from '@/components/ui/numbers'
import { type MailboxInput, mailboxInput } from '@/domain/mailbox/mailbox-input'
import { type Hours, sameHoursElsewhere } from '@/domain/time/overnight'
import { zoneNamed } from '@/domain/time/timezone'
import { ANSWERS_SAID, missingLogin, readerOf } from './answers-values'
import { clockOf, type MailboxErrors, type MailboxValues, minuteOf } from './mailbox-values'
import { RAMP_SAID, rampInput } from './ramp-values'

const orNull = (text: string) => text.trim() || null

const partsOf = (text: string) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]

/** The mailbox to save, or what is to be fixed in which field. `now`: whose clocks an example is told by. */
export function readMailbox(values: MailboxValues, now: Date): Read<MailboxValues, MailboxInput> {
  const own = values.kind === 'smtp'
  const parsed = mailboxInput.safeParse({
    name: values.name,
    kind: values.kind,
    fromName: values.fromName,
    fromEmail: values.fromEmail.trim(),
    aliases: partsOf(values.aliases),
    replyTo: orNull(values.replyTo),
    signature: orNull(values.signature),
    smtpHost: orNull(values.smtpHost),
    // Not shown, and so not checked, while the server is the one of the environment.
    smtpPort: own ? numberOf(values.smtpPort) : Number(values.smtpPort) || null,
    smtpSecurity: values.smtpSecurity,
    smtpUser: orNull(values.smtpUser),
    ...passwordOf(values),
    greetingName: orNull(values.greetingName),
    maxConnections: numberOf(values.maxConnections),
    dailyLimit: values.dailyLimit.trim() === '' ? null : Number(values.dailyLimit),
    ramp: rampInput(values),
    minGapSeconds: numberOf(values.minGapSeconds),
    gapJitterSeconds: numberOf(values.gapJitterSeconds),
    timezone: values.timezone,
    windowDays: [...values.windowDays].sort((a, b) => a - b),
    windowStartMinute: values.allDay ? 0 : minuteOf(values.windowStart, 0),
    windowEndMinute: values.allDay ? 1440 : minuteOf(values.windowEnd, 1440),
    holidays: partsOf(values.holidays).sort(),
    reader: readerOf(values),
  })
  const errors: MailboxErrors = missingLogin(values)
  if (parsed.success && Object.keys(errors).length === 0) return { ok: true, input: parsed.data }
  for (const issue of parsed.error?.issues ?? []) {
    const [part, inner] = issue.path.map(String)
    const name = part === 'reader' ? inner : part === 'ramp' ? `ramp.${inner}` : part
    const field = FIELD_OF[name ?? ''] ?? (name as keyof MailboxValues)
    errors[field] ??= SAID[field]?.(values, now) ?? issue.message
  }
  return { ok: false, errors }
}

/** Empty keeps the stored password; only the box beside it removes it. */
function passwordOf({ smtpPassword, removePassword }: MailboxValues): Pick<MailboxInput, 'smtpPassword'> {
  if (smtpPassword !== '') return { smtpPassword }
  return removePassword ? { smtpPassword: null } : {}
}

const FIELD_OF: Readonly<Record<string, keyof MailboxValues>> = {
  'ramp.start': 'rampStart',
  'ramp.step': 'rampStep',
  'ramp.from': 'rampFrom',
  windowStartMinute: 'windowStart',
  windowEndMinute: 'windowEnd',
}

const SAID: Partial<Record<keyof MailboxValues, (values: MailboxValues, now: Date) => string>> = {
  ...ANSWERS_SAID,
  ...RAMP_SAID,
  name: ({ name }) => (name.trim() ? 'One line of at most 80 characters.' : 'Give it a name you will know it by.'),
  fromName: ({ fromName }) =>
    fromName.trim() ? 'One line of at most 80 characters.' : 'Recipients see this name: enter one.',
  fromEmail: () => 'Enter an email address, such as sales@company.com.',
  aliases: () => 'One email address a line; at most 50.',
  replyTo: () => 'Enter an email address, or leave it empty.',
  signature: () => 'At most 2,000 characters.',
  smtpHost: () => 'Enter the name of the server, such as smtp.company.com.',
  smtpPort: () => 'A whole number from 1 to 65535; usual are 587 and 465.',
  smtpUser: () => 'One line of at most 254 characters.',
  smtpPassword: () => 'At most 500 characters.',
  greetingName: () => 'A host name with a dot, such as crm.company.com, or empty.',
  maxConnections: () => 'A whole number from 1 to 50.',
  dailyLimit: () => 'A whole number from 1 to 100,000, or empty for no limit.',
  minGapSeconds: () => 'A whole number of seconds from 0 to 3600.',
  gapJitterSeconds: () => 'A whole number of seconds from 0 to 3600.',
  timezone: () => 'Choose a time zone from the list.',
  windowDays: () => 'Choose at least one weekday: otherwise nothing would ever leave.',
  windowStart: () => 'Enter a time, such as 09:00.',
  holidays: () => 'One date a line, such as 2026-12-25; at most 400.',
  windowEnd: (values, now) => (values.windowEnd ? overnightWords(values, now) : 'Enter a time, such as 17:00.'),
}

/** What to enter instead of hours that pass midnight: those of the place where the recipients are. */
function overnightWords({ timezone, windowStart, windowEnd }: MailboxValues, now: Date): string {
  const said = 'The window must end after it opens, by midnight at the latest. For a whole day, tick the box.'
  const hours = { timezone, startMinute: minuteOf(windowStart, 0), endMinute: minuteOf(windowEnd, 1440) }
  const there = zoneNamed(timezone) && hours.startMinute >= 0 ? sameHoursElsewhere(hours, now) : null
  if (!there) return said
  const words = (place: Hours) =>
    `${clockOf(place.startMinute)} to ${clockOf(place.endMinute)} in ${cityOf(place.timezone)}`
  return `${said} For hours past midnight, choose the recipients’ time zone: ${words(hours)} is ${words(there)}.`
}

const cityOf = (zone: string) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
