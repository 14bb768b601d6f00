import { createHash } from "node:crypto"
import type { DeployedVersion } from "@/lib/domain/release/state"
import type { StrategyDeployment } from "../contract"

/** Annotations of the pod template: pods, and the revisions that a cluster keeps, tell by them what they are of. */
const MARKS = {
  deployment: "golive/deployment",
  version: "golive/version",
  commit: "golive/commit",
  images: "golive/images",
  startedAt: "golive/started-at",
} as const

export type Images = Record<string, string>
type Annotations = Record<string, string>

export interface Marked {
  version: DeployedVersion
  /** When it was asked for; what is not ours began before everything. */
  startedAt: string
}

export function marksOf(deployment: StrategyDeployment, images: Images, startedAt: string): Annotations {
  return {
    [MARKS.deployment]: deployment.deploymentId,
    [MARKS.version]: deployment.version,
    [MARKS.commit]: deployment.commit ?? "",
    [MARKS.images]: JSON.stringify(sorted(images)),
    [MARKS.startedAt]: startedAt,
  }
}

export function deploymentOf(annotations: Annotations | undefined): string | null {
  return annotations?.[MARKS.deployment] ?? null
}

/**
 * What a pod or a template is of. Images that are not those of its mark were set by hand: then it is nobody's version, and
 * its name says so. What was never deployed from here is named by its images.
 */
export function readMarks(annotations: Annotations | undefined, images: Images): Marked {
  const deploymentId = deploymentOf(annotations)
  const tags = Object.values(images).map(tagOf)
  if (!deploymentId || !annotations) {
    return { version: { deploymentId: idOfImages(images), version: tags.join(" + "), commit: null }, startedAt: "" }
  }
  const { [MARKS.version]: version = "", [MARKS.commit]: commit, [MARKS.startedAt]: startedAt = "" } = annotations
  if (annotations[MARKS.images] === JSON.stringify(sorted(images))) {
    return { version: { deploymentId, version, commit: commit || null }, startedAt }
  }
  const byHand = { deploymentId: idOfImages(images), version: `${tags.join(" + ")} (set by hand after ${version})` }
  return { version: { ...byHand, commit: null }, startedAt }
}

/** `nginx:1.2` → `1.2`, `shop@sha256:…` → the digest's beginning; a registry's port is no tag. */
function tagOf(image: string): string {
  const digest = image.indexOf("@")
  if (digest >= 0) return image.slice(digest + 1, digest + 20)
  const last = image.slice(image.lastIndexOf("/") + 1)
  return last.includes(":") ? last.slice(last.indexOf(":") + 1) : "latest"
}

function idOfImages(images: Images): string {
  const text = JSON.stringify(sorted(images))
  return `images-${createHash("sha256").update(text).digest("hex").slice(0, 16)}`
}

function sorted(images: Images): Images {
  return Object.fromEntries(Object.entries(images).sort(([a], [b]) => (a < b ? -1 : 1)))
}
