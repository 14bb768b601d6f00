-- AlterTable
ALTER TABLE "MetricSample" ADD COLUMN     "words" TEXT;
