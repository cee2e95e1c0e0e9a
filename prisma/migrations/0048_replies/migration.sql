-- Why: a person answers a received message where it is read. Replies are rows of their own, with the states of planned emails and none
-- of their campaigns. Their copies for Sent lie beside those of planned emails.

-- CreateTable
CREATE TABLE "replies" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "mailbox_id" UUID NOT NULL,
    "received_message_id" UUID,
    "lead_id" UUID,
    "scheduled_email_id" UUID,
    "conversation_id" UUID,
    "kind" TEXT NOT NULL DEFAULT 'answer',
    "message_id" TEXT NOT NULL,
    "provider_message_id" TEXT,
    "in_reply_to" TEXT,
    "references" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "thread_index" TEXT,
    "from_email" TEXT NOT NULL,
    "from_name" TEXT NOT NULL,
    "to_emails" TEXT[],
    "cc_emails" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "subject" TEXT NOT NULL,
    "body_text" TEXT NOT NULL,
    "body_html" TEXT,
    "despite_suppressed" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "status" TEXT NOT NULL DEFAULT 'pending',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_emails" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "refused_emails" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "retry_count" INTEGER NOT NULL DEFAULT 0,
    "claim" INTEGER NOT NULL DEFAULT 0,
    "sending_since" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "held_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "response" TEXT,
    "written_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "replies_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "uq_replies_message_id" ON "replies"("message_id");

-- CreateIndex
CREATE INDEX "idx_replies_mailbox_status" ON "replies"("mailbox_id", "status");

-- CreateIndex
CREATE INDEX "idx_replies_lead" ON "replies"("lead_id", "created_at");

-- CreateIndex
CREATE INDEX "idx_replies_received_message" ON "replies"("received_message_id");

-- CreateIndex
CREATE INDEX "idx_replies_email" ON "replies"("scheduled_email_id");

-- CreateIndex
CREATE INDEX "idx_replies_conversation" ON "replies"("conversation_id", "created_at");

-- AddForeignKey
ALTER TABLE "replies" ADD CONSTRAINT "replies_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replies" ADD CONSTRAINT "replies_received_message_id_fkey" FOREIGN KEY ("received_message_id") REFERENCES "received_messages"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replies" ADD CONSTRAINT "replies_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replies" ADD CONSTRAINT "replies_scheduled_email_id_fkey" FOREIGN KEY ("scheduled_email_id") REFERENCES "scheduled_emails"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replies" ADD CONSTRAINT "replies_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE replies ADD CONSTRAINT replies_kind_check CHECK (kind IN ('answer', 'forward'));
ALTER TABLE replies ADD CONSTRAINT replies_status_check
  CHECK (status IN ('pending', 'sending', 'held', 'sent', 'failed', 'cancelled'));
ALTER TABLE replies ADD CONSTRAINT replies_recipients_check CHECK (cardinality(to_emails) > 0);
ALTER TABLE replies ADD CONSTRAINT replies_times_check CHECK (
  (status = 'sending') = (lease_until IS NOT NULL) AND (status = 'sent') = (sent_at IS NOT NULL)
  AND (status = 'held') = (held_at IS NOT NULL) AND (status IN ('sent', 'failed', 'cancelled')) = (ended_at IS NOT NULL));

-- What a send job looks for, what the tick holds, what the setting resolves; and an id that a provider gave.
CREATE INDEX idx_replies_due ON replies (mailbox_id, due_at) WHERE status = 'pending';
CREATE INDEX idx_replies_lease ON replies (lease_until) WHERE status = 'sending';
CREATE INDEX idx_replies_held ON replies (held_at) WHERE status = 'held';
CREATE INDEX idx_replies_provider_message_id ON replies (provider_message_id) WHERE provider_message_id IS NOT NULL;

-- A copy is of a planned email or of a reply.
ALTER TABLE "sent_copies" DROP CONSTRAINT "sent_copies_pkey",
ADD COLUMN     "id" UUID NOT NULL DEFAULT uuidv7(),
ADD COLUMN     "reply_id" UUID,
ALTER COLUMN "email_id" DROP NOT NULL,
ADD CONSTRAINT "sent_copies_pkey" PRIMARY KEY ("id");

-- CreateIndex
CREATE UNIQUE INDEX "uq_sent_copies_email" ON "sent_copies"("email_id");

-- CreateIndex
CREATE UNIQUE INDEX "uq_sent_copies_reply" ON "sent_copies"("reply_id");

-- AddForeignKey
ALTER TABLE "sent_copies" ADD CONSTRAINT "sent_copies_reply_id_fkey" FOREIGN KEY ("reply_id") REFERENCES "replies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE sent_copies ADD CONSTRAINT sent_copies_of_check CHECK ((email_id IS NULL) <> (reply_id IS NULL));
