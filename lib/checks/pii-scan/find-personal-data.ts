import { findAddresses } from "./find-addresses"
import { findCards } from "./find-cards"
import { findCredentials } from "./find-credentials"
import { findEmails } from "./find-emails"
import { findIbans } from "./find-ibans"
import { findNationalIds } from "./find-national-ids"
import { findPhones } from "./find-phones"
import { type Hit, KINDS, type Kind } from "./kinds"

export interface Wanted {
  kinds: readonly Kind[]
  countries: readonly string[]
  allowDomains: readonly string[]
}

/** Personal data in a text, in the order in which it stands there; of what overlaps, one. Takes time linear in its length. */
export function findPersonalData(text: string, { kinds, countries, allowDomains }: Wanted): Hit[] {
  const plain = withoutEscapes(text)
  const has = (kind: Kind) => kinds.includes(kind)
  const hits = [
    ...(has("password") || has("token") ? findCredentials(plain) : []),
    ...(has("email") ? findEmails(plain, allowDomains) : []),
    ...(has("iban") ? findIbans(plain) : []),
    ...(has("card") ? findCards(plain) : []),
    ...(has("national-id") ? findNationalIds(plain, countries) : []),
    ...(has("phone") ? findPhones(plain, countries) : []),
    ...(has("ip") ? findAddresses(plain) : []),
  ]
  return withoutOverlaps(hits.filter(({ kind }) => has(kind as Kind)))
}

/** Escapes of JSON and colours become blanks of the same length: what stands beside them is seen, places stay. */
function withoutEscapes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a colour
  const plain = text.replace(/\u001b\[[\d;:]{0,30}m/g, (colour) => " ".repeat(colour.length))
  return plain.replace(/\\[nrt]/g, "  ").replace(/\\(?=["'])/g, " ")
}

function withoutOverlaps(hits: Hit[]): Hit[] {
  const rank = (kind: string) => KINDS.indexOf(kind as Kind)
  const byRank = hits.toSorted((a, b) => rank(a.kind) - rank(b.kind) || a.index - b.index)
  const kept: Hit[] = []
  let taken: { from: number; to: number }[] = []
  for (const kind of KINDS) {
    const free = byRank.filter((hit) => hit.kind === kind && !isTaken(taken, hit))
    kept.push(...free)
    taken = [...taken, ...free.map(({ index, value }) => ({ from: index, to: index + value.length }))]
    taken.sort((a, b) => a.from - b.from)
  }
  const sorted = kept.sort((a, b) => a.index - b.index || b.value.length - a.value.length)
  let end = -1
  return sorted.filter(({ index, value }) => {
    if (index < end) return false
    end = index + value.length
    return true
  })
}

/** Ranges of one kind may overlap each other, so some before the nearest one are looked at, too. */
function isTaken(taken: readonly { from: number; to: number }[], { index, value }: Hit): boolean {
  let [low, high] = [0, taken.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((taken[middle]?.from ?? 0) < index + value.length) low = middle + 1
    else high = middle
  }
  return taken.slice(Math.max(0, low - 4), low).some(({ to }) => to > index)
}
