import type { Progress } from '@/components/campaigns/api-types'

/** Nobody got an email, and nothing is read. */
export const NO_ANSWERS: Progress['answers'] = {
  ...{ replied: 0, bounced: 0, unsubscribed: 0, away: 0, contacted: 0 },
  reading: { mailboxes: 1, read: 0, elsewhere: [], asOf: null },
}
