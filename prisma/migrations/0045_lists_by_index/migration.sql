-- Why: the list of campaigns looked through all of them for its counts, its order by name and each search, and through the whole
-- suppression list, and everybody whom any campaign has lost, for the answers of those on the page; a search of the sandbox inbox looked through all that it holds.

-- DropIndex
DROP INDEX "idx_campaigns_type_status";

-- CreateIndex
CREATE INDEX "idx_campaign_ended_leads_status" ON "campaign_ended_leads"("campaign_id", "status", "lead_id");

-- ---- Beyond the schema file ----------------------------------------------------------------------------------

-- count-campaigns.
CREATE INDEX idx_campaigns_counted ON campaigns (campaign_type, status) WHERE archived_at IS NULL;
CREATE INDEX idx_campaigns_by_name ON campaigns (campaign_type, name, id) WHERE archived_at IS NULL;
-- count-people.
CREATE INDEX idx_suppressions_refused ON suppressions (value) WHERE kind = 'address' AND reason = 'invalid_address' AND source = 'smtp';

-- Search by parts of words, in lower case by the same rules on every server. Where a server has not the extension, or does not let
-- us, the same rows are found by looking through them.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN RETURN; END IF;
  CREATE INDEX idx_campaigns_name_search ON campaigns USING gin (lower(name COLLATE "pg_c_utf8") gin_trgm_ops);
  CREATE INDEX idx_sandbox_messages_search ON sandbox_messages USING gin (
    lower(to_email COLLATE "pg_c_utf8") gin_trgm_ops, lower(subject COLLATE "pg_c_utf8") gin_trgm_ops, message_id gin_trgm_ops);
EXCEPTION WHEN undefined_object THEN
  RAISE NOTICE 'pg_trgm cannot be used here: %', SQLERRM;
END $$;
