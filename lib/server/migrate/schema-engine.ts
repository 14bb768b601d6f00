import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils"
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg"
import pg from "pg"
import { MigrationAdapter } from "./migration-adapter"

export type SchemaEngine = bindings.SchemaEngine

let instantiated: Promise<void> | undefined

/** The bindings keep one WebAssembly instance in a module variable, so it is made once a process. */
function instantiate(): Promise<void> {
  instantiated ??= (async () => {
    const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm")
    const bytes = await readFile(join(dirname(entry), "schema_engine_bg.wasm"))
    const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": importsOfEngine() })
    bindings.__wbg_set_wasm(instance.exports)
    const start = instance.exports.__wbindgen_start
    if (typeof start !== "function") throw new Error("The schema engine's WebAssembly has no start function")
    start()
  })()
  return instantiated
}

/** The engine's time-outs outlive what they guard and would hold the process open for ten seconds after the last query. */
function importsOfEngine(): WebAssembly.ModuleImports {
  const imports: WebAssembly.ModuleImports = { ...bindings }
  for (const name of Object.keys(imports)) {
    if (!name.startsWith("__wbg_setTimeout_")) continue
    imports[name] = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs >>> 0).unref()
  }
  return imports
}

/**
 * Runs Prisma's own schema engine (the WebAssembly build, no native binary) on one database and frees it afterwards.
 * `datamodels` are pairs of path and content; needed where a schema is compared, not where migrations are applied.
 */
export async function withSchemaEngine<T>(
  input: { connectionString: string; datamodels?: [string, string][] },
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await instantiate()
  const adapter = new MigrationAdapter({
    ...connectionParts(input.connectionString),
    max: 2,
    connectionTimeoutMillis: 10_000,
  })
  try {
    const engine = await bindings.SchemaEngine.new(
      { datamodels: input.datamodels },
      logNothing,
      bindMigrationAwareSqlAdapterFactory(adapter),
    )
    try {
      return await use(engine)
    } finally {
      engine.free()
    }
  } finally {
    await adapter.close()
  }
}

/** In parts, because a connection string would overrule the name of the shadow database that the adapter asks for. */
function connectionParts(connectionString: string): pg.PoolConfig {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString })
  return { host, port, user, password, database, ssl }
}

/** What matters comes as an answer or an error. */
function logNothing(): void {}
