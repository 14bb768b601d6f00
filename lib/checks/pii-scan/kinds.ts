/** What is looked for, in the order in which findings are told. Where two overlap, the earlier one counts. */
export const KINDS = ["password", "token", "email", "iban", "card", "national-id", "phone", "ip"] as const
export type Kind = (typeof KINDS)[number]

/** Addresses of machines are in most logs, and whether they are personal is for people to say. */
export const USUAL_KINDS: readonly Kind[] = KINDS.filter((kind) => kind !== "ip")

const WORDS: Record<Kind, [one: string, many: string]> = {
  password: ["password", "passwords"],
  token: ["access token", "access tokens"],
  email: ["e-mail address", "e-mail addresses"],
  iban: ["IBAN", "IBANs"],
  card: ["payment card number", "payment card numbers"],
  "national-id": ["national id", "national ids"],
  phone: ["phone number", "phone numbers"],
  ip: ["IP address", "IP addresses"],
}

/** `kind` may also be the name that a config gives to a pattern of its own. */
export function sayKind(kind: string, count = 1): string {
  const words = Object.hasOwn(WORDS, kind) ? WORDS[kind as Kind] : undefined
  if (!words) return count === 1 ? kind : `times ${kind}`
  return count === 1 ? words[0] : words[1]
}

/** A place in a text. `value` is the personal data itself and never leaves the check. */
export interface Hit {
  kind: string
  index: number
  value: string
}
