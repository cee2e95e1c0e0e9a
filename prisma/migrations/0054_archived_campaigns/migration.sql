-- Why: people archive campaigns: what is archived has nothing to come, or it would go on unseen.
ALTER TABLE campaigns ADD CONSTRAINT campaigns_archived_check
  CHECK (archived_at IS NULL OR status IN ('draft', 'completed', 'failed'));

-- Serves: the list of archived campaigns, and their number.
CREATE INDEX idx_campaigns_archived ON campaigns (campaign_type, created_at, id) WHERE archived_at IS NOT NULL;
