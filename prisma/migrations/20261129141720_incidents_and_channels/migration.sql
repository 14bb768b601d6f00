-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "channelId" UUID,
ADD COLUMN     "topic" TEXT;

-- AlterTable
ALTER TABLE "Service" ADD COLUMN     "statusPage" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Incident" (
    "id" UUID NOT NULL,
    "releaseId" UUID NOT NULL,
    "serviceId" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "resolvedAt" TIMESTAMPTZ(3),
    "nextDueAt" TIMESTAMPTZ(3),

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OncallRota" (
    "id" UUID NOT NULL,
    "serviceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "rotation" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "feedHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OncallRota_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OncallOverride" (
    "id" UUID NOT NULL,
    "rotaId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "createdById" UUID NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancelledAt" TIMESTAMPTZ(3),

    CONSTRAINT "OncallOverride_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Channel" (
    "id" UUID NOT NULL,
    "serviceId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "sealed" BYTEA,
    "keyId" TEXT,
    "secretFields" TEXT[],
    "allowPrivateNetwork" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedByName" TEXT NOT NULL,

    CONSTRAINT "Channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChannelRoute" (
    "channelId" UUID NOT NULL,
    "topic" TEXT NOT NULL,

    CONSTRAINT "ChannelRoute_pkey" PRIMARY KEY ("channelId","topic")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "serviceId" UUID NOT NULL,
    "userId" UUID,
    "topic" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "href" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeRead" (
    "userId" UUID NOT NULL,
    "readSeq" BIGINT NOT NULL,

    CONSTRAINT "NoticeRead_pkey" PRIMARY KEY ("userId")
);

-- CreateIndex
CREATE INDEX "Incident_serviceId_startedAt_idx" ON "Incident"("serviceId", "startedAt");

-- CreateIndex
CREATE INDEX "Incident_status_nextDueAt_idx" ON "Incident"("status", "nextDueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_releaseId_number_key" ON "Incident"("releaseId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "OncallRota_feedHash_key" ON "OncallRota"("feedHash");

-- CreateIndex
CREATE UNIQUE INDEX "OncallRota_serviceId_key_key" ON "OncallRota"("serviceId", "key");

-- CreateIndex
CREATE INDEX "OncallOverride_rotaId_endsAt_idx" ON "OncallOverride"("rotaId", "endsAt");

-- CreateIndex
CREATE UNIQUE INDEX "Channel_serviceId_name_key" ON "Channel"("serviceId", "name");

-- CreateIndex
CREATE INDEX "ChannelRoute_topic_idx" ON "ChannelRoute"("topic");

-- CreateIndex
CREATE INDEX "Notice_serviceId_seq_idx" ON "Notice"("serviceId", "seq");

-- CreateIndex
CREATE INDEX "Notice_userId_seq_idx" ON "Notice"("userId", "seq");

-- CreateIndex
CREATE INDEX "Outbox_channelId_seq_idx" ON "Outbox"("channelId", "seq");

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "Release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OncallRota" ADD CONSTRAINT "OncallRota_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "Service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OncallOverride" ADD CONSTRAINT "OncallOverride_rotaId_fkey" FOREIGN KEY ("rotaId") REFERENCES "OncallRota"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Channel" ADD CONSTRAINT "Channel_serviceId_fkey" FOREIGN KEY ("serviceId") REFERENCES "Service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChannelRoute" ADD CONSTRAINT "ChannelRoute_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "Channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;
