-- Why: all leads of a batch that match can be taken out of it at once.

ALTER TABLE mass_acts
  DROP CONSTRAINT mass_acts_kind_check,
  ADD CONSTRAINT mass_acts_kind_check CHECK (kind IN ('status', 'batch', 'leave', 'suppress', 'delete', 'undo'));
