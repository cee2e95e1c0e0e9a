import { parseAsString, parseAsStringLiteral } from 'nuqs'
import { CAMPAIGN_TYPES } from '@/domain/campaign/state'

/** The search parameters of a new campaign: its type, and for outreach a batch to begin with. */
export const newParsers = {
  type: parseAsStringLiteral(CAMPAIGN_TYPES).withDefault('outreach'),
  batch: parseAsString,
}
