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
  /** `person`: somebody has to say so. `push`: another system has to send its result. A run of either proves nothing. */
  provedBy: "machine" | "person" | "push"
  /**
   * What it looks at and expects, in short sentences for people who do not read its settings: `GET {{env.baseUrl}}/health`,
   * `answers 200`, `within 2 s`. Placeholders stay as they are. Gets what `configSchema` gave out.
   */
  describe(config: Config): string[]
  limits: CheckLimits
  examples: readonly { title: string; config: unknown }[]
}
