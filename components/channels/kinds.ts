import type { JsonSchema } from "@/components/schema-form/json-schema"

/** A kind of channel as the page is given it: data, so that no schema library is sent along. */
export interface ChannelKind {
  kind: string
  title: string
  summary: string
  secretFields: string[]
  schema: JsonSchema
}
