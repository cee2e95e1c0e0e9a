-- Why: a follow-up in the conversation of an Outlook user goes on with that conversation's Thread-Index.

-- AlterTable
ALTER TABLE "received_messages" ADD COLUMN     "thread_index" TEXT;
