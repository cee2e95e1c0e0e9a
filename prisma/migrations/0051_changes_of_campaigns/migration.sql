-- Why: a campaign that has started may change, each change once and for all: what was agreed to, what it did, and the sequence by
-- which emails are planned since. Leads that were taken out get nothing more from it.
-- Why:

-- AlterTable
ALTER TABLE "workflows" ADD COLUMN     "listed" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "campaign_changes" (
    "campaign_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "change" JSONB NOT NULL,
    "effect" JSONB NOT NULL,
    "workflow_id" UUID,
    "undoes" INTEGER,

    CONSTRAINT "campaign_changes_pkey" PRIMARY KEY ("campaign_id","version")
);

-- CreateTable
CREATE TABLE "campaign_taken_out_leads" (
    "campaign_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_taken_out_leads_pkey" PRIMARY KEY ("campaign_id","lead_id")
);

-- CreateIndex
CREATE INDEX "idx_campaign_changes_workflow" ON "campaign_changes"("workflow_id");

-- CreateIndex
CREATE INDEX "idx_campaign_taken_out_leads_lead" ON "campaign_taken_out_leads"("lead_id");

-- AddForeignKey
ALTER TABLE "campaign_changes" ADD CONSTRAINT "campaign_changes_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_changes" ADD CONSTRAINT "campaign_changes_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_taken_out_leads" ADD CONSTRAINT "campaign_taken_out_leads_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_taken_out_leads" ADD CONSTRAINT "campaign_taken_out_leads_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE campaign_changes ADD CONSTRAINT campaign_changes_version_check CHECK (version >= 2 AND undoes < version);

-- History that could be written again would be none. (Deleted with its campaign it may be.)
CREATE FUNCTION refuse_rewritten_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A change of a campaign is never written again';
END $$;

CREATE TRIGGER changes_stay BEFORE UPDATE ON campaign_changes FOR EACH ROW EXECUTE FUNCTION refuse_rewritten_changes();
