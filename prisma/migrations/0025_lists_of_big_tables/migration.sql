-- Why: every page of a list sorted and counted its whole table. What changes with each email to a lead is now kept beside the
-- lead, narrow and in the orders of the lists (an index on the lead itself would be written with every email, and all its
-- others with it); what lists count is kept, as the counts of emails are, in the transaction that changes the rows.

-- CreateTable
CREATE TABLE "lead_activity" (
    "lead_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "emails_sent" INTEGER NOT NULL,
    "last_contacted_at" TIMESTAMPTZ(3),

    CONSTRAINT "lead_activity_pkey" PRIMARY KEY ("lead_id")
);

-- CreateTable
CREATE TABLE "lead_counts" (
    "batch_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "lead_counts_pkey" PRIMARY KEY ("batch_id","status")
);

-- CreateTable
CREATE TABLE "lead_count_changes" (
    "id" BIGSERIAL NOT NULL,
    "batch_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "lead_count_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_ended_leads" (
    "campaign_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "status" TEXT NOT NULL,

    CONSTRAINT "campaign_ended_leads_pkey" PRIMARY KEY ("campaign_id","lead_id")
);

-- CreateTable
CREATE TABLE "campaign_templates" (
    "campaign_id" UUID NOT NULL,
    "workflow_step_number" INTEGER NOT NULL,
    "template_id" UUID NOT NULL,

    CONSTRAINT "campaign_templates_pkey" PRIMARY KEY ("template_id","campaign_id","workflow_step_number")
);

-- CreateIndex
CREATE INDEX "idx_lead_count_changes_batch" ON "lead_count_changes"("batch_id");

-- CreateIndex
CREATE INDEX "idx_campaign_ended_leads_lead" ON "campaign_ended_leads"("lead_id");

-- CreateIndex
CREATE INDEX "idx_campaign_templates_campaign" ON "campaign_templates"("campaign_id", "workflow_step_number");

-- CreateIndex
CREATE INDEX "idx_lead_activity_status" ON "lead_activity"("status", "lead_id");

-- CreateIndex
CREATE INDEX "idx_lead_activity_sent" ON "lead_activity"("emails_sent", "lead_id");

-- CreateIndex
CREATE INDEX "idx_lead_activity_contacted" ON "lead_activity"("last_contacted_at", "lead_id");

-- CreateIndex
CREATE INDEX "idx_scheduled_emails_status" ON "scheduled_emails"("campaign_id", "status", "lead_id", "workflow_step_number");

-- CreateIndex
CREATE INDEX "idx_campaigns_workflow" ON "campaigns"("workflow_id", "status");

-- CreateIndex
CREATE INDEX "idx_campaigns_template" ON "campaigns"("email_template_id");

-- CreateIndex
CREATE INDEX "idx_workflow_steps_template" ON "workflow_steps"("email_template_id");

-- CreateIndex
CREATE INDEX "idx_suppressions_created" ON "suppressions"("created_at", "id");

-- AddForeignKey
ALTER TABLE "campaign_ended_leads" ADD CONSTRAINT "campaign_ended_leads_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_ended_leads" ADD CONSTRAINT "campaign_ended_leads_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_templates" ADD CONSTRAINT "campaign_templates_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_templates" ADD CONSTRAINT "campaign_templates_template_id_fkey" FOREIGN KEY ("template_id") REFERENCES "email_templates"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- Beyond the schema file ----------------------------------------------------------------------------------

-- What is there already.
INSERT INTO lead_activity (lead_id, status, emails_sent, last_contacted_at)
SELECT id, status, emails_sent, last_contacted_at FROM leads;
INSERT INTO lead_counts (batch_id, status, count)
SELECT '00000000-0000-0000-0000-000000000000', status, count(*) FROM leads GROUP BY status
UNION ALL
SELECT bl.batch_id, l.status, count(*) FROM batch_leads bl JOIN leads l ON l.id = bl.lead_id GROUP BY 1, 2;
INSERT INTO campaign_ended_leads (campaign_id, lead_id, status)
SELECT DISTINCT se.campaign_id, l.id, l.status FROM leads l JOIN scheduled_emails se ON se.lead_id = l.id AND se.status = 'sent'
WHERE l.status IN ('replied', 'bounced', 'unsubscribed');
INSERT INTO campaign_templates (campaign_id, workflow_step_number, template_id)
SELECT DISTINCT campaign_id, workflow_step_number, template_id FROM scheduled_emails;

-- Those of the list of leads that the schema file cannot say: by code points.
CREATE INDEX idx_leads_company ON leads (company_key COLLATE "C", id);
CREATE INDEX idx_leads_contact ON leads (contact_key COLLATE "C", id);

-- The list of a campaign's emails of one state, in the order of uq_scheduled_emails_campaign_lead_step; it knows the failed
-- ones, too.
DROP INDEX idx_scheduled_emails_failed;

-- select-campaign-page.
CREATE INDEX idx_campaigns_listed ON campaigns (campaign_type, created_at, id) WHERE archived_at IS NULL;
-- count-assumed: decisions about held emails, which are few.
CREATE INDEX idx_emails_assumed ON emails (campaign_id) WHERE response = 'Treated as delivered: the answer of the server is unknown.';

-- Search by parts of words. The extension comes with PostgreSQL and needs no superuser; where a server has it not, or does not
-- let us, the lists search the newest rows only, and say so.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN RETURN; END IF;
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX idx_leads_search ON leads USING gin (search_text gin_trgm_ops) WHERE search_text <> '';
  CREATE INDEX idx_suppressions_search ON suppressions USING gin (value gin_trgm_ops) WHERE value IS NOT NULL;
EXCEPTION WHEN insufficient_privilege OR undefined_object OR undefined_file THEN
  RAISE NOTICE 'pg_trgm cannot be used here: %', SQLERRM;
END $$;

-- A statement notes by how much it changed the counts of all leads (batch 0) and of each batch. Nobody else's row is locked.
-- The plans of these functions are made once a session, by whatever it changes first, one row or all: so changed rows are
-- joined with nothing but by an index, a row at a time, nor with each other.
CREATE FUNCTION note_leads() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM lead_activity WHERE lead_id IN (SELECT id FROM old_rows);
    INSERT INTO lead_count_changes (batch_id, status, count)
    SELECT '00000000-0000-0000-0000-000000000000', status, -count(*) FROM old_rows GROUP BY status;
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;
  INSERT INTO lead_activity AS a (lead_id, status, emails_sent, last_contacted_at)
  SELECT id, status, emails_sent, last_contacted_at FROM new_rows
  ON CONFLICT (lead_id) DO UPDATE
  SET status = EXCLUDED.status, emails_sent = EXCLUDED.emails_sent, last_contacted_at = EXCLUDED.last_contacted_at
  WHERE (a.status, a.emails_sent, a.last_contacted_at)
        IS DISTINCT FROM (EXCLUDED.status, EXCLUDED.emails_sent, EXCLUDED.last_contacted_at);
  IF TG_OP = 'INSERT' THEN
    INSERT INTO lead_count_changes (batch_id, status, count)
    SELECT '00000000-0000-0000-0000-000000000000', status, count(*) FROM new_rows GROUP BY status;
  ELSE
    INSERT INTO lead_count_changes (batch_id, status, count)
    SELECT of_batch.id, moved.status, sum(moved.change)
    FROM (SELECT id, status, sum(change) AS change
          FROM (SELECT id, status, 1 AS change FROM new_rows UNION ALL SELECT id, status, -1 FROM old_rows) both_sides
          GROUP BY id, status HAVING sum(change) <> 0) moved,
      LATERAL (SELECT '00000000-0000-0000-0000-000000000000'::uuid AS id
               UNION ALL SELECT bl.batch_id FROM batch_leads bl WHERE bl.lead_id = moved.id OFFSET 0) of_batch
    GROUP BY 1, 2 HAVING sum(moved.change) <> 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER note_inserted_leads AFTER INSERT ON leads
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_leads();
CREATE TRIGGER note_updated_leads AFTER UPDATE ON leads
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_leads();
CREATE TRIGGER note_deleted_leads AFTER DELETE ON leads
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_leads();

CREATE FUNCTION note_batch_leads() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO lead_count_changes (batch_id, status, count)
    SELECT n.batch_id, l.status, count(*) FROM new_rows n, LATERAL (SELECT status FROM leads WHERE id = n.lead_id OFFSET 0) l
    GROUP BY 1, 2;
  ELSE
    -- Those of deleted leads are not found here any more: they were counted before.
    INSERT INTO lead_count_changes (batch_id, status, count)
    SELECT o.batch_id, l.status, -count(*) FROM old_rows o, LATERAL (SELECT status FROM leads WHERE id = o.lead_id OFFSET 0) l
    GROUP BY 1, 2;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER note_inserted_batch_leads AFTER INSERT ON batch_leads
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_batch_leads();
CREATE TRIGGER note_deleted_batch_leads AFTER DELETE ON batch_leads
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_batch_leads();

CREATE FUNCTION note_lead_leaving_batches() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  INSERT INTO lead_count_changes (batch_id, status, count)
  SELECT batch_id, OLD.status, -1 FROM batch_leads WHERE lead_id = OLD.id;
  RETURN OLD;
END $$;

CREATE TRIGGER note_lead_leaving_batches BEFORE DELETE ON leads
  FOR EACH ROW EXECUTE FUNCTION note_lead_leaving_batches();

-- Leads that a campaign has emailed and that have answered, bounced or unsubscribed: few, and each list of campaigns counts
-- them. Either side may come last: the answer, or the record of an email that was on the wire.
CREATE FUNCTION note_ended_lead() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  DELETE FROM campaign_ended_leads WHERE lead_id = NEW.id;
  IF NEW.status IN ('replied', 'bounced', 'unsubscribed') THEN
    INSERT INTO campaign_ended_leads (campaign_id, lead_id, status)
    SELECT DISTINCT campaign_id, NEW.id, NEW.status FROM scheduled_emails WHERE lead_id = NEW.id AND status = 'sent';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER note_ended_lead AFTER UPDATE OF status ON leads
  FOR EACH ROW WHEN (OLD.status <> NEW.status
    AND (OLD.status IN ('replied', 'bounced', 'unsubscribed') OR NEW.status IN ('replied', 'bounced', 'unsubscribed')))
  EXECUTE FUNCTION note_ended_lead();

CREATE FUNCTION note_emails_of_campaigns() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO campaign_templates (campaign_id, workflow_step_number, template_id)
    SELECT DISTINCT campaign_id, workflow_step_number, template_id FROM new_rows
    ON CONFLICT DO NOTHING;
  END IF;
  IF NOT EXISTS (SELECT FROM new_rows WHERE status = 'sent') THEN RETURN NULL; END IF;
  INSERT INTO campaign_ended_leads (campaign_id, lead_id, status)
  SELECT DISTINCT n.campaign_id, n.lead_id, l.status
  FROM new_rows n, LATERAL (SELECT status FROM leads WHERE id = n.lead_id OFFSET 0) l
  WHERE n.status = 'sent' AND l.status IN ('replied', 'bounced', 'unsubscribed')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER note_inserted_emails_of_campaigns AFTER INSERT ON scheduled_emails
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_emails_of_campaigns();
CREATE TRIGGER note_updated_emails_of_campaigns AFTER UPDATE ON scheduled_emails
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_emails_of_campaigns();
