-- Why: a reply ends a lead's sequence, which is what almost every campaign wants; one that wants its later steps to go out all
-- the same says so here. Campaigns of before end at a reply, too.

-- AlterTable
ALTER TABLE "campaigns" ADD COLUMN     "continue_after_reply" BOOLEAN NOT NULL DEFAULT false;
