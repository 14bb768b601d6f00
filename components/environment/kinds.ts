import type { JsonSchema } from "@/components/schema-form/json-schema"

/** A kind of strategy or maintenance provider as the page is given it: data, so that no schema library is sent along. */
export interface KindInfo {
  kind: string
  title: string
  summary: string
  schema: JsonSchema
}

export interface Kinds {
  strategies: KindInfo[]
  maintenance: KindInfo[]
}
