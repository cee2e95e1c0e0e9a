import { campaignDraft } from '@/domain/campaign/draft'
import type { DraftErrors, DraftPatch, DraftValues } from './draft-values'

const MESSAGES: DraftErrors = {
  name: 'A campaign needs a name of at most 120 characters.',
  dailyLimit: 'Give a whole number from 1 to 100,000, or leave it empty for no limit.',
  timezone: 'Choose a time zone from the list.',
  leadCriteria: 'A value in the criteria cannot be used.',
  maxResultsPerRun: 'Give a whole number from 1 to 10,000.',
  endDate: 'Give a day, or leave it empty for no end.',
  ownSteps: 'Choose a template for every step, or write its text.',
  outreachDelayDays: 'Give a whole number of days from 0 to 90.',
}

/** The fields of a change that the server would not take, each with what to do. */
export function errorsOf(patch: DraftPatch): DraftErrors {
  const checked = campaignDraft.safeParse(patch)
  if (checked.success) return {}
  const errors: DraftErrors = {}
  for (const { path, message } of checked.error.issues) {
    const field = path[0] as keyof DraftValues
    errors[field] ??= MESSAGES[field] ?? message
  }
  return errors
}
