-- Why: what grows with years is texts and journals. An owner says for how many days each kind is kept; null is for ever. Of a text that
-- was deleted the row knows after how many days, so that screens say so.
-- AlterTable
ALTER TABLE "emails" ADD COLUMN     "text_kept_days" INTEGER;

-- AlterTable
ALTER TABLE "received_messages" ADD COLUMN     "text_kept_days" INTEGER;

-- AlterTable
ALTER TABLE "replies" ADD COLUMN     "text_kept_days" INTEGER;

-- AlterTable
ALTER TABLE "settings" ADD COLUMN     "conversation_text_days" INTEGER,
ADD COLUMN     "history_days" INTEGER,
ADD COLUMN     "request_days" INTEGER DEFAULT 365,
ADD COLUMN     "sandbox_days" INTEGER,
ADD COLUMN     "sent_text_days" INTEGER,
ADD COLUMN     "session_days" INTEGER NOT NULL DEFAULT 90;

-- ---- Beyond the schema file ----------------------------------------------------------------------------------

-- The bounds of src/domain/retention.ts.
ALTER TABLE settings ADD CONSTRAINT settings_kept_days_check CHECK (
  sent_text_days BETWEEN 30 AND 3650 AND conversation_text_days BETWEEN 30 AND 3650 AND history_days BETWEEN 90 AND 3650
  AND sandbox_days BETWEEN 1 AND 3650 AND request_days BETWEEN 30 AND 3650 AND session_days BETWEEN 1 AND 365);

-- clear-texts: the oldest of those that still have their text, whatever was deleted before.
CREATE INDEX idx_emails_with_text ON emails (sent_at) WHERE text_kept_days IS NULL;
CREATE INDEX idx_received_messages_with_text ON received_messages (received_at) WHERE text_kept_days IS NULL;
CREATE INDEX idx_replies_with_text ON replies (ended_at) WHERE text_kept_days IS NULL AND status IN ('sent', 'cancelled');
