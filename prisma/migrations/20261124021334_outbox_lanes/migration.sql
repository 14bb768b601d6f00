-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "givenUpAt" TIMESTAMPTZ(3),
ADD COLUMN     "lane" TEXT,
ADD COLUMN     "leaseUntil" TIMESTAMPTZ(3),
ADD COLUMN     "seq" BIGSERIAL NOT NULL;

-- CreateIndex
CREATE INDEX "Outbox_lane_seq_idx" ON "Outbox"("lane", "seq");

-- CreateIndex
CREATE INDEX "Outbox_releaseId_seq_idx" ON "Outbox"("releaseId", "seq");
