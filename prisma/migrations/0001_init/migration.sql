-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "campaigns" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "description" TEXT,
    "campaign_type" TEXT NOT NULL DEFAULT 'outreach',
    "status" TEXT NOT NULL DEFAULT 'draft',
    "status_reason" TEXT,
    "start_type" TEXT NOT NULL DEFAULT 'manual',
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "use_workflow" BOOLEAN NOT NULL DEFAULT true,
    "workflow_id" UUID,
    "email_template_id" UUID,
    "daily_limit" INTEGER,
    "lead_sources" JSONB,
    "lead_criteria" JSONB,
    "max_results_per_run" INTEGER,
    "add_existing_leads" BOOLEAN NOT NULL DEFAULT false,
    "is_recurring" BOOLEAN NOT NULL DEFAULT false,
    "recurring_interval" TEXT,
    "next_run_at" TIMESTAMPTZ(3),
    "end_date" TIMESTAMPTZ(3),
    "outreach_delay_days" INTEGER NOT NULL DEFAULT 0,
    "scheduled_start_at" TIMESTAMPTZ(3),
    "actual_started_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "resumed_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "failure_reason" TEXT,
    "archived_at" TIMESTAMPTZ(3),
    "total_leads_targeted" INTEGER NOT NULL DEFAULT 0,
    "emails_scheduled_count" INTEGER NOT NULL DEFAULT 0,
    "emails_sent_count" INTEGER NOT NULL DEFAULT 0,
    "emails_failed_count" INTEGER NOT NULL DEFAULT 0,
    "current_workflow_step" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_batches" (
    "campaign_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_batches_pkey" PRIMARY KEY ("campaign_id","batch_id")
);

-- CreateTable
CREATE TABLE "campaign_mailboxes" (
    "campaign_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,

    CONSTRAINT "campaign_mailboxes_pkey" PRIMARY KEY ("campaign_id","mailbox_id")
);

-- CreateTable
CREATE TABLE "campaign_events" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "campaign_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT,
    "from_status" TEXT,
    "to_status" TEXT,
    "message" TEXT NOT NULL,
    "details" JSONB,

    CONSTRAINT "campaign_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_days" (
    "campaign_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "reserved" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "campaign_days_pkey" PRIMARY KEY ("campaign_id","day")
);

-- CreateTable
CREATE TABLE "scheduled_emails" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "campaign_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "template_id" UUID NOT NULL,
    "workflow_id" UUID,
    "workflow_step_number" INTEGER NOT NULL DEFAULT 1,
    "mailbox_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "scheduled_for" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "sent_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "failure_reason" TEXT,
    "retry_count" INTEGER NOT NULL DEFAULT 0,
    "claim" INTEGER NOT NULL DEFAULT 0,
    "sending_since" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "held_at" TIMESTAMPTZ(3),
    "wait_reason" TEXT,
    "email_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scheduled_emails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "emails" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "campaign_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "template_id" UUID,
    "mailbox_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "from_email" TEXT NOT NULL,
    "to_email" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body_text" TEXT NOT NULL,
    "body_html" TEXT,
    "status" TEXT NOT NULL DEFAULT 'sent',
    "response" TEXT,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "emails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailboxes" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'smtp',
    "from_name" TEXT NOT NULL,
    "from_email" TEXT NOT NULL,
    "reply_to" TEXT,
    "signature" TEXT,
    "smtp_host" TEXT,
    "smtp_port" INTEGER,
    "smtp_security" TEXT NOT NULL DEFAULT 'starttls',
    "smtp_user" TEXT,
    "smtp_password_encrypted" TEXT,
    "max_connections" INTEGER NOT NULL DEFAULT 5,
    "daily_limit" INTEGER,
    "min_gap_seconds" INTEGER NOT NULL DEFAULT 0,
    "gap_jitter_seconds" INTEGER NOT NULL DEFAULT 0,
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "window_days" INTEGER[] DEFAULT ARRAY[1, 2, 3, 4, 5, 6, 7]::INTEGER[],
    "window_start_minute" INTEGER NOT NULL DEFAULT 0,
    "window_end_minute" INTEGER NOT NULL DEFAULT 1440,
    "holidays" DATE[] DEFAULT ARRAY[]::DATE[],
    "health" TEXT NOT NULL DEFAULT 'ready',
    "health_reason" TEXT,
    "cool_down_until" TIMESTAMPTZ(3),
    "trouble_count" INTEGER NOT NULL DEFAULT 0,
    "next_send_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mailboxes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailbox_days" (
    "mailbox_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "reserved" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "mailbox_days_pkey" PRIMARY KEY ("mailbox_id","day")
);

-- CreateTable
CREATE TABLE "sandbox_messages" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "message_id" TEXT NOT NULL,
    "from_email" TEXT NOT NULL,
    "to_email" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "raw" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sandbox_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leads" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "email" TEXT NOT NULL,
    "company_name" TEXT,
    "contact_name" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "job_title" TEXT,
    "phone" TEXT,
    "industry" TEXT,
    "city" TEXT,
    "country" TEXT,
    "website" TEXT,
    "linkedin_url" TEXT,
    "custom_fields" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'new',
    "source" TEXT NOT NULL DEFAULT 'csv',
    "source_ref" TEXT,
    "source_fetched_at" TIMESTAMPTZ(3),
    "email_confidence" INTEGER,
    "emails_sent" INTEGER NOT NULL DEFAULT 0,
    "last_contacted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_batches" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "description" TEXT,
    "active_campaign_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lead_batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batch_leads" (
    "batch_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "batch_leads_pkey" PRIMARY KEY ("batch_id","lead_id")
);

-- CreateTable
CREATE TABLE "suppressions" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "value" TEXT,
    "value_hash" TEXT,
    "reason" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suppressions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_sources" (
    "source" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "api_key_encrypted" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "tested_at" TIMESTAMPTZ(3),
    "test_result" JSONB,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lead_sources_pkey" PRIMARY KEY ("source")
);

-- CreateTable
CREATE TABLE "lead_generation_runs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "campaign_id" UUID NOT NULL,
    "batch_id" UUID,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "outreach_at" TIMESTAMPTZ(3),
    "planned_at" TIMESTAMPTZ(3),
    "yield" JSONB NOT NULL DEFAULT '{}',
    "progress" JSONB NOT NULL DEFAULT '{}',
    "failure" TEXT,

    CONSTRAINT "lead_generation_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_templates" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body_text" TEXT NOT NULL,
    "body_html" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "email_templates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflows" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_steps" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "workflow_id" UUID NOT NULL,
    "step_number" INTEGER NOT NULL,
    "email_template_id" UUID NOT NULL,
    "days_after_previous" INTEGER NOT NULL DEFAULT 0,
    "reply_in_thread" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "workflow_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "company_name" TEXT NOT NULL DEFAULT '',
    "postal_address" TEXT NOT NULL DEFAULT '',
    "default_timezone" TEXT NOT NULL DEFAULT 'UTC',
    "max_attempts" INTEGER NOT NULL DEFAULT 3,
    "held_resolve_after_hours" INTEGER NOT NULL DEFAULT 72,
    "held_resolution" TEXT NOT NULL DEFAULT 'delivered',
    "checklist_dismissed_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "simulated_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "real_origin" TIMESTAMPTZ(3) NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "speed" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "simulated_clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_heartbeats" (
    "worker_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_heartbeats_pkey" PRIMARY KEY ("worker_id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'member',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verifications" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "idx_campaigns_type_status" ON "campaigns"("campaign_type", "status");

-- CreateIndex
CREATE INDEX "idx_campaign_batches_batch" ON "campaign_batches"("batch_id");

-- CreateIndex
CREATE INDEX "idx_campaign_events_campaign_at" ON "campaign_events"("campaign_id", "at");

-- CreateIndex
CREATE INDEX "idx_scheduled_emails_lead" ON "scheduled_emails"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "uq_scheduled_emails_campaign_lead_step" ON "scheduled_emails"("campaign_id", "lead_id", "workflow_step_number");

-- CreateIndex
CREATE INDEX "idx_emails_lead_sent_at" ON "emails"("lead_id", "sent_at");

-- CreateIndex
CREATE UNIQUE INDEX "uq_emails_message_id" ON "emails"("message_id");

-- CreateIndex
CREATE INDEX "idx_sandbox_messages_received_at" ON "sandbox_messages"("received_at");

-- CreateIndex
CREATE INDEX "idx_leads_source_ref" ON "leads"("source", "source_ref");

-- CreateIndex
CREATE INDEX "idx_lead_batches_active_campaign" ON "lead_batches"("active_campaign_id");

-- CreateIndex
CREATE INDEX "idx_batch_leads_lead" ON "batch_leads"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "uq_suppressions_kind_value" ON "suppressions"("kind", "value");

-- CreateIndex
CREATE UNIQUE INDEX "uq_suppressions_kind_value_hash" ON "suppressions"("kind", "value_hash");

-- CreateIndex
CREATE UNIQUE INDEX "uq_lead_generation_runs_campaign_due" ON "lead_generation_runs"("campaign_id", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "uq_workflow_steps_workflow_step" ON "workflow_steps"("workflow_id", "step_number");

-- CreateIndex
CREATE UNIQUE INDEX "uq_users_email" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "uq_sessions_token" ON "sessions"("token");

-- CreateIndex
CREATE INDEX "idx_sessions_user" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "idx_accounts_user" ON "accounts"("user_id");

-- CreateIndex
CREATE INDEX "idx_verifications_identifier" ON "verifications"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "uq_rate_limits_key" ON "rate_limits"("key");

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_email_template_id_fkey" FOREIGN KEY ("email_template_id") REFERENCES "email_templates"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_batches" ADD CONSTRAINT "campaign_batches_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_batches" ADD CONSTRAINT "campaign_batches_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "lead_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_mailboxes" ADD CONSTRAINT "campaign_mailboxes_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_mailboxes" ADD CONSTRAINT "campaign_mailboxes_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_events" ADD CONSTRAINT "campaign_events_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_days" ADD CONSTRAINT "campaign_days_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_emails" ADD CONSTRAINT "scheduled_emails_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_emails" ADD CONSTRAINT "scheduled_emails_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_emails" ADD CONSTRAINT "scheduled_emails_template_id_fkey" FOREIGN KEY ("template_id") REFERENCES "email_templates"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_emails" ADD CONSTRAINT "scheduled_emails_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_emails" ADD CONSTRAINT "scheduled_emails_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_emails" ADD CONSTRAINT "scheduled_emails_email_id_fkey" FOREIGN KEY ("email_id") REFERENCES "emails"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emails" ADD CONSTRAINT "emails_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emails" ADD CONSTRAINT "emails_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emails" ADD CONSTRAINT "emails_template_id_fkey" FOREIGN KEY ("template_id") REFERENCES "email_templates"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emails" ADD CONSTRAINT "emails_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailbox_days" ADD CONSTRAINT "mailbox_days_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_batches" ADD CONSTRAINT "lead_batches_active_campaign_id_fkey" FOREIGN KEY ("active_campaign_id") REFERENCES "campaigns"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_leads" ADD CONSTRAINT "batch_leads_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "lead_batches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_leads" ADD CONSTRAINT "batch_leads_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_generation_runs" ADD CONSTRAINT "lead_generation_runs_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_generation_runs" ADD CONSTRAINT "lead_generation_runs_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "lead_batches"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_steps" ADD CONSTRAINT "workflow_steps_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_steps" ADD CONSTRAINT "workflow_steps_email_template_id_fkey" FOREIGN KEY ("email_template_id") REFERENCES "email_templates"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- Beyond the schema file: what the database itself guards ------------------------------------------------

-- Statuses. A typing error in a statement must fail, not make a state that nothing looks for.
ALTER TABLE campaigns ADD CONSTRAINT campaigns_type_check CHECK (campaign_type IN ('lead_generation', 'outreach', 'fully_automated'));
ALTER TABLE campaigns ADD CONSTRAINT campaigns_status_check CHECK (status IN ('draft', 'scheduled', 'running', 'paused', 'completed', 'failed'));
ALTER TABLE campaigns ADD CONSTRAINT campaigns_start_type_check CHECK (start_type IN ('manual', 'scheduled'));
ALTER TABLE campaigns ADD CONSTRAINT campaigns_interval_check CHECK (recurring_interval IN ('daily', 'every_2_days', 'every_3_days', 'weekly', 'monthly'));
ALTER TABLE campaigns ADD CONSTRAINT campaigns_counters_check CHECK (emails_sent_count >= 0 AND emails_failed_count >= 0 AND emails_scheduled_count >= 0 AND total_leads_targeted >= 0);
ALTER TABLE scheduled_emails ADD CONSTRAINT scheduled_emails_status_check CHECK (status IN ('pending', 'sending', 'held', 'sent', 'failed', 'skipped', 'cancelled'));
ALTER TABLE scheduled_emails ADD CONSTRAINT scheduled_emails_step_check CHECK (workflow_step_number >= 1);
-- A mail on the wire always has a lease, and only such a mail: otherwise a dead worker's mails would stay for ever.
ALTER TABLE scheduled_emails ADD CONSTRAINT scheduled_emails_lease_check CHECK ((status = 'sending') = (lease_until IS NOT NULL));
ALTER TABLE leads ADD CONSTRAINT leads_status_check CHECK (status IN ('new', 'contacted', 'follow_up_1', 'follow_up_2', 'replied', 'interested', 'not_interested', 'converted', 'invalid', 'unsubscribed', 'bounced'));
ALTER TABLE leads ADD CONSTRAINT leads_email_lower_check CHECK (email = lower(email));
ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_kind_check CHECK (kind IN ('environment', 'smtp'));
ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_health_check CHECK (health IN ('ready', 'cooling_down', 'stopped'));
ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_security_check CHECK (smtp_security IN ('starttls', 'tls', 'none'));
ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_window_check CHECK (window_start_minute >= 0 AND window_start_minute < window_end_minute AND window_end_minute <= 1440);
ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_limits_check CHECK (daily_limit > 0 AND min_gap_seconds >= 0 AND gap_jitter_seconds >= 0 AND max_connections BETWEEN 1 AND 50);
ALTER TABLE mailbox_days ADD CONSTRAINT mailbox_days_reserved_check CHECK (reserved >= 0);
ALTER TABLE campaign_days ADD CONSTRAINT campaign_days_reserved_check CHECK (reserved >= 0);
ALTER TABLE suppressions ADD CONSTRAINT suppressions_kind_check CHECK (kind IN ('address', 'domain'));
ALTER TABLE suppressions ADD CONSTRAINT suppressions_value_check CHECK (value IS NOT NULL OR value_hash IS NOT NULL);
ALTER TABLE lead_generation_runs ADD CONSTRAINT lead_generation_runs_status_check CHECK (status IN ('pending', 'running', 'completed', 'failed'));
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('owner', 'member'));
ALTER TABLE settings ADD CONSTRAINT settings_single_check CHECK (id = 1);
ALTER TABLE simulated_clock ADD CONSTRAINT simulated_clock_single_check CHECK (id = 1);

-- One lead an address; e-mail is stored lower-cased (see the check above).
CREATE UNIQUE INDEX uq_leads_email ON leads (email);

-- select-due-mail, select-mailboxes-with-due-mail, read-next-mail: the head of each queue of one campaign and mailbox,
-- follow-ups and first mails apart. Partial: rows that are done cost nothing.
CREATE INDEX idx_scheduled_emails_due ON scheduled_emails (campaign_id, mailbox_id, ((workflow_step_number = 1)), scheduled_for)
  WHERE status = 'pending';
-- hold-lapsed, select-held-before, complete-campaigns: the few mails whose fate is open.
CREATE INDEX idx_scheduled_emails_open ON scheduled_emails (campaign_id, status) WHERE status IN ('sending', 'held');
-- run-tick: starts that are due.
CREATE INDEX idx_campaigns_scheduled_start ON campaigns (scheduled_start_at) WHERE status = 'scheduled';

-- The seed's trigger. Statements that carry campaign time set updated_at themselves and are left alone, so that it
-- costs them nothing; a change made by hand is stamped here.
CREATE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at = now();
  RETURN NEW;
END $$;

CREATE TRIGGER update_scheduled_emails_updated_at
  BEFORE UPDATE ON scheduled_emails
  FOR EACH ROW WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at)
  EXECUTE FUNCTION update_updated_at_column();

-- What every installation begins with: its settings, and the mailbox that delivers to SMTP_URL or the sandbox inbox.
INSERT INTO settings (id) VALUES (1);
INSERT INTO mailboxes (name, kind, from_name, from_email, smtp_security, max_connections)
VALUES ('First mailbox', 'environment', 'Sales', 'sales@example.com', 'none', 10);
