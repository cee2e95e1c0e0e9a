-- Why: a scheduled backup that fails was said in the log alone. When the last one was made and why none can be made is known to people, the
-- doctor and whoever watches.
-- CreateTable
CREATE TABLE "backup_states" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "made_at" TIMESTAMPTZ(3),
    "place" TEXT,
    "failed_at" TIMESTAMPTZ(3),
    "tried_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "backup_states_pkey" PRIMARY KEY ("id")
);

-- ---- Beyond the schema file ----------------------------------------------------------------------------------

ALTER TABLE backup_states ADD CONSTRAINT backup_states_one_check CHECK (id = 1);
ALTER TABLE backup_states ADD CONSTRAINT backup_states_failure_check CHECK ((failed_at IS NULL) = (failure IS NULL) AND (failed_at IS NULL) = (tried_at IS NULL));

ALTER TABLE notification_choices DROP CONSTRAINT notification_choices_kind_check;
ALTER TABLE notification_choices ADD CONSTRAINT notification_choices_kind_check
  CHECK (kind IN ('reply', 'mailbox_stopped', 'campaign_ended', 'bounce_rate', 'backup_failed'));
ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check
  CHECK (kind IN ('reply', 'mailbox_stopped', 'campaign_ended', 'bounce_rate', 'backup_failed'));

-- record-notifications: states that last.
DROP INDEX idx_notifications_states;
CREATE INDEX idx_notifications_states ON notifications (kind)
  WHERE over_at IS NULL AND kind IN ('mailbox_stopped', 'bounce_rate', 'backup_failed');
