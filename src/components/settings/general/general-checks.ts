import type { FormErrors, Read } from '@/components/hooks/use-form'
import { numberOf } from '@/components/ui/numbers'
import { type SettingsInput, settingsInput } from '@/domain/settings'
import type { AnswerValues, FailureValues, SenderValues } from './general-values'

/** Who sends, or what is to be fixed in which field. */
export function readSender({
  companyName,
  postalAddress,
  defaultTimezone,
}: SenderValues): Read<SenderValues, SettingsInput> {
  const parsed = settingsInput.safeParse({ companyName, postalAddress, defaultTimezone })
  if (parsed.success) return { ok: true, input: parsed.data }
  const errors: FormErrors<SenderValues> = {}
  for (const { path } of parsed.error.issues) {
    if (path[0] === 'companyName') errors.companyName = 'One line of at most 120 characters.'
    if (path[0] === 'postalAddress') errors.postalAddress = 'At most 500 characters.'
    if (path[0] === 'defaultTimezone') errors.defaultTimezone = 'Choose a time zone from the list.'
  }
  return { ok: false, errors }
}

/** What happens when an email does not go through, or what is to be fixed in which field. */
export function readFailureRules({ maxAttempts, held, heldHours }: FailureValues): Read<FailureValues, SettingsInput> {
  const byItself = held !== 'person'
  const hours = byItself ? numberOf(heldHours) : 0
  const parsed = settingsInput.safeParse({
    maxAttempts: numberOf(maxAttempts),
    heldResolveAfterHours: hours,
    ...(held === 'person' ? {} : { heldResolution: held }),
  })
  if (parsed.success && !(byItself && hours === 0)) return { ok: true, input: parsed.data }
  const errors: FormErrors<FailureValues> = {}
  for (const { path } of parsed.error?.issues ?? []) {
    if (path[0] === 'maxAttempts') errors.maxAttempts = 'A whole number from 1 to 10.'
    if (path[0] === 'heldResolveAfterHours') errors.heldHours = HOURS
  }
  if (byItself && hours === 0) errors.heldHours = HOURS
  return { ok: false, errors }
}

const HOURS = 'A whole number of hours from 1 to 720.'

/** What answers do to the emails that are planned, or what is to be fixed in which field. */
export function readAnswerRules({ awayDays, freshReadMinutes }: AnswerValues): Read<AnswerValues, SettingsInput> {
  const parsed = settingsInput.safeParse({
    awayDays: numberOf(awayDays),
    freshReadMinutes: numberOf(freshReadMinutes),
  })
  if (parsed.success) return { ok: true, input: parsed.data }
  const errors: FormErrors<AnswerValues> = {}
  for (const { path } of parsed.error.issues) {
    if (path[0] === 'awayDays') errors.awayDays = 'A whole number of days from 1 to 100.'
    if (path[0] === 'freshReadMinutes') errors.freshReadMinutes = 'A whole number of minutes from 1 to 1440.'
  }
  return { ok: false, errors }
}
