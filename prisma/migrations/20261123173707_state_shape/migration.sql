-- AlterTable
ALTER TABLE "Release" ADD COLUMN     "stateShape" INTEGER NOT NULL DEFAULT 1;
