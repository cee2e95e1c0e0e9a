-- Why: a message that a server refuses for a while was given up at once, or kept all behind it from being read; each has its own hour now, and the place in the folder moves on.
-- AlterTable
ALTER TABLE "mailbox_folders" ADD COLUMN     "refused" JSONB NOT NULL DEFAULT '{}';
UPDATE "mailbox_folders" SET "refused_since" = NULL;
