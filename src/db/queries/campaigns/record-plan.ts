import { execute, type Tx } from '@/db/sql'

/** Adds emails and leads that were planned to the campaign's counts, which are zero before its start. */
export const recordPlan = (
  tx: Tx,
  { campaignId, emails, leads }: { campaignId: string; emails: number; leads: number },
) =>
  execute(tx)`
  UPDATE campaigns SET emails_scheduled_count = emails_scheduled_count + ${emails},
    total_leads_targeted = total_leads_targeted + ${leads}
  WHERE id = ${campaignId}::uuid`

/** Sets when the campaign's first run is due. */
export const setFirstRun = (tx: Tx, { campaignId, at }: { campaignId: string; at: Date }) =>
  execute(tx)`UPDATE campaigns SET next_run_at = ${at} WHERE id = ${campaignId}::uuid`
