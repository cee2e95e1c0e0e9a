import type { KeptThing } from '@/domain/retention'
import type { Settings } from '../api-types'

/** The values as typed; numbers are text until they are saved. */
export type GeneralValues = SenderValues & FailureValues & AnswerValues

export type SenderValues = { companyName: string; postalAddress: string; defaultTimezone: string }

export type FailureValues = {
  maxAttempts: string
  /** Who decides over emails whose delivery is unknown. */
  held: 'person' | 'delivered' | 'again'
  heldHours: string
}

export type AnswerValues = { awayDays: string; freshReadMinutes: string }

const DEFAULT_HOURS = '72'

export function generalValues(settings: Omit<Settings, KeptThing>): GeneralValues {
  const { companyName, postalAddress, defaultTimezone, maxAttempts, heldResolveAfterHours, heldResolution } = settings
  const byItself = heldResolution === 'again' ? 'again' : 'delivered'
  return {
    companyName,
    postalAddress,
    defaultTimezone,
    maxAttempts: String(maxAttempts),
    awayDays: String(settings.awayDays),
    freshReadMinutes: String(settings.freshReadMinutes),
    held: heldResolveAfterHours === 0 ? 'person' : byItself,
    heldHours: heldResolveAfterHours === 0 ? DEFAULT_HOURS : String(heldResolveAfterHours),
  }
}

/** The fate of held emails, as a sentence. */
export function heldWords({ held, heldHours }: Pick<GeneralValues, 'held' | 'heldHours'>): string {
  if (held === 'person') return 'Only a person decides'
  return `After ${heldHours} h without a decision: ${held === 'delivered' ? 'treated as delivered' : 'sent again'}`
}
