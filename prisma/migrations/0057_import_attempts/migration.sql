-- Why: an import that a worker cannot get through ends after some attempts, and says so, instead of being begun for ever.

-- AlterTable
ALTER TABLE "lead_imports" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0;
