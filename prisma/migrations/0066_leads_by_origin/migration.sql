-- Why: leads are found by where they came from and by the days on which they were added.

-- Serve: a list of leads of some days, and of one source, in the order of their arrival (select-leads).
CREATE INDEX "idx_leads_added" ON "leads"("created_at", "id");
CREATE INDEX "idx_leads_source_added" ON "leads"("source", "created_at", "id");
