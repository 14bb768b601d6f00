import { parseDurationMs } from "./measures"
import type { OptionSpec } from "./options"

export const refuseDuration = (text: string) =>
  parseDurationMs(text) === null ? "must be a duration such as 30s, 10m or 1h30m" : null

/** The options of every command. `--version` counts only where no command is named: `release create` has one of its own. */
export const globalOptions: Record<string, OptionSpec> = {
  url: { type: "string", value: "URL", help: "address of the console (GOLIVE_URL)" },
  token: { type: "string", value: "TOKEN", help: "API token; better in GOLIVE_TOKEN, where no process list shows it" },
  "token-file": { type: "string", value: "PATH", help: "file that holds the API token" },
  timeout: {
    type: "string",
    value: "DURATION",
    refuse: refuseDuration,
    help: "give up after this long: 1m for a request with its retries, 2h where a release is waited for",
  },
  "idempotency-key": { type: "string", value: "KEY", help: "the same act twice is done once; random if left out" },
  json: { type: "boolean", help: "the API's answers instead of words, one JSON document a line" },
  quiet: { type: "boolean", help: "only what a script reads, and what went wrong" },
  "no-color": { type: "boolean", help: "no colours (NO_COLOR)" },
  "insecure-http": { type: "boolean", help: "send the token over plain http to another machine" },
  debug: { type: "boolean", help: "say each request; the token is never said" },
  help: { type: "boolean", help: "how it is used" },
}

export const releaseOption: Record<string, OptionSpec> = {
  release: { type: "string", value: "RELEASE", help: "the release (GOLIVE_RELEASE)" },
  service: { type: "string", value: "KEY", help: "with `latest`: of this service (GOLIVE_SERVICE)" },
  environment: { type: "string", value: "KEY", help: "with `latest`: in this environment (GOLIVE_ENVIRONMENT)" },
}
