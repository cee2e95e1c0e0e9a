-- Why: a server that refuses everybody with the same words speaks of us, not of the recipients, and a recipient whose server
-- always says "later" must not go round for ever. Both show only over several emails, and a paced mailbox sends one a job.

-- CreateTable
CREATE TABLE "mailbox_refusals" (
    "mailbox_id" UUID NOT NULL,
    "scheduled_email_id" UUID NOT NULL,
    "claim" INTEGER NOT NULL,
    "lead_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "words" TEXT,
    "put_backs" INTEGER NOT NULL DEFAULT 0,
    "others_passed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "mailbox_refusals_pkey" PRIMARY KEY ("mailbox_id","scheduled_email_id")
);

-- CreateIndex
CREATE INDEX "mailbox_refusals_scheduled_email_id_idx" ON "mailbox_refusals"("scheduled_email_id");

-- AddForeignKey
ALTER TABLE "mailbox_refusals" ADD CONSTRAINT "mailbox_refusals_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailbox_refusals" ADD CONSTRAINT "mailbox_refusals_scheduled_email_id_fkey" FOREIGN KEY ("scheduled_email_id") REFERENCES "scheduled_emails"("id") ON DELETE CASCADE ON UPDATE CASCADE;
