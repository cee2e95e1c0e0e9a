import { parseAsString, parseAsStringLiteral } from 'nuqs'
import { ACT_GROUPS, type ActGroup } from '@/domain/audit/acts'

const groups = Object.keys(ACT_GROUPS) as ActGroup[]

/** The search parameters of the audit log. */
export const auditParsers = {
  group: parseAsStringLiteral(groups),
  actor: parseAsString,
  outcome: parseAsStringLiteral(['refused'] as const),
  /** The page: the lines after or before a place. */
  after: parseAsString,
  before: parseAsString,
}
