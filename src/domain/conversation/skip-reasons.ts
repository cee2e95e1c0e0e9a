/** Why a received message has planned emails skipped, beside what the delivery gates say. */
export type AnswerSkipReason =
  | 'answered_by_hand'
  | 'company_replied'
  | 'lead_bounced'
  | 'lead_complained'
  | 'lead_unsubscribed'
  | 'asks_to_stop'
