-- Why: each worker that started looked at every sent email of all years once more, for ids that were recorded long ago: days of ticks after
-- every restart with 10,000,000 of them. How far a repair of old rows has come is kept here, and one that has ended is over for good.
-- CreateTable
CREATE TABLE "repairs" (
    "name" TEXT NOT NULL,
    "place" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "repairs_pkey" PRIMARY KEY ("name")
);
