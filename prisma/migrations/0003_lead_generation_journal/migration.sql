-- A run of lead generation must go on where a killed worker left it, without paying twice: so each request to a source is a
-- row before it is made, and each source's yield a row of its own that balances.

-- AlterTable
ALTER TABLE "lead_generation_runs" DROP COLUMN "progress",
DROP COLUMN "yield",
ADD COLUMN     "missed_runs" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "lead_generation_run_sources" (
    "run_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'running',
    "cap" INTEGER NOT NULL,
    "found" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "duplicate" INTEGER NOT NULL DEFAULT 0,
    "existing" INTEGER NOT NULL DEFAULT 0,
    "invalid" INTEGER NOT NULL DEFAULT 0,
    "no_address" INTEGER NOT NULL DEFAULT 0,
    "suppressed" INTEGER NOT NULL DEFAULT 0,
    "over_cap" INTEGER NOT NULL DEFAULT 0,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "requests" INTEGER NOT NULL DEFAULT 0,
    "credits" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "in_doubt" INTEGER NOT NULL DEFAULT 0,
    "failure_kind" TEXT,
    "failure" TEXT,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "lead_generation_run_sources_pkey" PRIMARY KEY ("run_id","source")
);

-- CreateTable
CREATE TABLE "lead_generation_calls" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "run_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "api" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "paid" BOOLEAN NOT NULL,
    "params" JSONB NOT NULL,
    "refs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "claim" INTEGER NOT NULL DEFAULT 0,
    "asked_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "found" INTEGER NOT NULL DEFAULT 0,
    "requests" INTEGER NOT NULL DEFAULT 0,
    "credits" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "failure_kind" TEXT,
    "failure" TEXT,

    CONSTRAINT "lead_generation_calls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "uq_lead_generation_calls_run_source_seq" ON "lead_generation_calls"("run_id", "source", "seq");

-- CreateIndex
CREATE INDEX "idx_lead_generation_runs_batch" ON "lead_generation_runs"("batch_id");

-- AddForeignKey
ALTER TABLE "lead_generation_run_sources" ADD CONSTRAINT "lead_generation_run_sources_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "lead_generation_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_generation_calls" ADD CONSTRAINT "lead_generation_calls_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "lead_generation_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- Beyond the schema file ---------------------------------------------------------------------------------

ALTER TABLE lead_generation_runs DROP CONSTRAINT lead_generation_runs_status_check;
ALTER TABLE lead_generation_runs ADD CONSTRAINT lead_generation_runs_status_check CHECK (status IN ('pending', 'running', 'completed', 'failed', 'stopped'));
ALTER TABLE lead_generation_run_sources ADD CONSTRAINT lead_generation_run_sources_status_check CHECK (status IN ('running', 'completed', 'failed', 'stopped'));
ALTER TABLE lead_generation_calls ADD CONSTRAINT lead_generation_calls_status_check CHECK (status IN ('waiting', 'asked', 'answered', 'failed', 'in_doubt', 'dropped'));
-- A ledger that does not balance is refused, whatever the statement.
ALTER TABLE lead_generation_run_sources ADD CONSTRAINT lead_generation_run_sources_ledger_check
  CHECK (found = added + duplicate + invalid + suppressed + over_cap);
ALTER TABLE lead_generation_run_sources ADD CONSTRAINT lead_generation_run_sources_counts_check
  CHECK (least(added, duplicate - existing, existing, invalid - no_address, no_address, suppressed, over_cap, seen, requests, in_doubt) >= 0 AND credits >= 0);
-- A call that is under way always has a lease, and only such a call: otherwise a dead worker's call would block its source.
ALTER TABLE lead_generation_calls ADD CONSTRAINT lead_generation_calls_lease_check CHECK ((status = 'asked') = (lease_until IS NOT NULL));
-- One call at a time of each source of a run, whatever the number of workers that try.
CREATE UNIQUE INDEX uq_lead_generation_calls_asked ON lead_generation_calls (run_id, source) WHERE status = 'asked';
-- select-known-refs: what was bought before.
CREATE INDEX idx_lead_generation_calls_refs ON lead_generation_calls USING gin (refs) WHERE status IN ('answered', 'in_doubt');
-- ask-next-call, drop-calls: what waits.
CREATE INDEX idx_lead_generation_calls_waiting ON lead_generation_calls (run_id, source, seq) WHERE status = 'waiting';
-- settle-lapsed-calls: the few calls under way.
CREATE INDEX idx_lead_generation_calls_lease ON lead_generation_calls (lease_until) WHERE status = 'asked';
-- complete-campaigns, select-open-runs, plan-due-batches: runs that are not over, and batches that wait for their outreach.
CREATE INDEX idx_lead_generation_runs_open ON lead_generation_runs (campaign_id) WHERE status IN ('pending', 'running');
CREATE INDEX idx_lead_generation_runs_outreach ON lead_generation_runs (outreach_at) WHERE outreach_at IS NOT NULL AND planned_at IS NULL;
-- create-due-runs.
CREATE INDEX idx_campaigns_next_run ON campaigns (next_run_at) WHERE status = 'running' AND next_run_at IS NOT NULL;
