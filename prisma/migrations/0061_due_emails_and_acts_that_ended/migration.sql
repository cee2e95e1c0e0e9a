-- Why: an email about what is old when it is read is due from when it was noticed, not from when it happened; acts that are over are
-- listed by their end; and what waits for a person's decision is not out of sight in the archive.

ALTER TABLE "notifications" ADD COLUMN "email_due_at" TIMESTAMPTZ(3);

-- When these became due is not on record. They count from now on, or they would be given up at the first small trouble.
UPDATE notifications SET email_due_at = greatest(at, now()) WHERE email IN ('due', 'sending');

ALTER TABLE notifications ADD CONSTRAINT notifications_email_due_check CHECK (email <> 'due' OR email_due_at IS NOT NULL);

CREATE INDEX "idx_mass_acts_ended" ON "mass_acts"("ended_at", "id");

-- Archived before with emails of which nobody knows whether they left.
WITH back AS (
  UPDATE campaigns c SET archived_at = NULL
  WHERE c.archived_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM scheduled_emails e WHERE e.campaign_id = c.id AND e.status IN ('sending', 'held'))
  RETURNING id
)
INSERT INTO campaign_events (campaign_id, at, kind, message)
SELECT id, now(), 'unarchived', 'Taken out of the archive: it has held emails' FROM back;
