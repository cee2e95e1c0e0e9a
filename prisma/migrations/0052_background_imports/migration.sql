-- Why: imports run in the background, part by part, each committed with its place, so that a worker that dies loses and doubles nothing;
-- they have a history, and can be rolled back.

-- CreateTable
CREATE TABLE "lead_imports" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "status" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "by_id" TEXT,
    "reading" JSONB NOT NULL,
    "batch_id" UUID,
    "batch_name" TEXT,
    "made_batch" BOOLEAN NOT NULL DEFAULT false,
    "total_rows" INTEGER,
    "place" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "mailed_before" INTEGER NOT NULL DEFAULT 0,
    "existing" INTEGER NOT NULL DEFAULT 0,
    "filled" INTEGER NOT NULL DEFAULT 0,
    "duplicate" INTEGER NOT NULL DEFAULT 0,
    "invalid" INTEGER NOT NULL DEFAULT 0,
    "suppressed" INTEGER NOT NULL DEFAULT 0,
    "opted_out" INTEGER NOT NULL DEFAULT 0,
    "suppressed_now" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "touched_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "rolled_back_by_id" TEXT,
    "rollback_at" TIMESTAMPTZ(3),
    "rollback_place" UUID,
    "rolled_back_at" TIMESTAMPTZ(3),
    "leads_before" INTEGER,
    "leads_after" INTEGER,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "kept_emailed" INTEGER NOT NULL DEFAULT 0,
    "kept_planned" INTEGER NOT NULL DEFAULT 0,
    "kept_elsewhere" INTEGER NOT NULL DEFAULT 0,
    "kept_changed" INTEGER NOT NULL DEFAULT 0,
    "restored" INTEGER NOT NULL DEFAULT 0,
    "existing_kept" INTEGER NOT NULL DEFAULT 0,
    "untouched" INTEGER NOT NULL DEFAULT 0,
    "gone" INTEGER NOT NULL DEFAULT 0,
    "batch_removed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "lead_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_import_pieces" (
    "import_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "lead_import_pieces_pkey" PRIMARY KEY ("import_id","place")
);

-- CreateTable
CREATE TABLE "lead_import_leads" (
    "import_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "added" BOOLEAN NOT NULL,
    "joined" BOOLEAN NOT NULL,
    "fields" JSONB,
    "custom" JSONB,

    CONSTRAINT "lead_import_leads_pkey" PRIMARY KEY ("import_id","lead_id")
);

-- CreateTable
CREATE TABLE "lead_import_refusals" (
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "cells" TEXT[],

    CONSTRAINT "lead_import_refusals_pkey" PRIMARY KEY ("import_id","line")
);

-- CreateIndex
CREATE INDEX "idx_lead_imports_created_at" ON "lead_imports"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "idx_lead_imports_touched_at" ON "lead_imports"("touched_at" DESC);

-- CreateIndex
CREATE INDEX "idx_lead_import_leads_lead" ON "lead_import_leads"("lead_id");

-- CreateIndex
CREATE INDEX "idx_lead_import_refusals_email" ON "lead_import_refusals"("email");

-- AddForeignKey
ALTER TABLE "lead_import_leads" ADD CONSTRAINT "lead_import_leads_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE lead_imports
  ADD CONSTRAINT lead_imports_status_check CHECK (status IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'rolling_back', 'rolled_back')),
  -- Its ledger balances at every commit.
  ADD CONSTRAINT lead_imports_rows_check CHECK (
    place = added + existing + duplicate + invalid + suppressed + opted_out AND filled <= existing AND mailed_before <= added
    AND (total_rows IS NULL OR place <= total_rows) AND (status <> 'done' OR place = total_rows)),
  ADD CONSTRAINT lead_imports_failure_check CHECK (status <> 'failed' OR failure IS NOT NULL),
  ADD CONSTRAINT lead_imports_finished_check CHECK ((finished_at IS NULL) = (status IN ('waiting', 'running'))),
  -- So does that of its rollback.
  ADD CONSTRAINT lead_imports_rollback_check CHECK (
    removed + kept_emailed + kept_planned + kept_elsewhere + kept_changed + restored + existing_kept + untouched + gone <= added + existing
    AND removed + kept_emailed + kept_planned + kept_elsewhere + kept_changed <= added AND restored + existing_kept + untouched <= existing
    AND (status <> 'rolled_back' OR (rolled_back_at IS NOT NULL
      AND removed + kept_emailed + kept_planned + kept_elsewhere + kept_changed + restored + existing_kept + untouched + gone = added + existing)));

ALTER TABLE lead_import_refusals
  ADD CONSTRAINT lead_import_refusals_kind_check CHECK (kind IN ('invalid', 'duplicate', 'suppressed', 'optedOut'));

-- Those that somebody works on, or should: few, whatever the history holds.
CREATE INDEX idx_lead_imports_open ON lead_imports (touched_at) WHERE status IN ('waiting', 'running', 'rolling_back');

-- Files of addresses gain little, and are read once.
ALTER TABLE lead_import_pieces ALTER COLUMN bytes SET STORAGE EXTERNAL;
