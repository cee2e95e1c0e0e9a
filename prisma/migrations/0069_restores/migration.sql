-- Why: a database that was restored from a backup lacks what happened since. It starts paused, says so on every page, and decides nothing
-- about held emails by itself until a person has looked.
-- CreateTable
CREATE TABLE "restores" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "restored_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by" TEXT,

    CONSTRAINT "restores_pkey" PRIMARY KEY ("id")
);
