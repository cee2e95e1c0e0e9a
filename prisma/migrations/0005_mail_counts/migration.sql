-- Why: a campaign's page asks every few seconds where its mails stand. Counting 300,000 rows each time takes half a second;
-- here the counts are kept by the database, in the transaction that changes the rows, whoever changes them and however.

-- CreateTable
CREATE TABLE "scheduled_email_counts" (
    "campaign_id" UUID NOT NULL,
    "workflow_step_number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "count" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3),

    CONSTRAINT "scheduled_email_counts_pkey" PRIMARY KEY ("campaign_id","workflow_step_number","status","day")
);

-- CreateTable
CREATE TABLE "scheduled_email_count_changes" (
    "id" BIGSERIAL NOT NULL,
    "campaign_id" UUID NOT NULL,
    "workflow_step_number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "count" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3),

    CONSTRAINT "scheduled_email_count_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "idx_scheduled_email_count_changes_campaign" ON "scheduled_email_count_changes"("campaign_id");

-- CreateIndex
CREATE INDEX "idx_emails_campaign_sent_at" ON "emails"("campaign_id", "sent_at");

-- AddForeignKey
ALTER TABLE "scheduled_email_counts" ADD CONSTRAINT "scheduled_email_counts_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_email_count_changes" ADD CONSTRAINT "scheduled_email_count_changes_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- Beyond the schema file ----------------------------------------------------------------------------------

-- Changes are appended, never added up in place: two workers that record results of one campaign would otherwise wait
-- for each other, or lock each other out. One row for each campaign, step, state and day that a statement changed.
CREATE FUNCTION note_scheduled_email_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO scheduled_email_count_changes (campaign_id, workflow_step_number, status, day, count, first_at, last_at)
    SELECT m.campaign_id, m.workflow_step_number, m.status, (m.at AT TIME ZONE c.timezone)::date, sum(m.count), min(m.first_at), max(m.last_at)
    FROM (SELECT campaign_id, workflow_step_number, status, COALESCE(sent_at, scheduled_for) AS at, count(*) AS count,
                 min(scheduled_for) AS first_at, max(scheduled_for) AS last_at
          FROM new_rows GROUP BY 1, 2, 3, 4) m
    JOIN campaigns c ON c.id = m.campaign_id
    GROUP BY 1, 2, 3, 4;
  ELSIF TG_OP = 'UPDATE' THEN
    -- A statement of several parts fires this for each, and most of them change nothing.
    IF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;
    INSERT INTO scheduled_email_count_changes (campaign_id, workflow_step_number, status, day, count, first_at, last_at)
    SELECT m.campaign_id, m.workflow_step_number, m.status, (m.at AT TIME ZONE c.timezone)::date, sum(m.change), min(m.first_at), max(m.last_at)
    FROM (SELECT campaign_id, workflow_step_number, status, COALESCE(sent_at, scheduled_for) AS at, 1 AS change,
                 scheduled_for AS first_at, scheduled_for AS last_at FROM new_rows
          UNION ALL
          SELECT campaign_id, workflow_step_number, status, COALESCE(sent_at, scheduled_for), -1, NULL, NULL FROM old_rows) m
    JOIN campaigns c ON c.id = m.campaign_id
    GROUP BY 1, 2, 3, 4 HAVING sum(m.change) <> 0;
  ELSE
    -- Rows that go with their campaign find none here, and need no count any more.
    INSERT INTO scheduled_email_count_changes (campaign_id, workflow_step_number, status, day, count)
    SELECT o.campaign_id, o.workflow_step_number, o.status, (COALESCE(o.sent_at, o.scheduled_for) AT TIME ZONE c.timezone)::date, -count(*)
    FROM old_rows o JOIN campaigns c ON c.id = o.campaign_id
    GROUP BY 1, 2, 3, 4;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER count_inserted_scheduled_emails AFTER INSERT ON scheduled_emails
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_scheduled_email_counts();
CREATE TRIGGER count_updated_scheduled_emails AFTER UPDATE ON scheduled_emails
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_scheduled_email_counts();
CREATE TRIGGER count_deleted_scheduled_emails AFTER DELETE ON scheduled_emails
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_scheduled_email_counts();

-- What is there already.
INSERT INTO scheduled_email_counts (campaign_id, workflow_step_number, status, day, count, first_at, last_at)
SELECT se.campaign_id, se.workflow_step_number, se.status, (COALESCE(se.sent_at, se.scheduled_for) AT TIME ZONE c.timezone)::date,
       count(*), min(se.scheduled_for), max(se.scheduled_for)
FROM scheduled_emails se JOIN campaigns c ON c.id = se.campaign_id
GROUP BY 1, 2, 3, 4;

-- read-ledger: failures by reason, without a look at all the mails that were delivered.
CREATE INDEX idx_scheduled_emails_failed ON scheduled_emails (campaign_id) WHERE status = 'failed';

-- The heads of the queues, as select-due-mail reads them: by an expression that the planner does not rewrite. With
-- "(step = 1) = false" it read every row of a campaign to find ten follow-ups.
DROP INDEX idx_scheduled_emails_due;
CREATE INDEX idx_scheduled_emails_due ON scheduled_emails (campaign_id, mailbox_id, LEAST(workflow_step_number, 2), scheduled_for)
  WHERE status = 'pending';
