/**
 * Procedures whose answers may be some seconds old, so that a replica may give them: lists and results that people look at. Nothing is
 * decided by what they say, and each says as of when it is. Whoever has just changed something gets them as they are.
 */
export const MAY_BE_OLD: ReadonlySet<string> = new Set([
  'batches.list',
  'campaigns.emails',
  'campaigns.list',
  'campaigns.results',
  'leads.list',
  'suppression.list',
])
