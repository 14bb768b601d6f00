-- What is on the record stays: no UPDATE, DELETE or TRUNCATE, whoever asks through the application's role.
CREATE FUNCTION golive_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER "Event_append_only" BEFORE UPDATE OR DELETE ON "Event"
  FOR EACH ROW EXECUTE FUNCTION golive_refuse_change();
CREATE TRIGGER "Event_no_truncate" BEFORE TRUNCATE ON "Event"
  FOR EACH STATEMENT EXECUTE FUNCTION golive_refuse_change();

CREATE TRIGGER "Evidence_append_only" BEFORE UPDATE OR DELETE ON "Evidence"
  FOR EACH ROW EXECUTE FUNCTION golive_refuse_change();
CREATE TRIGGER "Evidence_no_truncate" BEFORE TRUNCATE ON "Evidence"
  FOR EACH STATEMENT EXECUTE FUNCTION golive_refuse_change();

CREATE TRIGGER "PlaybookVersion_append_only" BEFORE UPDATE OR DELETE ON "PlaybookVersion"
  FOR EACH ROW EXECUTE FUNCTION golive_refuse_change();
CREATE TRIGGER "PlaybookVersion_no_truncate" BEFORE TRUNCATE ON "PlaybookVersion"
  FOR EACH STATEMENT EXECUTE FUNCTION golive_refuse_change();

CREATE TRIGGER "SecurityEvent_append_only" BEFORE UPDATE OR DELETE ON "SecurityEvent"
  FOR EACH ROW EXECUTE FUNCTION golive_refuse_change();
CREATE TRIGGER "SecurityEvent_no_truncate" BEFORE TRUNCATE ON "SecurityEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION golive_refuse_change();

-- Numbers of a timeline begin at 1, and each event follows one that is there.
CREATE FUNCTION golive_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq > 1 AND NOT EXISTS (
    SELECT 1 FROM "Event" WHERE "releaseId" = NEW."releaseId" AND seq = NEW.seq - 1 AND hash = NEW."prevHash"
  ) THEN
    RAISE EXCEPTION 'event % of release % does not follow the one before it', NEW.seq, NEW."releaseId"
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER "Event_follows" BEFORE INSERT ON "Event" FOR EACH ROW EXECUTE FUNCTION golive_event_follows();
ALTER TABLE "Event" ADD CONSTRAINT "Event_seq_positive" CHECK (seq > 0);
ALTER TABLE "Event" ADD CONSTRAINT "Event_hash_shape" CHECK (hash ~ '^[0-9a-f]{64}$' AND "prevHash" ~ '^[0-9a-f]{64}$');

ALTER TABLE "Run" ADD CONSTRAINT "Run_status_known" CHECK (status IN ('queued', 'running', 'finished'));
ALTER TABLE "Run" ADD CONSTRAINT "Run_kind_known" CHECK (kind IN ('check', 'deploy', 'verify', 'watch', 'rollback'));
ALTER TABLE "Run" ADD CONSTRAINT "Run_held_until" CHECK (status <> 'running' OR "leaseUntil" IS NOT NULL);
ALTER TABLE "Run" ADD CONSTRAINT "Run_fence_grows" CHECK (fence >= 0);

ALTER TABLE "Environment" ADD CONSTRAINT "Environment_held_whole"
  CHECK (("activeRunId" IS NULL) = ("activeReleaseId" IS NULL));

-- A role for all services is granted once; the unique index does not see it, because nulls differ from each other.
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_once_for_all"
  EXCLUDE USING btree ("userId" WITH =, "role" WITH =) WHERE ("serviceId" IS NULL);
