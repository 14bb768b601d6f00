import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Context } from "@/lib/server/access/context"
import { certificateOf, momentOf, type ReleaseMoment } from "@/lib/server/certificate/read-certificate"
import { renderCertificate } from "@/lib/server/certificate/render-certificate"
import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { seal, sealPublicKey } from "@/lib/server/crypto/seal"
import { prisma } from "@/lib/server/db"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import { bundleReadme } from "./bundle-readme"
import { evidenceFiles } from "./evidence-files"
import { signatureFiles } from "./signature-files"
import { type Told, timelineLines } from "./timeline-file"
import { BUNDLE_FORMAT, type BundleFile, writeZip } from "./write-zip"

export interface EvidenceBundle {
  /** For the file that it is saved to. */
  name: string
  /** A zip archive. Throws before its end where something could not be read. */
  bytes: AsyncIterable<Uint8Array>
}

/** Everything about a release at this moment, to be verified without the console. */
export async function exportBundle(ctx: Context, releaseId: string): Promise<Result<EvidenceBundle>> {
  const found = await accessRelease(ctx, "audit.export", releaseId)
  if (!found.ok) return found
  const moment = await momentOf(releaseId)
  const { service, version } = moment.state
  const name = `${service.key}-${version}-${releaseId.slice(0, 8)}-${moment.head.seq}.zip`.replace(/[^\w.-]/g, "_")
  return done({ name, bytes: writeZip(bundleFiles(moment), sealedSums, new Date(moment.state.updatedAt)) })
}

async function* bundleFiles(moment: ReleaseMoment): AsyncGenerator<BundleFile> {
  const { state, head } = moment
  const told: Told = { signed: [], evidenceIds: new Set() }
  const { keyId, pem } = sealPublicKey()
  yield json("head.json", { releaseId: state.id, ...head, at: state.updatedAt })
  yield json("release.json", state)
  const playbook = await prisma.playbookVersion.findUniqueOrThrow({ where: { id: state.playbook.versionId } })
  yield json("playbook.json", playbook.document)
  // The console's programs all run in the folder of the product, where this file is; it is no module of theirs.
  yield { path: "verify.mjs", bytes: await readFile(join(process.cwd(), "lib/server/bundle/verify.mjs")) }
  yield { path: `keys/console-${keyId}.pem`, bytes: Buffer.from(pem) }
  yield { path: "timeline.ndjson", bytes: timelineLines(state.id, head.seq, told) }
  yield { path: "README.md", bytes: Buffer.from(bundleReadme({ state, head, keyId, signed: told.signed })) }
  yield* signatureFiles(state.id, told.signed)
  yield* evidenceFiles(state.id, told.evidenceIds)
  const sealed = await certificateOf(moment)
  yield json("certificate.json", sealed.certificate)
  yield { path: "certificate.sig", bytes: Buffer.from(sealed.seal, "base64url"), compress: false }
  yield { path: "certificate.pdf", bytes: await renderCertificate(sealed) }
}

function sealedSums(sums: ReadonlyMap<string, string>): BundleFile[] {
  const list = { format: BUNDLE_FORMAT, sealedBy: sealPublicKey().keyId, files: Object.fromEntries(sums) }
  const text = canonicalJson(list)
  return [
    { path: "checksums.json", bytes: Buffer.from(text, "utf8") },
    { path: "checksums.sig", bytes: Buffer.from(seal(text).seal, "base64url"), compress: false },
  ]
}

function json(path: string, value: unknown): BundleFile {
  return { path, bytes: Buffer.from(canonicalJson(value), "utf8") }
}
