import isEmail from "validator/lib/isEmail.js"
import type { Hit } from "./kinds"
import { keyBefore, textBefore } from "./surroundings"

/** Queries of addresses and JSON may write the sign out. */
const AT = /@|%40|\\u0040/gi
const LONGEST_LOCAL = 64
const LONGEST_DOMAIN = 255
const LOCAL_CHAR = /[\p{L}\p{N}._%+'-]/u
const DOMAIN_CHAR = /[\p{L}\p{N}.-]/u
/** `user@1000.service`, `logo@2x.png`: the ends of names of units and files, and of no domain. */
const FILE_END =
  /\.(service|socket|target|timer|mount|slice|scope|device|png|jpe?g|gif|svg|webp|avif|js|cjs|mjs|jsx|ts|tsx|css|map|json|html|xml|yaml|yml|txt|log|md)$/i

/** E-mail addresses, without those of domains that are allowed and of the domains below them. */
export function findEmails(text: string, allowDomains: readonly string[]): Hit[] {
  const allowed = allowDomains.map((domain) => domain.toLowerCase())
  return [...text.matchAll(AT)].flatMap(({ 0: sign, index }) => {
    const from = beginOfLocal(text, index)
    const local = text.slice(from, index)
    const domain = domainAt(text, index + sign.length)
    if (!isAddress(local, domain) || isOtherThing(text, from, local)) return []
    const isAllowed = allowed.some((one) => domain.toLowerCase() === one || domain.toLowerCase().endsWith(`.${one}`))
    return isAllowed
      ? []
      : [{ kind: "email", index: from, value: text.slice(from, index + sign.length + domain.length) }]
  })
}

function beginOfLocal(text: string, at: number): number {
  let from = at
  while (from > 0 && at - from < LONGEST_LOCAL && LOCAL_CHAR.test(text[from - 1] ?? "")) from -= 1
  while (from < at && /[.'-]/.test(text[from] ?? "")) from += 1
  return from
}

function domainAt(text: string, from: number): string {
  let to = from
  while (to - from < LONGEST_DOMAIN && DOMAIN_CHAR.test(text[to] ?? "")) to += 1
  while (to > from && /[.-]/.test(text[to - 1] ?? "")) to -= 1
  return text.slice(from, to).replace(FILE_END, "")
}

function isAddress(local: string, domain: string): boolean {
  return local !== "" && domain.includes(".") && isEmail(`${local}@${domain}`)
}

/** The user of an address (`ssh://git@…`, `https://user:password@…`), of a git remote, or the id of a message. */
function isOtherThing(text: string, from: number, local: string): boolean {
  if (local === "git" || /:\/\/[^\s/@]*$/.test(textBefore(text, from, 140))) return true
  return /message[-_]?id$/i.test(keyBefore(text, from) ?? "") || /message-id:\s?<$/i.test(textBefore(text, from))
}
