-- Why: failures to sign in were counted in the table of the sign-in library, which deletes what is older than its own windows:
-- a limit of 30 in 15 minutes lasted for one. They have a table of their own now, which also outlasts a restart.

-- CreateTable
CREATE TABLE "sign_in_failures" (
    "account_key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "since_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_failures_pkey" PRIMARY KEY ("account_key")
);

-- CreateIndex
CREATE INDEX "idx_sign_in_failures_since_at" ON "sign_in_failures"("since_at");

DELETE FROM "rate_limits" WHERE "key" LIKE 'sign-in|%';
