-- CreateIndex
CREATE INDEX "Event_type_at_idx" ON "Event"("type", "at");
