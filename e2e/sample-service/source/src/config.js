import { readFileSync } from "node:fs"

export const PLATFORMS = ["meta", "instagram", "linkedin", "twitter", "google", "tiktok"]

const FLAG_PREFIX = "FEATURE_FLAG_"

export function readConfig(env) {
  const build = readBuild(env)
  const publicUrl = env.PUBLIC_URL || "https://postd.example"
  return {
    ...build,
    host: env.HOST || "127.0.0.1",
    port: Number(env.PORT ?? 8080),
    publicUrl,
    allowedOrigins: list(env.ALLOWED_ORIGINS || "https://postd.example,https://aligned.com"),
    clientIds: Object.fromEntries(
      PLATFORMS.map((p) => [p, env[`${p.toUpperCase()}_CLIENT_ID`] || `fake-${p}-client-id`]),
    ),
    flags: readFlags(env),
    maintenance: {
      on: isOn(env.MAINTENANCE_MODE),
      message: env.MAINTENANCE_MESSAGE || "System maintenance in progress.",
    },
    faults: {
      errorRate: Number(env.FAULT_ERROR_RATE ?? 0),
      delayMs: Number(env.FAULT_DELAY_MS ?? 0),
      brokenOauth: isOn(env.FAULT_BROKEN_OAUTH),
    },
    faultsSwitchable: env.FAULTS === "on",
    faultsToken: env.FAULTS_TOKEN || null,
  }
}

/** FEATURE_FLAG_NEW_COMPOSER=true becomes { new_composer: true }. */
function readFlags(env) {
  const flags = {}
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith(FLAG_PREFIX)) flags[name.slice(FLAG_PREFIX.length).toLowerCase()] = isOn(value)
  }
  return flags
}

/** A built copy carries its manifest; the sources fall back to package.json. */
function readBuild(env) {
  for (const file of ["./build-manifest.json", "../package.json"]) {
    try {
      const { version, commit } = JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"))
      return { version, commit: commit ?? env.COMMIT_SHA ?? null }
    } catch (error) {
      if (error.code !== "ENOENT") throw error
    }
  }
  throw new Error("neither build-manifest.json nor package.json says which version this is")
}

function isOn(value) {
  return ["1", "true", "on", "yes"].includes(String(value ?? "").toLowerCase())
}

function list(value) {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
}
