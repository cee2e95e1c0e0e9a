-- Why: an email is written where it is sent. A step may have a text for itself, and a campaign a sequence: rows like all others, so that
-- everything that plans, shows and sends them goes one way, but without a name, in no list, and gone with what they belong to.

-- AlterTable
ALTER TABLE "email_templates" ADD COLUMN     "workflow_id" UUID;

-- AlterTable
ALTER TABLE "workflows" ADD COLUMN     "campaign_id" UUID;

-- CreateIndex
CREATE INDEX "idx_email_templates_workflow" ON "email_templates"("workflow_id");

-- CreateIndex
CREATE UNIQUE INDEX "uq_workflows_campaign" ON "workflows"("campaign_id");

-- AddForeignKey
ALTER TABLE "email_templates" ADD CONSTRAINT "email_templates_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What belongs to something is found there and needs no name.
ALTER TABLE "email_templates" ADD CONSTRAINT "email_templates_own_text_without_name" CHECK ("workflow_id" IS NULL OR "name" = '');
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_own_sequence_without_name" CHECK ("campaign_id" IS NULL OR "name" = '');
