-- Why: a mailbox was called ready before anybody had logged in to its server. It is now when a login last succeeded; what a
-- mailbox has sent before is proof enough.

-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN "tested_at" TIMESTAMPTZ(3);

UPDATE "mailboxes" m SET "tested_at" = (SELECT max(e."sent_at") FROM "emails" e WHERE e."mailbox_id" = m."id")
WHERE m."health" = 'ready';
