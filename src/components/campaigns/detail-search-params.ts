import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'
import { EMAIL_STATUSES } from '@/domain/campaign/progress'
import { CAMPAIGN_TABS } from '@/routes'

/** The search parameters of a campaign: the open tab, and the filters of what it lists. */
export const detailParsers = {
  tab: parseAsStringLiteral(CAMPAIGN_TABS).withDefault('progress'),
  status: parseAsStringLiteral(EMAIL_STATUSES),
  step: parseAsInteger,
  search: parseAsString.withDefault(''),
  /** The run that is looked at. */
  run: parseAsString,
  /** The email that is read. */
  email: parseAsString,
  page: parseAsInteger.withDefault(1),
  /** The page of a long list: the rows after or before a place. */
  after: parseAsString,
  before: parseAsString,
}
