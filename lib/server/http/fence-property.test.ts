import fc from "fast-check"
import { expect, test } from "vitest"
import { HttpFault } from "@/lib/checks/ports"
import { whyAddressRefused } from "./address-fence"
import { fencedHost, fencedUrl } from "./request-fence"

/** Written down anew rather than asked of the code that is tested: first address and length of the prefix. */
const NOT_PUBLIC: [string, number][] = [
  ...([
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
  ] as const),
  ...([
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
  ] as const),
  ...([
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 4],
    ["240.0.0.0", 4],
  ] as const),
].map(([first, bits]) => [first, bits])
/** Neither good nor bad to know: given to special services, or one cloud's. */
const SPECIAL: [string, number][] = [
  ...([
    ["192.31.196.0", 24],
    ["192.52.193.0", 24],
    ["192.175.48.0", 24],
    ["168.63.129.16", 32],
  ] as const),
].map(([first, bits]) => [first, bits])
const NEVER: [string, number][] = [
  ["169.254.0.0", 16],
  ["0.0.0.0", 8],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
]

const numberOf = (text: string) => text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0)
const isIn = (value: number, [first, bits]: [string, number]) =>
  Math.floor(value / 2 ** (32 - bits)) === Math.floor(numberOf(first) / 2 ** (32 - bits))
const bytesOf = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256)
const dotted = (value: number) => bytesOf(value).join(".")
const hex = (value: number) => value.toString(16)
const within = (networks: [string, number][]) =>
  fc.constantFrom(...networks).chain(([first, bits]) => {
    const start = numberOf(first)
    return fc.integer({ min: start, max: start + 2 ** (32 - bits) - 1 })
  })

type Spell = (value: number, random: number) => string
const part = (value: number, kind: number) =>
  [
    String(value),
    `0${value.toString(8)}`,
    `0x${hex(value)}`,
    `0X${hex(value).toUpperCase()}`,
    `000${value.toString(8)}`,
  ][kind % 5] ?? ""
const SPELLINGS: Record<string, Spell> = {
  "four parts": dotted,
  "one decimal number": String,
  "one octal number": (value) => `0${value.toString(8)}`,
  "one hexadecimal number": (value) => `0x${hex(value)}`,
  "parts of any kind": (value, random) =>
    bytesOf(value)
      .map((byte, index) => part(byte, Math.floor(random / 5 ** index)))
      .join("."),
  "two parts": (value, random) => `${part(bytesOf(value)[0] ?? 0, random)}.${value % 2 ** 24}`,
  "three parts": (value) => `${bytesOf(value).slice(0, 2).join(".")}.${value % 2 ** 16}`,
  "a dot at the end": (value) => `${dotted(value)}.`,
  "wide digits": (value) => dotted(value).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  "ideographic dots": (value) => dotted(value).replaceAll(".", "。"),
  "percent-encoded": (value) => [...dotted(value)].map((char) => `%${hex(char.charCodeAt(0))}`).join(""),
  "IPv4-mapped": (value) => `[::ffff:${dotted(value)}]`,
  "IPv4-mapped, hexadecimal": (value) => `[::FFFF:${hex(Math.floor(value / 65_536))}:${hex(value % 65_536)}]`,
  "IPv4-mapped in full": (value) => `[0:0:0:0:0:ffff:${dotted(value)}]`,
  NAT64: (value) => `[64:ff9b::${dotted(value)}]`,
}
const spelling = fc.constantFrom(...Object.keys(SPELLINGS))
const spell = (name: string, value: number, random: number) => SPELLINGS[name]?.(value, random) ?? ""
const ALL_INDEXES = fc.nat({ max: 5 ** 4 - 1 })

/** With something around it that changes nothing. */
const around = fc.constantFrom<(host: string) => string>(
  (host) => `http://${host}/`,
  (host) => `https://${host}:8443/a?b#c`,
  (host) => `HTTP:${host}`,
  (host) => `http:\\\\${host}\\x`,
  (host) => ` http://${host}\n`,
)

test("an address that is not public is refused in every spelling", () => {
  fc.assert(
    fc.property(within(NOT_PUBLIC), spelling, ALL_INDEXES, around, (value, name, random, wrap) => {
      const host = spell(name, value, random)
      expect(() => fencedUrl(wrap(host), undefined, false), host).toThrow(HttpFault)
      expect(() => fencedHost(host, false), host).toThrow(HttpFault)
      expect(whyAddressRefused(dotted(value), false)).not.toBeNull()
    }),
    { numRuns: 3_000 },
  )
})

test("what is never reached is not reached with leave either", () => {
  fc.assert(
    fc.property(within(NEVER), spelling, ALL_INDEXES, around, (value, name, random, wrap) => {
      expect(() => fencedUrl(wrap(spell(name, value, random)), undefined, true)).toThrow(HttpFault)
    }),
    { numRuns: 1_000 },
  )
})

test("a public address is let through in every spelling, and stays the same one", () => {
  const isPublic = (value: number) => ![...NOT_PUBLIC, ...SPECIAL].some((network) => isIn(value, network))
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }).filter(isPublic),
      spelling,
      ALL_INDEXES,
      around,
      (value, name, random, wrap) => {
        const { hostname } = fencedUrl(wrap(spell(name, value, random)), undefined, false)
        const tail = `${hex(Math.floor(value / 65_536))}:${hex(value % 65_536)}`
        const tails = [tail, tail.replace(/:0$/, ":0")]
        if (hostname.startsWith("[")) expect(tails.some((end) => hostname.endsWith(`:${end}]`))).toBe(true)
        else expect(hostname).toBe(dotted(value))
      },
    ),
    { numRuns: 3_000 },
  )
})

test("of IPv6 only what is given out can be public", () => {
  const groups = fc.array(fc.nat({ max: 0xffff }), { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(groups, ([first = 0, ...rest]) => {
      fc.pre(first >> 13 !== 1)
      fc.pre(first !== 0x64)
      fc.pre(first !== 0 || rest.slice(0, 4).some((group) => group !== 0))
      const address = [first, ...rest].map(hex).join(":")
      expect(whyAddressRefused(address, false)).not.toBeNull()
    }),
    { numRuns: 2_000 },
  )
})
