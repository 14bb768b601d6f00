import { z } from "zod"
import type { CheckDefinition } from "@/lib/checks/contract"
import { checkDefinitions } from "@/lib/checks/definitions.gen"
import type { checkKindsSchema } from "@/lib/contracts/api/responses"
import type { Context } from "@/lib/server/access/context"
import { done, type Result } from "@/lib/server/result"
import { readableServices } from "@/lib/server/work/readable-services"

export type CheckKinds = z.output<typeof checkKindsSchema>

let kinds: CheckKinds["kinds"] | undefined

/** The kinds of checks, with what may be written in their settings as JSON Schema (what a person writes, before defaults). */
export async function listCheckKinds(ctx: Context): Promise<Result<CheckKinds>> {
  const access = await readableServices(ctx, "playbook.read")
  if (!access.ok) return access
  kinds ??= Object.values<Shown>(checkDefinitions).map(entry)
  return done({ kinds })
}

type Shown = Omit<CheckDefinition, "describe">

function entry({ kind, title, summary, provedBy, configSchema, examples }: Shown): CheckKinds["kinds"][number] {
  const schema: Record<string, unknown> = { ...z.toJSONSchema(configSchema, { io: "input" }) }
  return { kind, title, summary, provedBy, configSchema: schema, examples: [...examples] }
}
