import type { Certificate, SealedCertificate } from "@/lib/contracts/api/audit"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { seal, sealPublicKey } from "@/lib/server/crypto/seal"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { storable } from "@/lib/server/crypto/storable"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { eventOfRow } from "@/lib/server/events/list-events"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import { makeCertificate, signedOf } from "./make-certificate"
import { readManifests } from "./read-manifests"

/** A release at one moment: what is committed later is not part of it. */
export interface ReleaseMoment {
  state: ReleaseState
  head: { seq: number; hash: string }
}

/** The certificate of a release as it is now, sealed. */
export async function readCertificate(ctx: Context, releaseId: string): Promise<Result<SealedCertificate>> {
  const found = await accessRelease(ctx, "audit.export", releaseId)
  return found.ok ? done(await certificateOf(await momentOf(releaseId))) : found
}

/** State and head of one instant: they are written together. */
export async function momentOf(releaseId: string): Promise<ReleaseMoment> {
  const row = await prisma.release.findUniqueOrThrow({
    where: { id: releaseId },
    select: { state: true, lastSeq: true, headHash: true },
  })
  return { state: row.state as unknown as ReleaseState, head: { seq: row.lastSeq, hash: row.headHash } }
}

export async function certificateOf({ state, head }: ReleaseMoment): Promise<SealedCertificate> {
  const events = await signoffEvents(state.id, head.seq)
  const manifests = await readManifests(state.id, signedOf(events))
  const { keyId, pem } = sealPublicKey()
  const now = await databaseNow()
  const made = makeCertificate({ state, head, events, manifests, sealKeyId: keyId, now })
  const certificate: Certificate = storable(made)
  const text = canonicalJson(certificate)
  return {
    certificate,
    hash: sha256Hex(text),
    seal: seal(text).seal,
    publicKey: pem,
    url: `${env().NEXTAUTH_URL.replace(/\/$/, "")}/releases/${state.id}/certificate`,
  }
}

async function signoffEvents(releaseId: string, lastSeq: number): Promise<AnyTimelineEvent[]> {
  const rows = await prisma.event.findMany({
    where: { releaseId, seq: { lte: lastSeq }, type: { startsWith: "signoff." } },
    orderBy: { seq: "asc" },
  })
  return rows.map(eventOfRow)
}
