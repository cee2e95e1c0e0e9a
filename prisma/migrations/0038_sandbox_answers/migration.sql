-- Why: what an answer does can be tried without a mail server: answers that are given in the sandbox lie here until the reader takes
-- them, in the mailbox that sent the email.

-- CreateTable
CREATE TABLE "sandbox_answers" (
    "uid" SERIAL NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "sandbox_message_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "raw" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sandbox_answers_pkey" PRIMARY KEY ("uid")
);

-- CreateIndex
CREATE INDEX "idx_sandbox_answers_mailbox" ON "sandbox_answers"("mailbox_id", "uid");

-- CreateIndex
CREATE INDEX "idx_sandbox_answers_message" ON "sandbox_answers"("sandbox_message_id");

-- AddForeignKey
ALTER TABLE "sandbox_answers" ADD CONSTRAINT "sandbox_answers_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sandbox_answers" ADD CONSTRAINT "sandbox_answers_sandbox_message_id_fkey" FOREIGN KEY ("sandbox_message_id") REFERENCES "sandbox_messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE sandbox_answers ADD CONSTRAINT sandbox_answers_kind_check CHECK (kind IN ('reply', 'stop_request', 'out_of_office', 'bounce'));

-- Screens count the leads that are away and those that replied; the indexes hold only these.
CREATE INDEX idx_leads_away_until ON leads (away_until) WHERE away_until IS NOT NULL;
CREATE INDEX idx_received_messages_human ON received_messages (campaign_id, lead_id) WHERE kind = 'human';
