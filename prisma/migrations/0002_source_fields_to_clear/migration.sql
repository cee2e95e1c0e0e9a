-- Why: Google lets nobody keep most of what it says of a company. A lead names the details that came so, to be cleared.

-- AlterTable
ALTER TABLE "leads" ADD COLUMN     "fields_to_clear" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- clear-source-fields, each minute: the leads that still hold such details. Partial: all other leads cost nothing.
CREATE INDEX idx_leads_to_clear ON leads (source, source_fetched_at) WHERE fields_to_clear <> '{}';
