import { readFileSync, statSync } from "node:fs"

export const PLATFORMS = ["meta", "instagram", "linkedin", "twitter", "google", "tiktok"]

const FLAG_PREFIX = "FEATURE_FLAG_"

export function readConfig(env) {
  const build = readBuild(env)
  const flags = liveFlags(env)
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
    get flags() {
      return flags()
    },
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

/** The flags of the environment, and over them those of the file FLAGS_FILE: a change of it holds without a restart. */
function liveFlags(env) {
  const fixed = readFlags(env)
  let known = { stamp: "", flags: fixed }
  return () => {
    if (!env.FLAGS_FILE) return fixed
    const { mtimeMs, ino, size } = statSync(env.FLAGS_FILE, { throwIfNoEntry: false }) ?? {}
    const stamp = `${ino} ${mtimeMs} ${size}`
    if (stamp !== known.stamp) known = { stamp, flags: { ...fixed, ...(ino ? readFlags(parse(env.FLAGS_FILE)) : {}) } }
    return known.flags
  }
}

function parse(file) {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .map((line) => /^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$/.exec(line))
  return Object.fromEntries(lines.flatMap((found) => (found ? [[found[1], found[2]]] : [])))
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
