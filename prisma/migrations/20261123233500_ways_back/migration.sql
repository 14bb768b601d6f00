-- A run that turns a feature flag is one more kind.
ALTER TABLE "Run" DROP CONSTRAINT "Run_kind_known";
ALTER TABLE "Run" ADD CONSTRAINT "Run_kind_known"
  CHECK (kind IN ('check', 'start', 'deploy', 'verify', 'watch', 'rollback', 'flag'));
