-- Why: who answered was shown with each lead alone. Now all that is said between a lead and us is one conversation: it can be assigned,
-- put off and closed, and lists of them are read by an index, however many emails there are.

-- AlterTable
ALTER TABLE "received_messages" ADD COLUMN     "conversation_id" UUID;

-- CreateTable
CREATE TABLE "conversations" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "lead_id" UUID,
    "mailbox_id" UUID NOT NULL,
    "correspondent" TEXT NOT NULL DEFAULT '',
    "correspondent_name" TEXT NOT NULL DEFAULT '',
    "campaign_id" UUID,
    "assignee_id" TEXT,
    "subject" TEXT NOT NULL DEFAULT '',
    "excerpt" TEXT NOT NULL DEFAULT '',
    "done_at" TIMESTAMPTZ(3),
    "snoozed_until" TIMESTAMPTZ(3),
    "is_unread" BOOLEAN NOT NULL DEFAULT false,
    "last_in_at" TIMESTAMPTZ(3),
    "last_in_kind" TEXT,
    "asked_at" TIMESTAMPTZ(3),
    "last_out_at" TIMESTAMPTZ(3),
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "scope" TEXT NOT NULL DEFAULT 'open',
    "is_waiting" BOOLEAN NOT NULL DEFAULT false,
    "interest" TEXT,
    "search_text" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation_notes" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "conversation_id" UUID NOT NULL,
    "author_id" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_notes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "uq_conversations_lead" ON "conversations"("lead_id");

-- CreateIndex
CREATE INDEX "idx_conversations_last" ON "conversations"("last_message_at", "id");

-- CreateIndex
CREATE INDEX "idx_conversations_scope" ON "conversations"("scope", "last_message_at", "id");

-- CreateIndex
CREATE INDEX "idx_conversations_mailbox" ON "conversations"("mailbox_id", "scope", "last_message_at", "id");

-- CreateIndex
CREATE INDEX "idx_conversations_campaign" ON "conversations"("campaign_id", "scope", "last_message_at", "id");

-- CreateIndex
CREATE INDEX "idx_conversations_assignee" ON "conversations"("assignee_id", "scope", "last_message_at", "id");

-- CreateIndex
CREATE INDEX "idx_conversation_notes_conversation" ON "conversation_notes"("conversation_id", "created_at");

-- CreateIndex
CREATE INDEX "idx_received_messages_conversation" ON "received_messages"("conversation_id", "received_at");

-- AddForeignKey
ALTER TABLE "received_messages" ADD CONSTRAINT "received_messages_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_notes" ADD CONSTRAINT "conversation_notes_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE conversations
  ADD CONSTRAINT conversations_scope_check CHECK (scope IN ('open', 'away', 'bounces', 'unmatched', 'done')),
  ADD CONSTRAINT conversations_done_check CHECK ((done_at IS NOT NULL) = (scope = 'done')),
  ADD CONSTRAINT conversations_last_in_kind_check CHECK (last_in_kind IN (
    'bounce', 'complaint', 'automatic', 'out_of_office', 'stop_request', 'human', 'own', 'unreadable')),
  ADD CONSTRAINT conversations_interest_check CHECK (interest IN ('interested', 'not_interested', 'not_now', 'wrong_person'));

-- Somebody who is no lead has one conversation with each mailbox.
CREATE UNIQUE INDEX uq_conversations_correspondent ON conversations (mailbox_id, correspondent) WHERE lead_id IS NULL;

-- What waits for us, and what is put off until it does: few beside all others, and counted on every page.
CREATE INDEX idx_conversations_waiting ON conversations (last_message_at, id)
  WHERE scope <> 'done' AND (is_waiting OR snoozed_until IS NOT NULL);

-- Search by parts of words, where the server has what it takes (migration 0025).
DO $$
BEGIN
  IF to_regclass('idx_leads_search') IS NULL THEN RETURN; END IF;
  CREATE INDEX idx_conversations_search ON conversations USING gin (search_text gin_trgm_ops) WHERE search_text <> '';
END $$;

-- A conversation is found by what its lead is found by, and by who wrote and about what.
CREATE FUNCTION fold_conversation() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  NEW.search_text := concat_ws(' ', fold_text(concat_ws(' ', NEW.correspondent, NEW.correspondent_name, NEW.subject)),
                               (SELECT search_text FROM leads WHERE id = NEW.lead_id));
  RETURN NEW;
END $$;

CREATE TRIGGER conversations_folded BEFORE INSERT OR UPDATE OF correspondent, correspondent_name, subject
ON conversations FOR EACH ROW EXECUTE FUNCTION fold_conversation();

CREATE FUNCTION fold_conversation_of_lead() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  UPDATE conversations SET subject = subject WHERE lead_id = NEW.id;
  RETURN NULL;
END $$;

CREATE TRIGGER conversation_of_lead_folded
AFTER UPDATE OF email, company_name, contact_name, first_name, last_name, job_title, city ON leads
FOR EACH ROW WHEN (OLD.search_text IS DISTINCT FROM NEW.search_text) EXECUTE FUNCTION fold_conversation_of_lead();

-- Conversations of the messages that are there, by the rules of src/domain/inbox/conversation.ts. What waits for an answer is unread.
INSERT INTO conversations (lead_id, mailbox_id, last_message_at)
SELECT DISTINCT ON (lead_id) lead_id, mailbox_id, received_at FROM received_messages
WHERE lead_id IS NOT NULL AND (kind <> 'own' OR details ? 'byHand')
ORDER BY lead_id, kind = 'own', received_at DESC, id DESC;

INSERT INTO conversations (mailbox_id, correspondent, last_message_at)
SELECT DISTINCT mailbox_id, lower(from_email), now() FROM received_messages WHERE lead_id IS NULL AND kind <> 'own';

UPDATE received_messages m SET conversation_id = c.id
FROM conversations c WHERE c.lead_id = m.lead_id AND (m.kind <> 'own' OR m.details ? 'byHand');

UPDATE received_messages m SET conversation_id = c.id
FROM conversations c
WHERE m.lead_id IS NULL AND c.lead_id IS NULL AND c.mailbox_id = m.mailbox_id AND c.correspondent = CASE
  WHEN m.kind <> 'own' THEN lower(m.from_email) WHEN m.details ? 'byHand' THEN lower(m.to_emails[1]) END;

WITH theirs AS (
  SELECT DISTINCT ON (conversation_id) conversation_id, received_at, kind FROM received_messages
  WHERE conversation_id IS NOT NULL AND kind <> 'own' ORDER BY conversation_id, received_at DESC, id DESC
), writer AS (
  SELECT DISTINCT ON (conversation_id) conversation_id, lower(from_email) AS address FROM received_messages
  WHERE conversation_id IS NOT NULL AND kind NOT IN ('own', 'bounce', 'complaint')
  ORDER BY conversation_id, received_at DESC, id DESC
), named AS (
  SELECT DISTINCT ON (m.conversation_id) m.conversation_id, m.from_name
  FROM received_messages m JOIN writer ON writer.conversation_id = m.conversation_id AND writer.address = lower(m.from_email)
  WHERE m.from_name <> '' ORDER BY m.conversation_id, m.received_at DESC, m.id DESC
), latest AS (
  SELECT DISTINCT ON (conversation_id) conversation_id, subject,
         btrim(left(btrim(regexp_replace(new_text, '\s+', ' ', 'g')), 200)) AS excerpt
  FROM received_messages WHERE conversation_id IS NOT NULL ORDER BY conversation_id, received_at DESC, id DESC
), answered AS (
  SELECT DISTINCT ON (conversation_id) conversation_id, campaign_id FROM received_messages
  WHERE conversation_id IS NOT NULL AND campaign_id IS NOT NULL ORDER BY conversation_id, received_at DESC, id DESC
), times AS (
  SELECT conversation_id, max(received_at) AS last_at, max(received_at) FILTER (WHERE kind = 'own') AS out_at,
         max(received_at) FILTER (WHERE kind = 'human' OR (kind = 'stop_request' AND effects ? 'asksPerson')) AS asked_at
  FROM received_messages WHERE conversation_id IS NOT NULL GROUP BY conversation_id
), facts AS (
  SELECT times.*, theirs.received_at AS in_at, theirs.kind, latest.subject, latest.excerpt, answered.campaign_id,
         writer.address, named.from_name, COALESCE(asked_at > out_at, asked_at IS NOT NULL) AS is_asked
  FROM times JOIN latest USING (conversation_id) LEFT JOIN theirs USING (conversation_id)
  LEFT JOIN writer USING (conversation_id) LEFT JOIN named USING (conversation_id) LEFT JOIN answered USING (conversation_id)
)
UPDATE conversations c
SET last_in_at = f.in_at, last_in_kind = f.kind, asked_at = f.asked_at, last_out_at = f.out_at, last_message_at = f.last_at,
    campaign_id = f.campaign_id, subject = f.subject, excerpt = f.excerpt,
    correspondent = CASE WHEN c.lead_id IS NULL THEN c.correspondent
      ELSE COALESCE(NULLIF(f.address, ''), (SELECT email FROM leads WHERE id = c.lead_id)) END,
    correspondent_name = COALESCE(f.from_name, ''),
    is_waiting = c.lead_id IS NOT NULL AND f.is_asked, is_unread = c.lead_id IS NOT NULL AND f.is_asked,
    scope = CASE
      WHEN c.lead_id IS NULL THEN 'unmatched'
      WHEN f.is_asked THEN 'open'
      WHEN f.kind IN ('bounce', 'complaint') THEN 'bounces'
      WHEN f.kind IN ('automatic', 'out_of_office') THEN 'away'
      ELSE 'open' END
FROM facts f WHERE f.conversation_id = c.id;
