-- Why: an act on all leads that match is done in steps by a worker, which finds here how far it is, and what it changed to take it back.

-- CreateTable
CREATE TABLE "mass_acts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "choice" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'working',
    "total" INTEGER NOT NULL,
    "newest_lead_id" UUID NOT NULL,
    "last_lead_id" UUID,
    "done" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "emails_skipped" INTEGER NOT NULL DEFAULT 0,
    "left_out" JSONB NOT NULL DEFAULT '{}',
    "failure" TEXT,
    "undoes" UUID,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "mass_acts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mass_act_leads" (
    "mass_act_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "was" TEXT,

    CONSTRAINT "mass_act_leads_pkey" PRIMARY KEY ("mass_act_id","lead_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "uq_mass_acts_undoes" ON "mass_acts"("undoes");

-- CreateIndex
CREATE INDEX "idx_mass_act_leads_lead" ON "mass_act_leads"("lead_id");

-- AddForeignKey
ALTER TABLE "mass_act_leads" ADD CONSTRAINT "mass_act_leads_mass_act_id_fkey" FOREIGN KEY ("mass_act_id") REFERENCES "mass_acts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mass_act_leads" ADD CONSTRAINT "mass_act_leads_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE mass_acts
  ADD CONSTRAINT mass_acts_kind_check CHECK (kind IN ('status', 'batch', 'suppress', 'delete', 'undo')),
  ADD CONSTRAINT mass_acts_state_check CHECK (state IN ('working', 'done', 'stopped', 'failed')),
  ADD CONSTRAINT mass_acts_undoes_check CHECK ((kind = 'undo') = (undoes IS NOT NULL));

-- Serves: which acts the tick puts back to work.
CREATE INDEX idx_mass_acts_working ON mass_acts (id) WHERE state = 'working';
