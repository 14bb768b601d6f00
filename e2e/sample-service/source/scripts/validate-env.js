import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { ROOT } from "./source-files.js"

const PLATFORMS = ["META", "INSTAGRAM", "LINKEDIN", "TWITTER", "GOOGLE", "TIKTOK"]
const filled = [/\S/, "must not be empty"]
const RULES = {
  NODE_ENV: [/^production$/, "must be production"],
  PUBLIC_URL: [/^https:\/\/[^\s/]+/, "must be an https URL"],
  ALLOWED_ORIGINS: [/^https?:\/\/\S+$/, "must be origins separated by commas"],
  DATABASE_URL: [/^postgres(ql)?:\/\/\S+@\S+\/\S+/, "must be a postgresql URL with user, host and database"],
  REDIS_URL: [/^rediss?:\/\/\S+/, "must be a redis URL"],
  TOKEN_VAULT_KEY: [/^[0-9a-f]{64}$/i, "must be 32 bytes in hexadecimal"],
  DATADOG_API_KEY: [/^[0-9a-z]{32}$/i, "must be 32 letters and digits"],
  SENDGRID_API_KEY: [/^SG\.\S{8,}$/, "must start with SG."],
  SENTRY_DSN: [/^https:\/\/\S+@\S+\/\d+$/, "must be an https URL with key and project"],
  ...Object.fromEntries(
    PLATFORMS.flatMap((p) => [`${p}_CLIENT_ID`, `${p}_CLIENT_SECRET`].map((name) => [name, filled])),
  ),
}

const { source, values } = readValues()
const errors = Object.entries(RULES).flatMap(([name, [pattern, message]]) => {
  const value = values[name]
  if (value === undefined) return [`${name} is missing`]
  return pattern.test(value) ? [] : [`${name} is invalid: ${message}`]
})

// Names only: a value may be a secret.
for (const error of errors) process.stdout.write(`ERROR ${error}\n`)
process.stdout.write(`${source}: ${Object.keys(RULES).length} variables checked, ${errors.length} errors\n`)
process.exitCode = errors.length > 0 ? 1 : 0

function readValues() {
  const wanted = process.env.ENV_FILE
  if (wanted === "process") return { source: "process environment", values: process.env }
  const file = wanted ?? [".env", ".env.production"].find((name) => existsSync(join(ROOT, name)))
  if (!file) return { source: "process environment", values: process.env }
  const path = join(ROOT, file)
  const found = [path, file].find((candidate) => existsSync(candidate))
  if (!found) {
    process.stdout.write(`ERROR ${file} does not exist\n`)
    process.exit(1)
  }
  return { source: file, values: parse(readFileSync(found, "utf8")) }
}

function parse(content) {
  const values = {}
  for (const line of content.split(/\r?\n/)) {
    const [, name, raw] = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (name) values[name] = raw.replace(/^(["'])(.*)\1$/, "$2")
  }
  return values
}
