import isIBAN from "validator/lib/isIBAN.js"
import type { Hit } from "./kinds"

const CANDIDATE = /(?<![A-Za-z0-9_+/])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9_])/g

/** Bank account numbers with the form of their country and the right check digits, in groups or not. */
export function findIbans(text: string): Hit[] {
  return [...text.matchAll(CANDIDATE)].flatMap(({ 0: candidate, index }) => {
    const value = longestIban(candidate)
    return value === null ? [] : [{ kind: "iban", index, value }]
  })
}

/** Words in capitals may follow, which look like one more group. */
function longestIban(candidate: string): string | null {
  for (let value = candidate; value.length >= 15; value = value.slice(0, value.lastIndexOf(" "))) {
    if (isIBAN(value)) return value
    if (!value.includes(" ")) return null
  }
  return null
}
