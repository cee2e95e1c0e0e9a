-- Why: recording a sent mail checked five foreign keys, which took two fifths of the whole statement. An `emails` row is the
-- record of one planned mail and repeats what that row refers to, so one key says it all.

-- DropForeignKey
ALTER TABLE "emails" DROP CONSTRAINT "emails_campaign_id_fkey";

-- DropForeignKey
ALTER TABLE "emails" DROP CONSTRAINT "emails_lead_id_fkey";

-- DropForeignKey
ALTER TABLE "emails" DROP CONSTRAINT "emails_mailbox_id_fkey";

-- DropForeignKey
ALTER TABLE "emails" DROP CONSTRAINT "emails_template_id_fkey";

-- DropForeignKey
ALTER TABLE "scheduled_emails" DROP CONSTRAINT "scheduled_emails_email_id_fkey";

-- AlterTable
ALTER TABLE "emails" ALTER COLUMN "id" DROP DEFAULT;

-- Records of before, should any have had an id of their own.
UPDATE emails e SET id = se.id FROM scheduled_emails se WHERE se.email_id = e.id AND se.id <> e.id;
UPDATE scheduled_emails SET email_id = id WHERE email_id <> id;

-- AddForeignKey
ALTER TABLE "emails" ADD CONSTRAINT "emails_id_fkey" FOREIGN KEY ("id") REFERENCES "scheduled_emails"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A lead changes with every mail to it, in no column that is indexed: with room left on its page, no index is written.
ALTER TABLE leads SET (fillfactor = 90);

-- Every wave notes what it changed, and the key of each note locked the campaign a little. Two workers that recorded
-- results of one campaign at once were now and then ended as a deadlock for that, after a second of waiting.
-- DropForeignKey
ALTER TABLE "scheduled_email_count_changes" DROP CONSTRAINT "scheduled_email_count_changes_campaign_id_fkey";
