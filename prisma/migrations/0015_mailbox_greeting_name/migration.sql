-- Why: some servers refuse a greeting (EHLO) whose name has no dot, or is not the one they know. An owner may now enter it;
-- null takes the host of the public address.

-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN "greeting_name" TEXT;
