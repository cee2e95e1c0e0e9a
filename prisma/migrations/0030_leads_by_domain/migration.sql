-- Why: an answer from another address of the company is found by its domain; each message that belongs to nobody read all leads.
CREATE INDEX idx_leads_domain ON leads (split_part(email, '@', 2));
