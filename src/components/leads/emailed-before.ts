/**
 * Whether the address was emailed as another lead that was deleted since: none of this lead's own emails is on record, and
 * yet there is a last one.
 */
export const wasEmailedBefore = <Lead extends { emailsSent: number; lastContactedAt: Date | null }>(
  lead: Lead,
): lead is Lead & { lastContactedAt: Date } => lead.emailsSent === 0 && lead.lastContactedAt !== null
