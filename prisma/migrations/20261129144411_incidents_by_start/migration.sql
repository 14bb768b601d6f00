-- CreateIndex
CREATE INDEX "Incident_startedAt_idx" ON "Incident"("startedAt");
