import { parseAsString, parseAsStringLiteral } from 'nuqs'
import { CAMPAIGN_TYPES } from '@/domain/campaign/state'

/** What the address of a new campaign says: its type, and for outreach a batch to begin with. */
export const newParsers = {
  type: parseAsStringLiteral(CAMPAIGN_TYPES).withDefault('outreach'),
  batch: parseAsString,
}
