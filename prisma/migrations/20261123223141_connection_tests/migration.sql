-- AlterTable
ALTER TABLE "Environment" ADD COLUMN     "configRevision" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "ConnectionTest" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "config" JSONB NOT NULL,
    "saved" BOOLEAN NOT NULL,
    "askedById" UUID,
    "askedByName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "findings" JSONB,

    CONSTRAINT "ConnectionTest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ConnectionTest_status_createdAt_idx" ON "ConnectionTest"("status", "createdAt");

-- CreateIndex
CREATE INDEX "ConnectionTest_environmentId_createdAt_idx" ON "ConnectionTest"("environmentId", "createdAt");

-- AddForeignKey
ALTER TABLE "ConnectionTest" ADD CONSTRAINT "ConnectionTest_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What an environment had live, and when, is read from the timelines of its releases: a handful of events among very many.
CREATE INDEX "Event_live_versions" ON "Event" ("at" DESC)
  WHERE type IN ('deployment.switched', 'deployment.found_live');

ALTER TABLE "ConnectionTest" ADD CONSTRAINT "ConnectionTest_status_known"
  CHECK (status IN ('queued', 'running', 'passed', 'failed'));
