import { execute, query, type Sql, type Tx } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'
import type { MessageTemplate } from '@/domain/message/render'

/** A campaign that needs who sends named, with the kinds of its mailboxes. */
export type CampaignInNeed = { id: string; name: string; status: CampaignStatus; kinds: string[] }

/** Campaigns that send, will send by themselves, or go on once resumed, with their mailboxes: the first of all where none is chosen. */
export const selectCampaignsInNeed = (sql: Sql) =>
  query<CampaignInNeed>(sql)`
  SELECT c.id, c.name, c.status,
         COALESCE(
           (SELECT array_agg(m.kind) FROM campaign_mailboxes cm JOIN mailboxes m ON m.id = cm.mailbox_id
            WHERE cm.campaign_id = c.id),
           ARRAY(SELECT m.kind FROM mailboxes m ORDER BY m.created_at LIMIT 1)) AS kinds
  FROM campaigns c
  WHERE c.status IN ('scheduled', 'running', 'paused') AND c.campaign_type <> 'lead_generation'
  ORDER BY c.name, c.id`

/** The templates that these campaigns send, by campaign. */
export const selectTemplatesOfCampaigns = (sql: Sql, campaignIds: readonly string[]) =>
  query<MessageTemplate & { campaignId: string }>(sql)`
  SELECT DISTINCT c.id AS "campaignId", t.id, t.subject, t.body_text AS "bodyText", t.body_html AS "bodyHtml"
  FROM campaigns c
  JOIN email_templates t ON t.id = c.email_template_id
    OR t.id IN (SELECT ws.email_template_id FROM workflow_steps ws WHERE ws.workflow_id = c.workflow_id)
    OR EXISTS (SELECT 1 FROM scheduled_emails se
               WHERE se.campaign_id = c.id AND se.template_id = t.id AND se.status = 'pending')
  WHERE c.id = ANY(${[...campaignIds]}::uuid[])`

/** Keeps the settings as they are until the transaction ends: a start rests on them. Taken before everything else. */
export const keepSettings = (tx: Tx) => execute(tx)`SELECT 1 FROM settings WHERE id = 1 FOR SHARE`

/** Waits for starts that rest on the settings, and makes further ones wait until the transaction ends. */
export const lockSettings = (tx: Tx) => execute(tx)`SELECT 1 FROM settings WHERE id = 1 FOR UPDATE`
