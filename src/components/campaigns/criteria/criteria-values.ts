import type { ReadToken } from '@/components/ui/fields/tokens'
import { normaliseDomain } from '@/domain/lead/email'
import { EMPTY_CRITERIA, type LeadCriteria, type LeadSourceName } from '@/domain/lead-generation/criteria'

/** Errors by source and field: "apollo.creditCap". */
export type CriteriaErrors = Readonly<Record<string, string>>

/** The criteria with a form to fill for every chosen source. What was filled for others stays, should they come back. */
export function withForms(criteria: LeadCriteria, sources: readonly LeadSourceName[]): LeadCriteria {
  const forms = sources
    .filter((source) => !criteria[source])
    .map((source) => [source, structuredClone(EMPTY_CRITERIA[source])])
  return { ...criteria, ...Object.fromEntries(forms) }
}

export const EMPTY_DISCOVERY: NonNullable<NonNullable<LeadCriteria['hunter']>['discover']> = {
  country: null,
  city: null,
  industries: [],
  companySizes: [],
  keywords: [],
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
