import { createHash } from "node:crypto"
import { extname } from "node:path"
import { setImmediate as nextTurn } from "node:timers/promises"
import { lintSource } from "@secretlint/core"
import { rules } from "@secretlint/secretlint-rule-preset-recommend"
import { findPrivateKeys } from "./find-private-keys"
import { inPieces } from "./in-pieces"

const PREFIX = "@secretlint/secretlint-rule-"
/** A comment in a file does not switch the search off: what may be there is said in the settings, with a reason. */
const SWITCH_OFF = `${PREFIX}filter-comments`
const OPTIONS: Record<string, object> = { [`${PREFIX}aws`]: { enableIDScanRule: true } }

const config = {
  rules: rules
    .filter(({ meta }) => meta.id !== SWITCH_OFF)
    .map((rule) => ({ id: rule.meta.id, rule, options: OPTIONS[rule.meta.id] ?? {} })),
}

export interface Secret {
  file: string
  line: number
  /** `github: GITHUB_TOKEN` */
  rule: string
  /** The same for the same secret, wherever it stands; too short to try guesses against. */
  fingerprint: string
  /** Never leaves the check. */
  text: string
}

/** Secrets in a text, each rule and secret once, where it stands first. */
export async function findSecrets(file: string, content: string): Promise<Secret[]> {
  const found = new Map<string, Secret>()
  const add = (rule: string, line: number, secret: string) => {
    const text = withoutQuotes(secret)
    const fingerprint = createHash("sha256").update(`${rule}\0${text}`).digest("hex").slice(0, 8)
    if (!found.has(fingerprint)) found.set(fingerprint, { file, line, rule, fingerprint, text })
  }
  for (const piece of inPieces(content)) {
    const source = { filePath: file, content: piece.text, ext: extname(file), contentType: "text" as const }
    const { messages } = await lintSource({ source, options: { config, locale: "en", noPhysicFilePath: true } })
    for (const { ruleId, messageId, range, loc, data } of messages) {
      const text = longestText(data) ?? piece.text.slice(range[0], range[1])
      add(`${ruleId.replace(PREFIX, "")}: ${messageId}`, piece.line + loc.start.line - 1, text)
    }
    if (piece.text.length < content.length) await nextTurn()
  }
  for (const { text, line } of findPrivateKeys(content)) add("privatekey: PrivateKey", line, text)
  return [...found.values()]
}

/** What a rule says that it found: where it is, is not always exact. */
function longestText(data: unknown): string | null {
  if (data === null || typeof data !== "object") return null
  const texts = Object.values(data).filter((value) => typeof value === "string" && value !== "")
  return texts.sort((a, b) => b.length - a.length)[0] ?? null
}

/** Some rules take what stands around a secret for a part of it. */
function withoutQuotes(text: string): string {
  return text.replace(/^["'`\s]{1,10}/, "").replace(/["'`;,\s]{1,10}$/, "")
}
