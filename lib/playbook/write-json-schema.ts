import { mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { playbookJsonSchema } from "./json-schema"

// Run with: npx tsx lib/playbook/write-json-schema.ts
mkdirSync(fileURLToPath(new URL("../../public/schemas/", import.meta.url)), { recursive: true })
writeFileSync(
  fileURLToPath(new URL("../../public/schemas/playbook.schema.json", import.meta.url)),
  playbookJsonSchema(),
)
