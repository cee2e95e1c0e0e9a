-- Why: a reply that is asked for again, as after an answer that was lost, was taken for another one where the signature or the zone of its mailbox was
-- saved meanwhile, and where its message was deleted: what the person has asked for is told by itself.
-- AlterTable
ALTER TABLE "replies" ADD COLUMN     "asked_hash" TEXT;
