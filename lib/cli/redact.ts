import type { Env } from "./options"

const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|CREDENTIAL/i
const SHORTEST = 8

/** The values that must not leave this machine: the token, and what the environment holds under names of secrets. */
export function secretsOf(env: Env, token: string | null): string[] {
  const named = Object.entries(env).flatMap(([name, value]) => (value && SECRET_NAME.test(name) ? [value.trim()] : []))
  return [...new Set([...(token ? [token] : []), ...named])]
    .filter((value) => value.length >= SHORTEST)
    .sort((a, b) => b.length - a.length)
}

export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "***"), text)
}
