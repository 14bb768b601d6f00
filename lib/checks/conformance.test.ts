import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { expect, test, vi } from "vitest"
import { parse } from "yaml"
import { checksConform, kindsOfChecks } from "@/lib/testing/conformance/checks.conformance"
import type { CheckDefinition } from "./contract"
import { checkDefinitions } from "./definitions.gen"
import { checkRunners } from "./runners.gen"

vi.setConfig({ testTimeout: 60_000 })

const definitions: Record<string, CheckDefinition> = checkDefinitions
const runners: Record<string, unknown> = checkRunners

test("every folder is in the registry", async () => {
  const kinds = await kindsOfChecks()
  expect(Object.keys(definitions).sort()).toEqual(kinds.sort())
  expect(Object.keys(runners).sort()).toEqual(kinds.sort())
})

for (const [kind, definition] of Object.entries(definitions)) checksConform(kind, definition, runners[kind])

test("the checks of the playbook that the console brings along fit their kinds", async () => {
  const path = fileURLToPath(new URL("../../prisma/seed/playbooks/postd-go-live.yaml", import.meta.url))
  const bindings = findBindings(parse(await readFile(path, "utf8")))
  expect(bindings.length).toBeGreaterThan(20)
  for (const { kind, config } of bindings) {
    const parsed = definitions[kind]?.configSchema.safeParse(config)
    expect(parsed, `${kind} ${JSON.stringify(config)}`).toMatchObject({ success: true })
  }
})

function findBindings(value: unknown): { kind: string; config: unknown }[] {
  if (value === null || typeof value !== "object") return []
  const own = "kind" in value && "config" in value ? [{ kind: String(value.kind), config: value.config }] : []
  return [...own, ...Object.values(value).flatMap(findBindings)]
}
