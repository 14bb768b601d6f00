import { existsSync } from "node:fs"
import { readdir } from "node:fs/promises"
import { join } from "node:path"

/** What the folders of each place hold, and the registry file that gathers it. */
const PLACES = [
  {
    folder: "lib/checks",
    files: [
      { registry: "definitions", module: "definition", member: "definition", name: "checkDefinitions" },
      { registry: "runners", module: "run", member: "run", name: "checkRunners" },
    ],
  },
  {
    folder: "lib/strategies",
    files: [
      { registry: "definitions", module: "definition", member: "definition", name: "strategyDefinitions" },
      { registry: "plans", module: "plan", member: "plan", name: "strategyPlans" },
      { registry: "targets", module: "target", member: "createTarget", name: "strategyTargets" },
    ],
  },
  {
    folder: "lib/maintenance",
    files: [
      { registry: "definitions", module: "definition", member: "definition", name: "maintenanceDefinitions" },
      { registry: "providers", module: "provider", member: "createProvider", name: "maintenanceProviders" },
    ],
  },
  {
    folder: "lib/metrics",
    files: [
      { registry: "definitions", module: "definition", member: "definition", name: "metricDefinitions" },
      { registry: "readers", module: "read", member: "createReader", name: "metricReaders" },
    ],
  },
  {
    folder: "lib/flags",
    files: [
      { registry: "definitions", module: "definition", member: "definition", name: "flagDefinitions" },
      { registry: "providers", module: "provider", member: "createFlag", name: "flagProviders" },
    ],
  },
  {
    folder: "lib/forges",
    files: [
      { registry: "definitions", module: "definition", member: "definition", name: "forgeDefinitions" },
      { registry: "reporters", module: "report", member: "createReporter", name: "forgeReporters" },
    ],
  },
  {
    folder: "lib/channels",
    files: [
      { registry: "definitions", module: "definition", member: "definition", name: "channelDefinitions" },
      { registry: "senders", module: "send", member: "send", name: "channelSenders" },
    ],
  },
]

/**
 * The registries as they should be. A folder is a kind if it has a definition.ts.
 * @param {string} root
 * @returns {Promise<{ path: string, content: string }[]>}
 */
export async function registryFiles(root) {
  const answer = []
  for (const { folder, files } of PLACES) {
    const kinds = await kindsIn(join(root, folder))
    if (kinds.length === 0) continue
    for (const file of files) {
      for (const kind of kinds) {
        if (existsSync(join(root, folder, kind, `${file.module}.ts`))) continue
        throw new Error(
          `${folder}/${kind} has a definition.ts but no ${file.module}.ts: every kind in ${folder} needs one`,
        )
      }
      answer.push({ path: `${folder}/${file.registry}.gen.ts`, content: source(kinds, file) })
    }
  }
  return answer
}

async function kindsIn(directory) {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(directory, entry.name, "definition.ts")))
    .map((entry) => entry.name)
    .sort()
}

function source(kinds, { module, member, name }) {
  const lines = ["// Written by scripts/generate.mjs from the names of the folders here."]
  for (const kind of kinds) lines.push(`import { ${member} as ${identifier(kind)} } from "./${kind}/${module}"`)
  lines.push("", `export const ${name} = {`)
  for (const kind of kinds) lines.push(`  ${/^[a-z]+$/.test(kind) ? kind : `"${kind}"`}: ${identifier(kind)},`)
  lines.push("} as const", "")
  return lines.join("\n")
}

/** `env-file` becomes `envFileKind`; the suffix keeps kinds such as `delete` from being keywords. */
function identifier(kind) {
  return `${kind.replace(/-+([a-z0-9])/g, (_, letter) => letter.toUpperCase())}Kind`
}
