import { stringify } from "yaml"
import type { Playbook } from "./schema"

/** A playbook as YAML 1.2. Lossless: reading it again gives an equal playbook with the same hash. */
export function serializePlaybook(playbook: Playbook): string {
  return stringify(playbook, {
    version: "1.2",
    schema: "core",
    // Equal parts are written out: readers refuse aliases.
    aliasDuplicateObjects: false,
    lineWidth: 120,
  })
}
