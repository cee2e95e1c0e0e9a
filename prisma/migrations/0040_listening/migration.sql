-- Why: of a mailbox whose outreach is live, one worker listens for new messages (IMAP IDLE), so that an answer is read within seconds.

-- AlterTable
ALTER TABLE "mailbox_readers" ADD COLUMN     "listen_lease" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "listening_until" TIMESTAMPTZ(3);
