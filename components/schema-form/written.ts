/** What stands in a text box for a value, and back. An empty box is no value: the default holds. */
export type Read = { ok: true; value: unknown } | { ok: false; why: string }

export function writeLines(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join("\n") : ""
}

/** One entry a line; a line is taken as it is, with its spaces. */
export function readLines(text: string): Read {
  const lines = text.split("\n").filter((line) => line !== "")
  return { ok: true, value: lines.length > 0 ? lines : undefined }
}

export function writePairs(value: unknown): string {
  if (typeof value !== "object" || value === null) return ""
  return Object.entries(value)
    .map(([name, text]) => `${name}=${onOneLine(String(text))}`)
    .join("\n")
}

/** A text of several lines stands in quotes, with `\n` for their ends; so does one that begins with a quote itself. */
function onOneLine(text: string): string {
  return /^"|[\n\r]/.test(text) ? JSON.stringify(text) : text
}

export function readPairs(text: string): Read {
  const pairs: [string, string][] = []
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const at = line.indexOf("=")
    if (at < 1) return { ok: false, why: `"${line.slice(0, 40)}" is not NAME=value` }
    const name = line.slice(0, at).trim()
    const text = line.slice(at + 1)
    const value = text.startsWith('"') ? readJson(text) : { ok: true as const, value: text }
    if (!value.ok || typeof value.value !== "string") return { ok: false, why: `The quotes after ${name}= do not end` }
    pairs.push([name, value.value])
  }
  const names = pairs.map(([name]) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) return { ok: false, why: `${twice} is there twice` }
  return { ok: true, value: pairs.length > 0 ? Object.fromEntries(pairs) : undefined }
}

export function writeJson(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value, null, 2)
}

export function readJson(text: string): Read {
  if (text.trim() === "") return { ok: true, value: undefined }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    return { ok: false, why: `It is not JSON: ${error instanceof Error ? error.message : "it ends too early"}` }
  }
}

export function readNumber(text: string): Read {
  if (text.trim() === "") return { ok: true, value: undefined }
  const value = Number(text)
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, why: "It is not a number" }
}

/** The same settings with one of them changed, or (undefined) left to its default. */
export function withSetting(settings: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> {
  if (value !== undefined) return { ...settings, [name]: value }
  const { [name]: _gone, ...rest } = settings
  return rest
}
