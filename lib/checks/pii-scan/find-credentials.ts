import type { Hit } from "./kinds"

const NAMED =
  /(?<![\w.-])([A-Za-z][\w.-]{1,60})\s?["']?\s?(=>|:=|[:=])\s{0,2}(?:(?:Bearer|Basic|Token|Digest|ApiKey)\s{1,2})?(?:"((?:[^"\\\n]|\\[^\n]){1,500})"|'([^'\n]{1,500})'|([^\s"',;&)}\]]{1,500}))/gi
const IN_ADDRESS = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'?#]{0,100}:([^\s/@"'?#]{1,200})@/gi
const BEARER = /\bbearer\s{1,2}([\w.~+/=-]{16,2000})/gi
const JWT = /(?<![\w-])(eyJ[\w-]{8,1000})\.eyJ[\w-]{4,2500}(?:\.[\w-]{0,500})?/g

const PASSWORD_KEY = /(password|passwd|passphrase|passcode|^pwd|userpwd|dbpwd)$/
const TOKEN_KEY = /(token|secret|apikey|accesskey|secretkey|privatekey|authorization|jsessionid|phpsessid|connectsid)$/
const SCHEME = /^(bearer|basic|token|digest|apikey)\s+/i
const PLACEHOLDER = /\*\*\*|redacted|filtered|masked|hidden|removed|omitted|^x{3,}$|^[•.…_-]+$|^(\$|\{\{|<|%[sdj])/i
/** What is said of a password, and not the password. */
const STATE =
  /^(none|null|nil|undefined|true|false|empty|unset|set|missing|required|invalid|valid|expired|incorrect|wrong|ok|changed|updated|reset|failed|success|sent|yes|no|on|off|present|provided|mismatch|weak|strong|string|text|too|must|should|is|was|not|hash|bcrypt|argon2|plain|default|any|unknown|n\/a|0|1|\[object)$/i

/** Passwords and tokens, by their name, in addresses, after `Bearer`, and JSON Web Tokens. */
export function findCredentials(text: string): Hit[] {
  return [...findNamed(text), ...findInAddresses(text), ...findTokens(text)]
}

function findNamed(text: string): Hit[] {
  return [...text.matchAll(NAMED)].flatMap((match): Hit[] => {
    const { 0: all, 1: key = "", 2: sign, 3: double, 4: single, 5: bare, index } = match
    const name = key.toLowerCase().replace(/[_.-]/g, "")
    const kind = PASSWORD_KEY.test(name) ? "password" : TOKEN_KEY.test(name) ? "token" : null
    if (kind === null) return []
    const written = double ?? single ?? bare ?? ""
    const value = written.replace(SCHEME, "").replace(/[\s.]+$/, "")
    const end = index + all.length
    const isProse = bare !== undefined && sign === ":" && /^ +[A-Za-z]/.test(text.slice(end, end + 3))
    const isOne = kind === "password" ? isPassword(value, name, isProse) : isToken(value)
    // The written value is the last thing in the match, but for a quote.
    const at = end - written.length - (bare === undefined ? 1 : 0) + written.indexOf(value)
    return isOne ? [{ kind, index: at, value }] : []
  })
}

function isPassword(value: string, name: string, isProse: boolean): boolean {
  if (value === "" || PLACEHOLDER.test(value) || STATE.test(value)) return false
  if (name.endsWith("pwd") && /^([/~.]|[A-Za-z]:[\\/])/.test(value)) return false
  return !isProse || /[\d!@#$%^&*+=?]/.test(value)
}

function isToken(value: string): boolean {
  if (value.length < 8 || PLACEHOLDER.test(value) || STATE.test(value) || /\s/.test(value)) return false
  return /\d/.test(value) || (value.length >= 20 && /[a-z]/.test(value) && /[A-Z]/.test(value))
}

function findInAddresses(text: string): Hit[] {
  return [...text.matchAll(IN_ADDRESS)].flatMap(({ 0: all, 1: value = "", index }) =>
    PLACEHOLDER.test(value) ? [] : [{ kind: "password", index: index + all.length - 1 - value.length, value }],
  )
}

function findTokens(text: string): Hit[] {
  const bearers = [...text.matchAll(BEARER)].flatMap(({ 0: all, 1: value = "", index }) =>
    /\d/.test(value) ? [{ kind: "token", index: index + all.length - value.length, value }] : [],
  )
  const jwts = [...text.matchAll(JWT)].flatMap(({ 0: value, 1: header = "", index }) =>
    isJwtHeader(header) ? [{ kind: "token", index, value }] : [],
  )
  return [...bearers, ...jwts]
}

function isJwtHeader(text: string): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"))
    return typeof header === "object" && header !== null && "alg" in header
  } catch {
    return false
  }
}
