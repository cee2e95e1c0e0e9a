-- Guardrails that outlive a job: how much of a mailbox's mail bounces (first mails pause past 5 %), and which mails in a row
-- were refused for their content (three pause the campaign). And what tells why mails wait.

-- AlterTable
ALTER TABLE "campaigns" ADD COLUMN     "refused_in_a_row" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[];

-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN     "first_steps_paused_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "mailbox_hours" (
    "mailbox_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "mails" INTEGER NOT NULL DEFAULT 0,
    "bounces" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "mailbox_hours_pkey" PRIMARY KEY ("mailbox_id","hour")
);

-- AddForeignKey
ALTER TABLE "mailbox_hours" ADD CONSTRAINT "mailbox_hours_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- read-waiting: the mails of a campaign that were put off. Partial: planning and sending never touch it.
CREATE INDEX idx_scheduled_emails_put_off ON scheduled_emails (campaign_id, scheduled_for)
  WHERE status = 'pending' AND wait_reason IS NOT NULL;
