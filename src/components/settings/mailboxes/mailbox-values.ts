import type { FormErrors } from '@/components/hooks/use-form'
import { formatCount, formatOf, numberOf } from '@/components/ui/numbers'
import { capacityOf } from '@/domain/campaign/daily-capacity'
import type { Mailbox } from '../api-types'
import { type AnswersValues, answersValues, NO_ANSWERS } from './answers-values'
import { NO_RAMP, type RampValues, rampValues } from './ramp-values'

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

/** "09:00" -> 540; midnight is `atMidnight`, and what is no time `NaN`. */
export function minuteOf(clock: string, atMidnight: 0 | 1440): number {
  const match = /^(\d{2}):(\d{2})/.exec(clock)
  if (!match) return Number.NaN
  const minute = Number(match[1]) * 60 + Number(match[2])
  return minute === 0 ? atMidnight : minute
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
