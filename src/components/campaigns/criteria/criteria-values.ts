import type { ReadToken } from '@/components/ui/fields/tokens'
import { normaliseDomain } from '@/domain/lead/email'
import {
  apolloCriteria,
  googlePlacesCriteria,
  hunterCriteria,
  type LeadCriteria,
  type LeadSourceName,
  leadCriteria,
} from '@/domain/lead-generation/criteria'

/** Errors by source and field: "apollo.creditCap". */
export type CriteriaErrors = Readonly<Record<string, string>>

const EMPTY = {
  apollo: () => apolloCriteria.parse({}),
  google_places: () => googlePlacesCriteria.parse({}),
  hunter: () => hunterCriteria.parse({}),
}

/** The criteria with a form to fill for every chosen source. What was filled for others stays, should they come back. */
export function withForms(criteria: LeadCriteria, sources: readonly LeadSourceName[]): LeadCriteria {
  const forms = sources.filter((source) => !criteria[source]).map((source) => [source, EMPTY[source]()])
  return { ...criteria, ...Object.fromEntries(forms) }
}

export const EMPTY_DISCOVERY: NonNullable<NonNullable<LeadCriteria['hunter']>['discover']> = {
  country: null,
  city: null,
  industries: [],
  companySizes: [],
  keywords: [],
}

const MESSAGES: Record<string, string> = {
  'apollo.creditCap': 'Give a whole number from 1 to 100,000, or leave it empty.',
  'hunter.minConfidence': 'Give a whole number from 0 to 100.',
  'hunter.peoplePerCompany': 'Give a whole number from 1 to 100.',
}

/** The fields whose value could not be saved, each with what to do. */
export function criteriaErrors(criteria: LeadCriteria): CriteriaErrors {
  const checked = leadCriteria.safeParse(criteria)
  if (checked.success) return {}
  const errors: Record<string, string> = {}
  for (const { path, message } of checked.error.issues) {
    const field = path.slice(0, 2).join('.')
    errors[field] ??= MESSAGES[field] ?? `This value cannot be used: ${message}.`
  }
  return errors
}

/** A domain out of whatever was pasted: "https://www.nexa.example/about" -> "nexa.example". */
export const readDomain: ReadToken = (text) => {
  const host = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^.*@/, '')
    .replace(/[/?#:].*$/, '')
    .replace(/^www\./i, '')
  const domain = normaliseDomain(host)
  return domain ? { value: domain } : { problem: `“${text}” is not a domain, such as company.com.` }
}

/** Empty text is nothing; anything else stays as it is typed. */
export const orNull = (text: string) => (text === '' ? null : text)
