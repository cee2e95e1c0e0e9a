-- Why: a rollback compared ids of planned emails with an import's, although what counts is when an email left; it took back what another
-- import had brought as well, and counted what imports write as changes of people. An import put people on the suppression list once
-- more when it went on elsewhere, or was cancelled.

-- AlterTable
ALTER TABLE "lead_imports" DROP COLUMN "leads_after",
DROP COLUMN "leads_before",
ADD COLUMN     "accepted_at" TIMESTAMPTZ(3),
ADD COLUMN     "existing_elsewhere" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "opt_outs_done" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "lead_import_leads" ADD COLUMN     "lead_as_of" TIMESTAMPTZ(3),
ADD COLUMN     "said" JSONB,
ADD COLUMN     "said_custom" JSONB;

-- Real time is the nearest to campaign time that is known of imports of before.
UPDATE lead_imports SET accepted_at = created_at, opt_outs_done = status <> 'waiting';

ALTER TABLE lead_imports
  ALTER COLUMN accepted_at SET NOT NULL,
  DROP CONSTRAINT lead_imports_rollback_check,
  -- What an import had added may go with another one that found it: each lead has one outcome, whatever it was counted as.
  ADD CONSTRAINT lead_imports_rollback_check CHECK (
    removed + kept_emailed + kept_planned + kept_elsewhere + kept_changed + restored + existing_kept + existing_elsewhere + untouched + gone <= added + existing
    AND (status <> 'rolled_back' OR (rolled_back_at IS NOT NULL
      AND removed + kept_emailed + kept_planned + kept_elsewhere + kept_changed + restored + existing_kept + existing_elsewhere + untouched + gone = added + existing)));
