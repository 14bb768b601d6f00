import { createPrivateKey } from "node:crypto"

const BEGIN = /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/g
const END = /-----END (?:[A-Z]{1,20} )?PRIVATE KEY-----/g
const LONGEST_CHARS = 20_000

/**
 * Private keys that can be used as they are. Short ones (elliptic curves) have another beginning than the long ones that
 * scanners know; whether it is a key is asked of who would use it.
 */
export function findPrivateKeys(content: string): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = []
  for (const { index } of content.matchAll(BEGIN)) {
    END.lastIndex = 0
    const part = content.slice(index, index + LONGEST_CHARS)
    const end = END.exec(part)
    if (!end) continue
    const text = part.slice(0, end.index + end[0].length)
    if (isKey(text)) found.push({ text, line: content.slice(0, index).split("\n").length })
  }
  return found
}

/** Line breaks may be written out, as in JSON. */
function isKey(text: string): boolean {
  try {
    createPrivateKey(text.replaceAll("\\r", "").replaceAll("\\n", "\n"))
    return true
  } catch {
    return false
  }
}
