/** What ids are of, by the rows that they are looked up in: of all, and of those in a state in which something can be done with them. */
export const KINDS = {
  ...{
    campaign: 'campaigns',
    batch: 'lead_batches',
    lead: 'leads',
    template: 'email_templates',
    workflow: 'workflows',
  },
  ...{ mailbox: 'mailboxes', run: 'lead_generation_runs', sandbox: 'sandbox_messages', suppression: 'suppressions' },
  ...{ inbox: 'conversations', conversation: 'conversations', message: 'received_messages', reply: 'replies' },
  ...{ email: 'scheduled_emails', note: 'conversation_notes', invitation: 'invitations', user: 'users' },
  ...{ draft: "campaigns WHERE status = 'draft'", running: "campaigns WHERE status = 'running'" },
  paused: "campaigns WHERE status = 'paused'",
  freeBatch: 'lead_batches b WHERE NOT EXISTS (SELECT FROM campaign_batches WHERE batch_id = b.id)',
  freeTemplate:
    'email_templates t WHERE workflow_id IS NULL AND NOT EXISTS (SELECT FROM workflow_steps WHERE email_template_id = t.id)',
  freeWorkflow:
    'workflows w WHERE listed AND campaign_id IS NULL AND NOT EXISTS (SELECT FROM campaigns WHERE workflow_id = w.id)',
} as const
