import type { ReleaseState } from "@/lib/domain/release/state"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import type { Incident } from "./incident-state"

export interface MessageTemplate {
  key: string
  title: string
  audience: "internal" | "customers"
  status: "investigating" | "identified" | "monitoring" | "resolved"
  text: string
}

const PLACEHOLDER = /\{\{\s*([a-z.]+)\s*\}\}/g

/**
 * Fills a template in, once: what stands in a value is never taken for a placeholder. What nobody knows yet is said so in
 * brackets, for whoever reads the draft; a placeholder that does not exist stays as it is written.
 */
export function fillTemplate(
  template: MessageTemplate,
  facts: { state: ReleaseState; incident: Incident; url: string; nowIso: string },
): MessageTemplate {
  const values = valuesOf(template, facts)
  const fill = (text: string) => text.replace(PLACEHOLDER, (whole, name: string) => values.get(name) ?? whole)
  return { ...template, title: fill(template.title), text: fill(template.text) }
}

function valuesOf(
  { status }: MessageTemplate,
  { state, incident, url, nowIso }: { state: ReleaseState; incident: Incident; url: string; nowIso: string },
): ReadonlyMap<string, string> {
  const { title, severity, cause, roles, resolved, startedAt, resolution } = incident
  const isOver = status === "resolved"
  return new Map([
    ["incident.title", title],
    ["incident.severity", capital(severity)],
    ["incident.cause", sentence(cause.words)],
    ["incident.commander", roles.commander?.name ?? "nobody yet"],
    ["incident.url", url],
    ["incident.duration", durationInWords(Date.parse(resolved?.at ?? nowIso) - Date.parse(startedAt))],
    // Before it is over there is the rule of its severity; in a message that it is over only what was done will do.
    ["incident.resolution", sentence(resolved?.words ?? (isOver ? "[what was done]" : resolution))],
    ["service.name", state.service.name],
    ["environment.name", state.environment.name],
    ["release.name", state.name],
    ["release.version", state.version],
    ["release.previous", state.previous?.version ?? "[the version before]"],
  ])
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
const sentence = (text: string) => (text === "" || /[.!?\]…]$/.test(text) ? text : `${text}.`)
