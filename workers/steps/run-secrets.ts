import { inspect } from "node:util"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { Redactor, redactorOf } from "@/lib/server/checks/redact"
import { isDatabaseAway } from "@/lib/server/http-api/database-away"
import { fillConfig, secretsAskedFor } from "@/lib/server/secrets/fill-config"
import { type OpenedSecrets, openSecrets } from "@/lib/server/secrets/open-secrets"
import { StrategyFailure } from "@/lib/strategies/contract"

/** Names of environment values that must not be shown. The others may be looked for in evidence. */
const SECRET_NAME = /token|secret|password|passwd|key|bypass|credential/i
/** What a platform calls a version is compared with what was asked for: only a long secret is looked for in it. */
const LONG_CHARS = 12

/** A run that needs a secret which is not there or cannot be read; nothing was changed by it. */
export class SecretsUnavailable extends Error {
  override name = "SecretsUnavailable"
}

/** For whom they are read: waits (or gives up) while the database is away, and takes them out of what it writes. */
export interface SecretsHolder {
  state(): Promise<unknown>
  logs: { redactWith(redactor: Redactor): void }
}

/**
 * The secrets of a run's environment: read when they are needed, kept in memory only, and taken out of everything that the
 * run writes, whether it used them or not. A value that was replaced while the run went on is still taken out.
 */
export class RunSecrets {
  private opened: OpenedSecrets = { values: {}, whyNot: (name) => `The secret ${name} was not read.` }
  private texts: readonly string[]
  private long = new Redactor([])

  constructor(
    private readonly context: SecretsHolder,
    private readonly environment: { id: string; name: string },
    vars: EnvironmentConfig["vars"],
  ) {
    this.texts = Object.entries(vars).flatMap(([name, value]) => (SECRET_NAME.test(name) ? [value] : []))
    this.keep([])
  }

  /** As they are now. Waits for a database that is away, as long as the run is held. */
  async read(): Promise<OpenedSecrets> {
    for (;;) {
      try {
        this.opened = await openSecrets(this.environment)
        this.keep(Object.values(this.opened.values))
        return this.opened
      } catch (error) {
        if (!isDatabaseAway(error)) throw error
        await this.context.state()
      }
    }
  }

  /** What must not be shown: the same array as long as there is nothing new in it. */
  all(): readonly string[] {
    return this.texts
  }

  redactor(): Redactor {
    return redactorOf(this.texts)
  }

  /** Settings with the secrets of this moment. Rejects with a StrategyFailure in words. */
  async fill(config: Record<string, unknown>): Promise<Record<string, unknown>> {
    const filled = fillConfig(config, await this.read())
    if (!filled.ok) throw new StrategyFailure(filled.why, false)
    return filled.value
  }

  /** Throws SecretsUnavailable where these settings or checks ask for what is not there. Goes by the last reading. */
  require(configs: readonly Record<string, unknown>[], checks: unknown): void {
    for (const config of configs) {
      const filled = fillConfig(config, this.opened)
      if (!filled.ok) throw new SecretsUnavailable(filled.why)
    }
    const missing = secretsAskedFor(checks).find((name) => !Object.hasOwn(this.opened.values, name))
    if (missing) throw new SecretsUnavailable(this.opened.whyNot(missing))
  }

  /** What a platform answered, or its error, without secrets. */
  async clean<T>(work: () => Promise<T>): Promise<T> {
    try {
      return this.redactor().value(await work())
    } catch (error) {
      throw this.cleanError(error)
    }
  }

  cleanVersion<T extends DeployedVersion | null | undefined>(version: T): T {
    return this.long.value(version)
  }

  /** The same error, unless something about it holds a secret: then one of the same kind that says the rest. */
  cleanError(error: unknown): unknown {
    const redactor = this.redactor()
    const told = inspect(error, { depth: 8, breakLength: Number.POSITIVE_INFINITY, maxStringLength: null })
    if (redactor.text(told) === told) return error
    const message = redactor.text(error instanceof Error ? error.message : String(error))
    const clean = error instanceof StrategyFailure ? new StrategyFailure(message, error.transient) : new Error(message)
    if (error instanceof Error) clean.stack = redactor.text(error.stack ?? "")
    return clean
  }

  private keep(more: readonly string[]): void {
    const fresh = more.filter((text) => !this.texts.includes(text))
    if (fresh.length > 0) this.texts = [...this.texts, ...fresh]
    this.long = redactorOf(this.texts).onlyFrom(LONG_CHARS)
    this.context.logs.redactWith(this.redactor())
  }
}
