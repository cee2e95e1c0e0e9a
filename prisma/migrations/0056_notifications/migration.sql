-- Why: a person is told of a reply, a mailbox that has stopped, the end of a campaign and too many bounces, in the app and, where
-- they want it, by email: each occurrence once a person, whatever happens to the job that looks for it.

CREATE TABLE "notification_choices" (
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "in_app" BOOLEAN NOT NULL,
    "by_email" BOOLEAN NOT NULL,

    CONSTRAINT "notification_choices_pkey" PRIMARY KEY ("user_id","kind")
);

CREATE TABLE "notifications" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "occurrence" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "campaign_id" UUID,
    "mailbox_id" UUID,
    "message_id" UUID,
    "in_app" BOOLEAN NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "over_at" TIMESTAMPTZ(3),
    "email" TEXT NOT NULL DEFAULT 'none',
    "emailed_at" TIMESTAMPTZ(3),
    "email_failure" TEXT,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "idx_notifications_user" ON "notifications"("user_id", "id");

CREATE INDEX "idx_notifications_campaign" ON "notifications"("campaign_id");

CREATE INDEX "idx_notifications_mailbox" ON "notifications"("mailbox_id");

CREATE INDEX "idx_notifications_message" ON "notifications"("message_id");

ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "notifications" ADD CONSTRAINT "notifications_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "notifications" ADD CONSTRAINT "notifications_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "notifications" ADD CONSTRAINT "notifications_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "received_messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_kind_check"
  CHECK (kind IN ('reply', 'mailbox_stopped', 'campaign_ended', 'bounce_rate'));

ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind_check"
  CHECK (kind IN ('reply', 'mailbox_stopped', 'campaign_ended', 'bounce_rate'));

ALTER TABLE "notifications" ADD CONSTRAINT "notifications_email_check"
  CHECK (email IN ('none', 'due', 'sending', 'sent', 'not_sent'));

-- A person is told of one occurrence once; of a state that was over, again.
CREATE UNIQUE INDEX "uq_notifications_occurrence" ON "notifications"("user_id", "kind", "occurrence") WHERE over_at IS NULL;

-- The badge counts what is unread; the tick looks for what is to be emailed.
CREATE INDEX "idx_notifications_unread" ON "notifications"("user_id") WHERE read_at IS NULL AND in_app;
CREATE INDEX "idx_notifications_email_due" ON "notifications"("user_id") WHERE email = 'due';

-- The tick looks for answers by when they were read, for states that last, and for what is old.
CREATE INDEX "idx_received_messages_answers" ON "received_messages"("created_at") WHERE kind IN ('human', 'stop_request');
CREATE INDEX "idx_notifications_states" ON "notifications"("kind") WHERE over_at IS NULL AND kind IN ('mailbox_stopped', 'bounce_rate');
CREATE INDEX "idx_notifications_at" ON "notifications"("at");
