-- Why: where a provider files nothing in Sent by itself, a copy of what was sent is put there. Messages wait here until a job of its
-- own has done that; it can fail, and come twice, without harm to the emails.

-- AlterTable
ALTER TABLE "mailbox_readers" ADD COLUMN     "copies_next_at" TIMESTAMPTZ(3),
ADD COLUMN     "copy_failure" TEXT,
ADD COLUMN     "copy_failures" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "sent_copies" (
    "email_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "raw" BYTEA NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,
    "claim" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "sent_copies_pkey" PRIMARY KEY ("email_id")
);

-- CreateIndex
CREATE INDEX "idx_sent_copies_mailbox" ON "sent_copies"("mailbox_id", "claim", "accepted_at");

-- AddForeignKey
ALTER TABLE "sent_copies" ADD CONSTRAINT "sent_copies_email_id_fkey" FOREIGN KEY ("email_id") REFERENCES "scheduled_emails"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sent_copies" ADD CONSTRAINT "sent_copies_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
