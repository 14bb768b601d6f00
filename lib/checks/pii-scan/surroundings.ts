const LOOKED_BACK_CHARS = 60
const KEY = /([A-Za-z][\w.-]{0,40})\s?["']?\s?(?:=>|:=|[:=])\s{0,2}["'[(]{0,2}$/
const ID_WORD =
  /^(id|ids|uid|uuid|guid|trace|span|request|req|correlation|order|offset|seq|sequence|ts|time|timestamp|nonce|duration|bytes|size|length|count|total|line|port|pid|version|build|revision|hash|sha|etag|commit|at|ms|ns|us)$/

/** The text in front of a place, on its line. */
export function textBefore(text: string, index: number, most = LOOKED_BACK_CHARS): string {
  const part = text.slice(Math.max(0, index - most), index)
  return part.slice(part.lastIndexOf("\n") + 1)
}

/** The name that a value has: `userPhone` of `"userPhone": "…"` and of `userPhone=…`. Null where it has none. */
export function keyBefore(text: string, index: number): string | null {
  return KEY.exec(textBefore(text, index))?.[1] ?? null
}

/** Whether a name says that its value counts or tells things apart, as `request_id`, `spanId` and `bytes` do. */
export function isIdKey(key: string | null): boolean {
  if (key === null) return false
  const words = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").split(/[\s_.-]+/)
  return ID_WORD.test((words.at(-1) ?? "").toLowerCase())
}

/** Whether a word such as `phone` stands right before a value, as its name or in a sentence. */
export function isAfterWord(text: string, index: number, word: RegExp): boolean {
  if (isIdKey(keyBefore(text, index))) return false
  const before = textBefore(text, index, 40)
  const [, rest = null] = /([A-Za-z][^\d]*)$/.exec(before) ?? []
  return rest !== null && word.test(rest)
}

/** Part of a longer word with dashes, such as a UUID: then it is no number of its own. */
export function isPartOfWord(text: string, index: number, length: number, mayPrecede?: RegExp): boolean {
  if (/^-[A-Za-z0-9]/.test(text.slice(index + length, index + length + 2))) return true
  if (text[index - 1] !== "-") return false
  const [word = ""] = /[\w-]*$/.exec(textBefore(text, index - 1)) ?? []
  return word !== "" && !mayPrecede?.test(word)
}
