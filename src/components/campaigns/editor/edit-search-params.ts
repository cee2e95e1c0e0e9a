import { parseAsString, parseAsStringLiteral } from 'nuqs'
import { DRAFT_STEPS } from '@/routes'

/** The search parameters of a draft: the open step, and the local time at which it is to start (absent: now). */
export const editParsers = {
  step: parseAsStringLiteral(DRAFT_STEPS),
  start: parseAsString,
}
