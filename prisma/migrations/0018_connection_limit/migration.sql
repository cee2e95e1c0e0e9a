-- Why: some servers let a mailbox open fewer connections than are set for it, or slow down with that many. What was measured
-- holds for an hour, for every worker and over a restart; tried again and again, each further one would be refused.

-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN "connection_limit" INTEGER,
ADD COLUMN "connection_limit_at" TIMESTAMPTZ(3),
ADD COLUMN "connection_limit_cause" TEXT;

ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_connection_limit_check
  CHECK (connection_limit >= 1 AND num_nonnulls(connection_limit, connection_limit_at, connection_limit_cause) IN (0, 3));
ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_connection_limit_cause_check CHECK (connection_limit_cause IN ('refused', 'slow'));
