import type { V1Container, V1PodTemplateSpec } from "@kubernetes/client-node"
import { type StrategyDeployment, StrategyFailure } from "../contract"
import type { Workload } from "./definition"
import type { Images } from "./marks"

/** The images that a deployment asks for, by container. */
export function wantedImages({ containers }: Workload, { deploymentId, version, commit }: StrategyDeployment): Images {
  const values: Record<string, string | null> = {
    "{{deployment.version}}": version,
    "{{deployment.commit}}": commit,
    "{{deployment.id}}": deploymentId,
  }
  const filled = Object.entries(containers).map(([name, image]) => {
    const text = image.replace(/\{\{deployment\.(?:version|commit|id)\}\}/g, (placeholder) => {
      const value = values[placeholder]
      if (value) return value
      throw new StrategyFailure(`The image of ${name} asks for ${placeholder}, which is not known`, false)
    })
    return [name, text] as const
  })
  return Object.fromEntries(filled)
}

/** The images of these containers in a template, containers that run first among them. */
export function imagesOf(template: Pick<V1PodTemplateSpec, "spec"> | undefined, names: readonly string[]): Images {
  const found = all(template).flatMap(({ name, image }) => (names.includes(name) ? [[name, image ?? ""] as const] : []))
  return Object.fromEntries(found)
}

/** A strategic merge would add a container that it does not know: a typing error must not become a pod with two. */
export function assertContainers(workload: Workload, template: V1PodTemplateSpec): void {
  const known = all(template).map(({ name }) => name)
  const missing = Object.keys(workload.containers).filter((name) => !known.includes(name))
  if (missing.length === 0) return
  const has = known.join(", ")
  throw new StrategyFailure(
    `${workload.kind} ${workload.name} has no container ${missing.join(", ")}; it has ${has}`,
    false,
  )
}

/** The part of a patch that sets images, each in the list that its container stands in. */
export function imagePatch(template: V1PodTemplateSpec, images: Images) {
  const of = (list: V1Container[] | undefined) =>
    (list ?? []).flatMap(({ name }) => (images[name] === undefined ? [] : [{ name, image: images[name] }]))
  const initContainers = of(template.spec?.initContainers)
  const containers = of(template.spec?.containers)
  return {
    ...(containers.length > 0 ? { containers } : {}),
    ...(initContainers.length > 0 ? { initContainers } : {}),
  }
}

function all(template: Pick<V1PodTemplateSpec, "spec"> | undefined): V1Container[] {
  return [...(template?.spec?.containers ?? []), ...(template?.spec?.initContainers ?? [])]
}
