-- Why: whoever answers, bounces, is away or asks to stop must be heard. A mailbox gets a way in beside its way out, what is read
-- from it is kept with what it did, and an email is found again by either of its two ids.

-- AlterTable
ALTER TABLE "campaigns" ADD COLUMN     "stop_same_company" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "emails" ADD COLUMN     "provider_message_id" TEXT;

-- AlterTable
ALTER TABLE "leads" ADD COLUMN     "away_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "mailboxes" ADD COLUMN     "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "ramp_from" DATE,
ADD COLUMN     "ramp_start" INTEGER,
ADD COLUMN     "ramp_step" INTEGER;

-- AlterTable
ALTER TABLE "settings" ADD COLUMN     "away_days" INTEGER NOT NULL DEFAULT 7,
ADD COLUMN     "fresh_read_minutes" INTEGER NOT NULL DEFAULT 15;

-- CreateTable
CREATE TABLE "mailbox_readers" (
    "mailbox_id" UUID NOT NULL,
    "imap_host" TEXT NOT NULL,
    "imap_port" INTEGER NOT NULL,
    "imap_security" TEXT NOT NULL DEFAULT 'tls',
    "imap_user" TEXT,
    "imap_password_encrypted" TEXT,
    "appends_sent" BOOLEAN NOT NULL DEFAULT true,
    "files_sent" BOOLEAN,
    "rewrites_message_id" BOOLEAN,
    "health" TEXT NOT NULL DEFAULT 'ready',
    "health_reason" TEXT,
    "trouble_count" INTEGER NOT NULL DEFAULT 0,
    "next_read_at" TIMESTAMPTZ(3),
    "last_read_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "lease" INTEGER NOT NULL DEFAULT 0,
    "settings_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mailbox_readers_pkey" PRIMARY KEY ("mailbox_id")
);

-- CreateTable
CREATE TABLE "mailbox_sign_ins" (
    "mailbox_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "tokens_encrypted" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mailbox_sign_ins_pkey" PRIMARY KEY ("mailbox_id")
);

-- CreateTable
CREATE TABLE "oauth_clients" (
    "provider" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "secret_encrypted" TEXT,
    "tenant" TEXT,
    "authority" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "oauth_clients_pkey" PRIMARY KEY ("provider")
);

-- CreateTable
CREATE TABLE "mailbox_checks" (
    "mailbox_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "details" JSONB,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mailbox_checks_pkey" PRIMARY KEY ("mailbox_id","name")
);

-- CreateTable
CREATE TABLE "mailbox_folders" (
    "mailbox_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "uid_validity" BIGINT NOT NULL,
    "last_uid" BIGINT NOT NULL DEFAULT 0,
    "last_read_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "mailbox_folders_pkey" PRIMARY KEY ("mailbox_id","path")
);

-- CreateTable
CREATE TABLE "received_messages" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "mailbox_id" UUID NOT NULL,
    "folder" TEXT NOT NULL,
    "uid_validity" BIGINT NOT NULL,
    "uid" BIGINT NOT NULL,
    "message_id" TEXT NOT NULL DEFAULT '',
    "content_hash" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "from_email" TEXT NOT NULL DEFAULT '',
    "from_name" TEXT NOT NULL DEFAULT '',
    "to_emails" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "subject" TEXT NOT NULL DEFAULT '',
    "in_reply_to" TEXT,
    "references" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "new_text" TEXT NOT NULL DEFAULT '',
    "body_text" TEXT NOT NULL DEFAULT '',
    "body_html" TEXT,
    "attachments" JSONB NOT NULL DEFAULT '[]',
    "size" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "matched_by" TEXT,
    "scheduled_email_id" UUID,
    "lead_id" UUID,
    "campaign_id" UUID,
    "effects" JSONB NOT NULL DEFAULT '{}',
    "corrected_from" TEXT,
    "corrected_by" TEXT,
    "corrected_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "received_messages_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "idx_mailbox_readers_next_read" ON "mailbox_readers"("next_read_at");

-- CreateIndex
CREATE INDEX "idx_received_messages_lead" ON "received_messages"("lead_id", "received_at");

-- CreateIndex
CREATE INDEX "idx_received_messages_campaign" ON "received_messages"("campaign_id", "received_at");

-- CreateIndex
CREATE INDEX "idx_received_messages_email" ON "received_messages"("scheduled_email_id");

-- CreateIndex
CREATE INDEX "idx_received_messages_mailbox" ON "received_messages"("mailbox_id", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "uq_received_messages_content" ON "received_messages"("mailbox_id", "message_id", "content_hash");

-- Most emails have no second id: the index holds only those that do, and costs the others nothing.
CREATE INDEX "idx_emails_provider_message_id" ON "emails"("provider_message_id") WHERE "provider_message_id" IS NOT NULL;

-- AddForeignKey
ALTER TABLE "mailbox_readers" ADD CONSTRAINT "mailbox_readers_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailbox_sign_ins" ADD CONSTRAINT "mailbox_sign_ins_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailbox_checks" ADD CONSTRAINT "mailbox_checks_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailbox_folders" ADD CONSTRAINT "mailbox_folders_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "received_messages" ADD CONSTRAINT "received_messages_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "received_messages" ADD CONSTRAINT "received_messages_scheduled_email_id_fkey" FOREIGN KEY ("scheduled_email_id") REFERENCES "scheduled_emails"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "received_messages" ADD CONSTRAINT "received_messages_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "received_messages" ADD CONSTRAINT "received_messages_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_ramp_check CHECK (
  (ramp_start IS NULL) = (ramp_step IS NULL) AND (ramp_start IS NULL) = (ramp_from IS NULL) AND ramp_start > 0 AND ramp_step >= 0
);
ALTER TABLE mailbox_readers ADD CONSTRAINT mailbox_readers_security_check CHECK (imap_security IN ('starttls', 'tls', 'none'));
ALTER TABLE mailbox_readers ADD CONSTRAINT mailbox_readers_health_check CHECK (health IN ('ready', 'cooling_down', 'stopped'));
ALTER TABLE mailbox_sign_ins ADD CONSTRAINT mailbox_sign_ins_provider_check CHECK (provider IN ('microsoft', 'google'));
ALTER TABLE oauth_clients ADD CONSTRAINT oauth_clients_provider_check CHECK (provider IN ('microsoft', 'google'));
ALTER TABLE mailbox_checks ADD CONSTRAINT mailbox_checks_outcome_check CHECK (outcome IN ('ok', 'wrong', 'missing', 'unknown'));
ALTER TABLE mailbox_folders ADD CONSTRAINT mailbox_folders_role_check CHECK (role IN ('inbox', 'sent', 'junk', 'all'));
ALTER TABLE received_messages ADD CONSTRAINT received_messages_kind_check CHECK (
  kind IN ('bounce', 'complaint', 'automatic', 'out_of_office', 'stop_request', 'human', 'own', 'unreadable')
);
ALTER TABLE settings ADD CONSTRAINT settings_reading_check CHECK (away_days BETWEEN 1 AND 100 AND fresh_read_minutes BETWEEN 1 AND 1440);
