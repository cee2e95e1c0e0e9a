-- Why: emails that are due at the same moment, as after a full day, leave in the order in which the calendar of a change shows them, whoever has got
-- more first; by the order in the file of the table it could not know it.

-- The new one is built first: emails are read meanwhile, also by screens; what writes them waits until it stands.
CREATE INDEX idx_scheduled_emails_turn
  ON scheduled_emails (campaign_id, mailbox_id, LEAST(workflow_step_number, 2), scheduled_for, workflow_step_number DESC)
  WHERE status = 'pending';
DROP INDEX idx_scheduled_emails_due;
ALTER INDEX idx_scheduled_emails_turn RENAME TO idx_scheduled_emails_due;
