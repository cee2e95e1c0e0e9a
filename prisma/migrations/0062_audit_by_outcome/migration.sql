-- Why: who looks for what was refused or has failed finds a few lines among a million that were done.

-- Serves: the audit log by its outcome (list-audit-entries).
CREATE INDEX idx_audit_entries_outcome ON audit_entries (outcome, at DESC, id DESC) WHERE outcome <> 'done';
