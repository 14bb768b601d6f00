import type { z } from "zod"
import type { PlatformRequest } from "@/lib/contracts/outside-ports"
import type { DeploymentReport } from "@/lib/domain/deployment/deployment-report"

/** A place where repositories lie, which shows what of them is deployed where. */
export interface ForgeDefinition<Config = unknown> {
  kind: string
  title: string
  summary: string
  configSchema: z.ZodType<Config>
  examples: readonly { title: string; config: unknown }[]
}

export interface ForgePorts {
  platform: PlatformRequest
  signal: AbortSignal
}

/** A report and the addresses that only the console knows. */
export interface LinkedReport extends DeploymentReport {
  /** The release's page in the console. */
  pageUrl: string
  /** Where the service is reached. */
  serviceUrl: string
}

/**
 * Tells the forge. May be called again with the same report: what is there already stays as it is. Rejects with an Error in
 * words; `final` where the forge will not take it however often it is asked.
 */
export type Reporter = (report: LinkedReport) => Promise<void>
export type CreateReporter = (config: unknown, ports: ForgePorts) => Reporter

export class ForgeRefusal extends Error {
  override name = "ForgeRefusal"
  constructor(
    message: string,
    readonly final: boolean,
  ) {
    super(message)
  }
}
