-- Why: a refusal at the end of a message may be about its content, its size or the account. Which it is shows over several
-- emails and campaigns of a mailbox, so that one row of refusals holds them all; campaigns counted some of them apart.

-- AlterTable
ALTER TABLE "mailbox_refusals" ADD COLUMN     "suspect" TEXT NOT NULL DEFAULT 'mailbox',
ADD COLUMN     "returned" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "mailbox_refusals" ADD CONSTRAINT "mailbox_refusals_suspect_known"
  CHECK ("suspect" IN ('mailbox', 'content', 'size'));

-- AlterTable
ALTER TABLE "campaigns" DROP COLUMN "refused_in_a_row";
