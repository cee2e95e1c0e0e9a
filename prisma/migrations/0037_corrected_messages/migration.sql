-- Why: a person can correct what a message is; what it did is taken back then, so it is kept with the message exactly.

-- AlterTable
ALTER TABLE "received_messages" ADD COLUMN     "undo" JSONB NOT NULL DEFAULT '{}';
