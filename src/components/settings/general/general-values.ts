import type { FormErrors, Read } from '@/components/hooks/use-form'
import { type SettingsInput, settingsInput } from '@/domain/settings'
import type { Settings } from '../api-types'

/** The values as typed; numbers are text until they are saved. */
export type GeneralValues = {
  companyName: string
  postalAddress: string
  defaultTimezone: string
  maxAttempts: string
  /** Who decides over emails whose delivery is unknown. */
  held: 'person' | 'delivered' | 'again'
  heldHours: string
}

export type GeneralErrors = FormErrors<GeneralValues>

const DEFAULT_HOURS = '72'

export function generalValues(settings: Settings): GeneralValues {
  const { companyName, postalAddress, defaultTimezone, maxAttempts, heldResolveAfterHours, heldResolution } = settings
  const byItself = heldResolution === 'again' ? 'again' : 'delivered'
  return {
    companyName,
    postalAddress,
    defaultTimezone,
    maxAttempts: String(maxAttempts),
    held: heldResolveAfterHours === 0 ? 'person' : byItself,
    heldHours: heldResolveAfterHours === 0 ? DEFAULT_HOURS : String(heldResolveAfterHours),
  }
}

/** A number as it was typed; what is no number is refused by the check below. */
const numberOf = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))

/** The settings to save, or what is to be fixed in which field. */
export function readGeneral(values: GeneralValues): Read<GeneralValues, SettingsInput> {
  const byItself = values.held !== 'person'
  const hours = byItself ? numberOf(values.heldHours) : 0
  const parsed = settingsInput.safeParse({
    companyName: values.companyName,
    postalAddress: values.postalAddress,
    defaultTimezone: values.defaultTimezone,
    maxAttempts: numberOf(values.maxAttempts),
    heldResolveAfterHours: hours,
    ...(values.held === 'person' ? {} : { heldResolution: values.held }),
  })
  if (parsed.success && !(byItself && hours === 0)) return { ok: true, input: parsed.data }
  const errors: GeneralErrors = {}
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0]
    if (field === 'companyName') errors.companyName = 'One line of at most 120 characters.'
    if (field === 'postalAddress') errors.postalAddress = 'At most 500 characters.'
    if (field === 'defaultTimezone') errors.defaultTimezone = 'Choose a time zone from the list.'
    if (field === 'maxAttempts') errors.maxAttempts = 'A whole number from 1 to 10.'
    if (field === 'heldResolveAfterHours') errors.heldHours = HOURS
  }
  if (byItself && hours === 0) errors.heldHours = HOURS
  return { ok: false, errors }
}

const HOURS = 'A whole number of hours from 1 to 720.'

/** The fate of held emails, as a sentence. */
export function heldWords({ held, heldHours }: Pick<GeneralValues, 'held' | 'heldHours'>): string {
  if (held === 'person') return 'Only a person decides'
  return `After ${heldHours} h without a decision: ${held === 'delivered' ? 'treated as delivered' : 'sent again'}`
}
