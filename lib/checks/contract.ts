import type { z } from "zod"

export interface CheckLimits {
  /** How long a run may take where its config says nothing. */
  timeoutMs: number
  /** What a config may ask for at most. */
  longestTimeoutMs: number
}

export interface CheckDefinition<Config = unknown> {
  /** The name of its folder. */
  kind: string
  title: string
  summary: string
  /**
   * Strict: unknown fields are refused. Texts may hold placeholders such as `{{env.baseUrl}}`, so what a text stands for
   * (an address, a ref) is looked at when the check runs.
   */
  configSchema: z.ZodType<Config>
  /** May run again at any time: nothing changes by it. What is not repeatable is asked about after an interruption. */
  repeatable: boolean
  /** `person`: its run proves nothing, somebody has to say so. */
  provedBy: "machine" | "person"
  limits: CheckLimits
  examples: readonly { title: string; config: unknown }[]
}
