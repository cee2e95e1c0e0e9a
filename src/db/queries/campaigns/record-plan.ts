import { execute, type Tx } from '@/db/sql'

type Planned = { campaignId: string; emails: number; leads: number }

/** Sets the campaign's counts of what a start planned. */
export const recordPlan = (tx: Tx, { campaignId, emails, leads }: Planned) =>
  execute(tx)`
  UPDATE campaigns SET emails_scheduled_count = ${emails}, total_leads_targeted = ${leads} WHERE id = ${campaignId}::uuid`

/** Adds a batch that was planned later to those counts. */
export const addToPlan = (tx: Tx, { campaignId, emails, leads }: Planned) =>
  execute(tx)`
  UPDATE campaigns SET emails_scheduled_count = emails_scheduled_count + ${emails},
    total_leads_targeted = total_leads_targeted + ${leads}
  WHERE id = ${campaignId}::uuid`

/** Sets when the campaign's first run is due. */
export const setFirstRun = (tx: Tx, { campaignId, at }: { campaignId: string; at: Date }) =>
  execute(tx)`UPDATE campaigns SET next_run_at = ${at} WHERE id = ${campaignId}::uuid`
