import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { parse } from "yaml"
import { z } from "zod"
import { COMMAND, checkDocs, kindsWithTexts, PAGE } from "./check-docs"
import { listFields } from "./check-docs/list-fields"

test("docs/checks.md is what the definitions ask for", async () => {
  const now = await readFile(PAGE, "utf8").catch(() => "")
  expect(now === (await checkDocs()), `docs/checks.md is stale. Run "${COMMAND}" and commit the result.`).toBe(true)
})

test("every field of every kind says what it is for", async () => {
  const silent = (await kindsWithTexts()).flatMap(({ definition: { kind, configSchema } }) =>
    listFields(z.toJSONSchema(configSchema, { io: "input" }) as Parameters<typeof listFields>[0])
      .filter(({ description }) => description.trim() === "")
      .map(({ name }) => `${kind}: ${name}`),
  )
  expect(silent, "add .describe() to these fields").toEqual([])
})

test("examples of the page can be copied: they are YAML and fit their kind", async () => {
  const kinds = new Map((await kindsWithTexts()).map(({ definition }) => [definition.kind, definition]))
  const blocks = [...(await checkDocs()).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = ""]) => parse(yaml))
  expect(blocks.length).toBeGreaterThan(kinds.size)
  for (const { check } of blocks) {
    expect(kinds.get(check.kind)?.configSchema.safeParse(check.config)).toMatchObject({ success: true })
  }
})
