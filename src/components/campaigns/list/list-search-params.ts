import { parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'
import { CAMPAIGN_SORTS } from '@/domain/campaign/sorts'
import { CAMPAIGN_STATUSES, CAMPAIGN_TYPES } from '@/domain/campaign/state'

/** The search parameters of the list. */
export const listParsers = {
  type: parseAsStringLiteral(CAMPAIGN_TYPES).withDefault('outreach'),
  status: parseAsStringLiteral(CAMPAIGN_STATUSES),
  /** The archive, instead of the others. */
  archived: parseAsBoolean.withDefault(false),
  search: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(CAMPAIGN_SORTS).withDefault('created'),
  /** Null: as the sort begins. */
  descending: parseAsBoolean,
  page: parseAsInteger.withDefault(1),
}
