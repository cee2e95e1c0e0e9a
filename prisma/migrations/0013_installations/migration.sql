-- Why: a second installation with other keys, another mode or another address could work on a database unnoticed. The database
-- now knows its installation; a row for each time one was accepted, of which the latest holds.

-- CreateTable
CREATE TABLE "installations" (
    "version" INTEGER NOT NULL,
    "key_fingerprint" TEXT NOT NULL,
    "live" BOOLEAN NOT NULL,
    "public_address" TEXT,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "installations_pkey" PRIMARY KEY ("version")
);

ALTER TABLE "installations" ADD CONSTRAINT "installations_version_check" CHECK ("version" >= 1);
