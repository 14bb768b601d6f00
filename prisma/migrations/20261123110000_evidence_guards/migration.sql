CREATE TRIGGER "EvidenceFile_append_only" BEFORE UPDATE OR DELETE ON "EvidenceFile"
  FOR EACH ROW EXECUTE FUNCTION golive_refuse_change();
CREATE TRIGGER "EvidenceFile_no_truncate" BEFORE TRUNCATE ON "EvidenceFile"
  FOR EACH STATEMENT EXECUTE FUNCTION golive_refuse_change();
CREATE TRIGGER "EvidenceFileChunk_append_only" BEFORE UPDATE OR DELETE ON "EvidenceFileChunk"
  FOR EACH ROW EXECUTE FUNCTION golive_refuse_change();
CREATE TRIGGER "EvidenceFileChunk_no_truncate" BEFORE TRUNCATE ON "EvidenceFileChunk"
  FOR EACH STATEMENT EXECUTE FUNCTION golive_refuse_change();
ALTER TABLE "EvidenceFile" ADD CONSTRAINT "EvidenceFile_sha256_shape" CHECK (sha256 ~ '^[0-9a-f]{64}$');
ALTER TABLE "EvidenceFile" ADD CONSTRAINT "EvidenceFile_store_known" CHECK (store IN ('postgres', 'disk'));
ALTER TABLE "EvidenceFile" ADD CONSTRAINT "EvidenceFile_size" CHECK ("sizeBytes" > 0);
-- Bytes that are compressed already gain nothing from being compressed again.
ALTER TABLE "EvidenceFileChunk" ALTER COLUMN bytes SET STORAGE EXTERNAL;

ALTER TABLE "Run" DROP CONSTRAINT "Run_kind_known";
ALTER TABLE "Run" ADD CONSTRAINT "Run_kind_known"
  CHECK (kind IN ('check', 'start', 'deploy', 'verify', 'watch', 'rollback'));

-- The history of one item, and the comments that call somebody.
CREATE INDEX "Event_item" ON "Event" ("releaseId", (data ->> 'itemKey'), seq) WHERE data ? 'itemKey';
CREATE INDEX "Event_mentions" ON "Event" USING gin ((data -> 'mentions') jsonb_path_ops)
  WHERE type = 'checklist.comment_added';

-- States that were folded before items had these: what the fold of their events gives now.
UPDATE "Release" SET state = jsonb_set(
  state || '{"proof": null}',
  '{items}',
  COALESCE(
    (
      SELECT jsonb_object_agg(
        key,
        value || jsonb_build_object(
          'attachments', '[]'::jsonb,
          'checkTrouble', 'null'::jsonb,
          'comments', COALESCE(
            (SELECT jsonb_agg(comment || '{"mentions": []}' ORDER BY n)
              FROM jsonb_array_elements(value -> 'comments') WITH ORDINALITY AS comments (comment, n)),
            '[]'
          )
        )
      )
      FROM jsonb_each(state -> 'items')
    ),
    '{}'
  )
) WHERE NOT state ? 'proof';
