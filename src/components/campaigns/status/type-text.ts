import type { CampaignType } from '@/domain/campaign/state'

/** How the three types are named and explained. */
export const TYPE_WORDS: Record<CampaignType, { label: string; adjective: string; purpose: string; hint: string }> = {
  lead_generation: {
    label: 'Lead generation',
    adjective: 'lead generation',
    purpose: 'They find leads on a schedule and put them into batches.',
    hint: 'Finds leads on a schedule',
  },
  outreach: {
    label: 'Outreach',
    adjective: 'outreach',
    purpose: 'They write to the leads of your batches, step by step, on the right days.',
    hint: 'Writes to the leads of your batches',
  },
  fully_automated: {
    label: 'Fully automated',
    adjective: 'fully automated',
    purpose: 'They find leads and write to them, all in one.',
    hint: 'Finds leads and writes to them',
  },
}
