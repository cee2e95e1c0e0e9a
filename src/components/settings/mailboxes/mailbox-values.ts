import type { FormErrors, Read } from '@/components/hooks/use-form'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { capacityOf } from '@/domain/campaign/capacity'
import { type MailboxInput, mailboxInput } from '@/domain/mailbox/mailbox-input'
import { type Hours, sameHoursElsewhere } from '@/domain/time/overnight'
import { zoneNamed } from '@/domain/time/timezone'
import type { Mailbox } from '../api-types'
import { ANSWERS_SAID, type AnswersValues, answersValues, missingLogin, NO_ANSWERS, readerOf } from './answers-values'
import { NO_RAMP, RAMP_SAID, type RampValues, rampInput, rampValues } from './ramp-values'

/** The values as typed; numbers and times are text until they are saved. */
export type MailboxValues = AnswersValues &
  RampValues & {
    name: string
    kind: 'environment' | 'smtp'
    fromName: string
    fromEmail: string
    /** One address a line. */
    aliases: string
    replyTo: string
    signature: string
    smtpHost: string
    smtpPort: string
    smtpSecurity: 'starttls' | 'tls' | 'none'
    smtpUser: string
    smtpPassword: string
    removePassword: boolean
    greetingName: string
    maxConnections: string
    dailyLimit: string
    minGapSeconds: string
    gapJitterSeconds: string
    timezone: string
    windowDays: readonly number[]
    allDay: boolean
    /** "09:00"; an end of "00:00" is midnight. */
    windowStart: string
    windowEnd: string
    /** One date a line, as in "2026-12-25". */
    holidays: string
  }

export type MailboxErrors = FormErrors<MailboxValues>

/** The props of every part of the form. */
export type MailboxFields = {
  values: MailboxValues
  errors: MailboxErrors
  change: (patch: Partial<MailboxValues>) => void
}

/** The port that goes with an encryption, unless a server says otherwise. */
export const USUAL_PORT: Readonly<Record<MailboxValues['smtpSecurity'], string>> = {
  starttls: '587',
  tls: '465',
  none: '25',
}

/** A careful beginning: office hours, and a pace that no provider minds. */
export const newMailboxValues = (timezone: string): MailboxValues => ({
  name: '',
  kind: 'smtp',
  fromName: '',
  fromEmail: '',
  aliases: '',
  replyTo: '',
  signature: '',
  smtpHost: '',
  smtpPort: USUAL_PORT.starttls,
  smtpSecurity: 'starttls',
  smtpUser: '',
  smtpPassword: '',
  removePassword: false,
  greetingName: '',
  maxConnections: '5',
  dailyLimit: '50',
  minGapSeconds: '60',
  gapJitterSeconds: '30',
  timezone,
  windowDays: [1, 2, 3, 4, 5],
  allDay: false,
  windowStart: '09:00',
  windowEnd: '17:00',
  holidays: '',
  ...NO_ANSWERS,
  ...NO_RAMP,
})

export function mailboxValues(mailbox: Mailbox): MailboxValues {
  const { windowStartMinute: start, windowEndMinute: end } = mailbox
  const allDay = start === 0 && end === 1440
  return {
    name: mailbox.name,
    kind: mailbox.kind === 'environment' ? 'environment' : 'smtp',
    fromName: mailbox.fromName,
    fromEmail: mailbox.fromEmail,
    aliases: mailbox.aliases.join('\n'),
    replyTo: mailbox.replyTo ?? '',
    signature: mailbox.signature ?? '',
    smtpHost: mailbox.smtpHost ?? '',
    smtpPort: String(mailbox.smtpPort ?? 587),
    smtpSecurity: securityOf(mailbox.smtpSecurity),
    smtpUser: mailbox.smtpUser ?? '',
    smtpPassword: '',
    removePassword: false,
    greetingName: mailbox.greetingName ?? '',
    maxConnections: String(mailbox.maxConnections),
    dailyLimit: mailbox.dailyLimit === null ? '' : String(mailbox.dailyLimit),
    minGapSeconds: String(mailbox.minGapSeconds),
    gapJitterSeconds: String(mailbox.gapJitterSeconds),
    timezone: mailbox.timezone,
    windowDays: mailbox.windowDays,
    allDay,
    windowStart: allDay ? '09:00' : clockOf(start),
    windowEnd: allDay ? '17:00' : clockOf(end),
    holidays: mailbox.holidays.join('\n'),
    ...answersValues(mailbox.reader),
    ...rampValues(mailbox),
  }
}

const securityOf = (stored: string): MailboxValues['smtpSecurity'] =>
  stored === 'tls' || stored === 'none' ? stored : 'starttls'

/** 540 -> "09:00"; the end of the day is "00:00", as a time input has it. */
export const clockOf = (minute: number) =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

function minuteOf(clock: string, atMidnight: 0 | 1440): number {
  const match = /^(\d{2}):(\d{2})/.exec(clock)
  if (!match) return Number.NaN
  const minute = Number(match[1]) * 60 + Number(match[2])
  return minute === 0 ? atMidnight : minute
}

const numberOf = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))
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

/** How many emails fit into a day with the gap that is typed, in a sentence; null without a gap, or before the fields make sense. */
export function fittingWords(values: MailboxValues): string | null {
  const dailyLimit = values.dailyLimit.trim() === '' ? null : Number(values.dailyLimit)
  const windowStartMinute = values.allDay ? 0 : minuteOf(values.windowStart, 0)
  const windowEndMinute = values.allDay ? 1440 : minuteOf(values.windowEnd, 1440)
  const gap = { minGapSeconds: numberOf(values.minGapSeconds), gapJitterSeconds: numberOf(values.gapJitterSeconds) }
  const figures = [dailyLimit ?? 1, gap.minGapSeconds, gap.gapJitterSeconds, windowEndMinute - windowStartMinute]
  if (figures.some((figure) => !(figure >= 0)) || windowEndMinute <= windowStartMinute) return null
  const { fitting, setBy } = capacityOf({ ...gap, dailyLimit, windowStartMinute, windowEndMinute })
  if (fitting === null) return null
  const fits = `With this gap ${formatOf(fitting, 'email fits', 'emails fit')} into a day`
  if (dailyLimit === null) return `${fits}.`
  const limit = formatCount(dailyLimit)
  return setBy === 'gap'
    ? `${fits}; the limit of ${limit} is never reached.`
    : `${fits}; the limit of ${limit} is reached first.`
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
