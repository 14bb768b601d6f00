import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { playbookJsonSchema } from "./json-schema"

test("the published JSON Schema is the one that the schema gives: run `npx tsx lib/playbook/write-json-schema.ts`", () => {
  const published = readFileSync(new URL("../../public/schemas/playbook.schema.json", import.meta.url), "utf8")
  expect(published).toBe(playbookJsonSchema())
})

test("what has a default may be left out, and nothing unknown is allowed", () => {
  const schema = JSON.parse(playbookJsonSchema())
  expect(schema.additionalProperties).toBe(false)
  const item = schema.properties.checklist.properties.groups.items.properties.items.items
  expect(item.required).toEqual(["key", "title", "evidence"])
  expect(item.additionalProperties).toBe(false)
})
