import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { registryFiles } from "./registries.mjs"

let root = ""
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "golive-registries-"))
})
afterAll(() => rm(root, { recursive: true, force: true }))

async function write(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), "")
  }
}

test("a folder with a definition is a kind, and each half has its registry", async () => {
  await write("lib/checks/http/definition.ts", "lib/checks/http/run.ts")
  await write("lib/checks/env-file/definition.ts", "lib/checks/env-file/run.ts")
  await write("lib/checks/shared/definitions.md", "lib/checks/http/deeper/definition.ts")
  const files = await registryFiles(root)
  expect(files.map((file) => file.path)).toEqual(["lib/checks/definitions.gen.ts", "lib/checks/runners.gen.ts"])
  expect(files[1]?.content).toBe(
    [
      "// Written by scripts/generate.mjs from the names of the folders here.",
      'import { run as envFileKind } from "./env-file/run"',
      'import { run as httpKind } from "./http/run"',
      "",
      "export const checkRunners = {",
      '  "env-file": envFileKind,',
      "  http: httpKind,",
      "} as const",
      "",
    ].join("\n"),
  )
})

test("a feature flag's kinds have their registries, named for what they hold", async () => {
  await write("lib/flags/env-file/definition.ts", "lib/flags/env-file/provider.ts", "lib/flags/parts/ask-json.ts")
  const files = (await registryFiles(root)).filter(({ path }) => path.startsWith("lib/flags/"))
  expect(files.map(({ path }) => path)).toEqual(["lib/flags/definitions.gen.ts", "lib/flags/providers.gen.ts"])
  expect(files[0]?.content).toContain('export const flagDefinitions = {\n  "env-file": envFileKind,\n}')
  expect(files[1]?.content).toContain('import { createFlag as envFileKind } from "./env-file/provider"')
})

test("half a kind is named", async () => {
  await write("lib/metrics/prometheus/definition.ts")
  await expect(registryFiles(root)).rejects.toThrow("lib/metrics/prometheus has a definition.ts but no read.ts")
})
