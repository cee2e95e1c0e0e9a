-- Why: a send job has to see that a mailbox was saved while it is at work, and no time tells that where the clock stands
-- still; so each save is counted. And what keeps emails from being made is counted by lead, so that one lead without a value
-- fails alone, while a template that is at fault still pauses its campaign.

-- AlterTable
ALTER TABLE "campaigns" ADD COLUMN     "fault_in_a_row" TEXT,
ADD COLUMN     "fault_leads" UUID[] DEFAULT ARRAY[]::UUID[];

-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN     "settings_version" INTEGER NOT NULL DEFAULT 1;
