-- CreateTable
CREATE TABLE "MetricRollup" (
    "id" BIGSERIAL NOT NULL,
    "releaseId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "spanMs" INTEGER NOT NULL,
    "good" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL,
    "noData" INTEGER NOT NULL,
    "min" DOUBLE PRECISION,
    "max" DOUBLE PRECISION,
    "avg" DOUBLE PRECISION,
    "count" INTEGER NOT NULL,

    CONSTRAINT "MetricRollup_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MetricRollup_releaseId_id_idx" ON "MetricRollup"("releaseId", "id");
