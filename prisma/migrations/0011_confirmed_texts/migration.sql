-- Why: merge tags and spintax of other programs were emailed as they stand, unseen. A campaign starts with such text only once a
-- person has confirmed it for the template.

-- AlterTable
ALTER TABLE "email_templates" ADD COLUMN "confirmed_texts" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
