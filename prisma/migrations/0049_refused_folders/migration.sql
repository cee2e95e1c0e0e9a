-- Why: where a server refuses each of the new messages of a folder, only time tells damaged messages from a server in trouble; two damaged ones kept a mailbox from being read until a third message came.
-- AlterTable
ALTER TABLE "mailbox_folders" ADD COLUMN     "refused_since" TIMESTAMPTZ(3);
