-- Why: whether a campaign fails after a resume was judged by updated_at, which any change of a row moves, and a change by hand
-- to the time of day. When an email came to its end is now its own time; for those of before, their last change is the best
-- that is known.

-- AlterTable
ALTER TABLE "scheduled_emails" ADD COLUMN "ended_at" TIMESTAMPTZ(3);

-- The end of an email is no change to it: updated_at stays.
ALTER TABLE "scheduled_emails" DISABLE TRIGGER update_scheduled_emails_updated_at;
UPDATE "scheduled_emails" SET "ended_at" = "updated_at" WHERE "status" IN ('sent', 'failed', 'skipped', 'cancelled');
ALTER TABLE "scheduled_emails" ENABLE TRIGGER update_scheduled_emails_updated_at;
