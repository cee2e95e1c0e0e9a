import { Prisma } from '@/db/generated/client'

/** Fragment: the campaigns that run or pause, as rows of `campaigns`; however many have ended, they are not looked at (idx_campaigns_counted). */
export const liveCampaigns = Prisma.sql`(
  SELECT * FROM campaigns
  WHERE archived_at IS NULL AND campaign_type = ANY(ARRAY['outreach', 'fully_automated', 'lead_generation'])
    AND status = ANY(ARRAY['running', 'paused']))`
