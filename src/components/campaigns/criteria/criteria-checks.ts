import type { LeadCriteria } from '@/domain/lead-generation/criteria'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import type { CriteriaErrors } from './criteria-values'

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
