import { parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs'
import { LEAD_SORTS } from '@/domain/lead/sorts'
import { LEAD_STATUSES } from '@/domain/lead/status'

/** The search parameters of a list of leads. */
export const leadListParsers = {
  search: parseAsString.withDefault(''),
  status: parseAsStringLiteral(LEAD_STATUSES),
  sort: parseAsStringLiteral(LEAD_SORTS).withDefault('created'),
  descending: parseAsBoolean.withDefault(true),
  /** The page: the rows after or before a place. */
  after: parseAsString,
  before: parseAsString,
}
