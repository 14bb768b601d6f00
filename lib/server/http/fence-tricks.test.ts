import { isIP } from "node:net"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { HttpFault } from "@/lib/checks/ports"
import { findAddress } from "./find-address"
import { createGuardedHttp } from "./guarded-http"
import type { Resolve } from "./guarded-lookup"
import { fencedHost, fencedUrl } from "./request-fence"
import { watchConnections } from "./watch-connections.fixture"

/** What name servers say here. Everything else has no address, so that nothing of this leaves the machine. */
const NAMES: Record<string, string[]> = {
  "loop.example": ["127.0.0.1"],
  "loop.example.": ["127.0.0.1"],
  "169.254.169.254.ip.example": ["169.254.169.254"],
  "metadata.google.internal": ["169.254.169.254"],
  "metadata.google.internal.": ["169.254.169.254"],
  "instance-data.ec2.internal": ["169.254.169.254"],
  "metadata.tencentyun.com": ["169.254.0.23"],
  "metadata6.example": ["fd00:ec2::254"],
  "credentials.example": ["169.254.170.2"],
  "kubernetes.default.svc": ["10.96.0.1"],
  "last-is-private.example": ["93.184.215.14", "8.8.8.8", "10.0.0.1"],
  "six-is-private.example": ["93.184.215.14", "fd12::1"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "mapped-metadata.example": ["::ffff:169.254.169.254"],
  "link-local-zone.example": ["fe80::1%eth0"],
  "loopback-zone.example": ["::1%lo"],
  "zero.example": ["0.0.0.0"],
  "zero6.example": ["::"],
  "nat64.example": ["64:ff9b::a9fe:a9fe"],
  "garbage.example": ["not an address"],
  "number.example": ["2130706433"],
  "xn--9hbcp.xn--8hb.xn--8hb.xn--9hb": ["127.0.0.1"],
  "127.0.0.1..": ["127.0.0.1"],
}
const resolve: Resolve = async (name) =>
  (NAMES[name] ?? []).map((address) => ({ address, family: isIP(address) === 6 ? 6 : 4 }))

/** Refused where private addresses are not allowed; refused in any case. */
type Reach = "outside only" | "never"
type Trick = [why: string, url: string, reach: Reach]

const IPV4: Trick[] = [
  ["loopback as it is", "http://127.0.0.1/", "outside only"],
  ["another loopback address", "http://127.8.9.10/", "outside only"],
  ["one decimal number", "http://2130706433/", "outside only"],
  ["one octal number", "http://017700000001/", "outside only"],
  ["one hexadecimal number", "http://0x7f000001/", "outside only"],
  ["hexadecimal in capitals", "http://0X7F000001/", "outside only"],
  ["octal parts", "http://0177.0.0.01/", "outside only"],
  ["octal with more zeros", "http://00000177.0.0.1/", "outside only"],
  ["hexadecimal parts", "http://0x7f.0x0.0x0.0x1/", "outside only"],
  ["mixed parts", "http://0x7f.0.00.1/", "outside only"],
  ["two parts", "http://127.1/", "outside only"],
  ["three parts", "http://127.0.1/", "outside only"],
  ["two parts, the second one large", "http://10.65793/", "outside only"],
  ["a dot at the end", "http://127.0.0.1./", "outside only"],
  ["two dots at the end, which make it a name", "http://127.0.0.1../", "outside only"],
  ["metadata as a decimal number", "http://2852039166/", "never"],
  ["metadata as a hexadecimal number", "http://0xa9fea9fe/", "never"],
  ["metadata as octal parts", "http://0251.0376.0251.0376/", "never"],
  ["metadata, the last two parts as one", "http://169.254.43518/", "never"],
  ["unspecified", "http://0.0.0.0/", "never"],
  ["unspecified, short", "http://0/", "never"],
  ["hexadecimal without digits, which is zero", "http://0x/", "never"],
  ["this network, which some systems take for this machine", "http://0.1.2.3/", "never"],
  ["private 10/8", "http://10.1.2.3/", "outside only"],
  ["private 172.16/12, its end", "http://172.31.255.254/", "outside only"],
  ["private 192.168/16", "http://192.168.1.1/", "outside only"],
  ["shared by carriers", "http://100.64.0.1/", "outside only"],
  ["broadcast", "http://255.255.255.255/", "never"],
  ["group", "http://224.0.0.251/", "never"],
  ["reserved for later", "http://240.0.0.1/", "never"],
  ["6to4 relays", "http://192.88.99.1/", "never"],
  ["too large a number", "http://4294967296/", "never"],
  ["a part too large", "http://256.0.0.1/", "never"],
  ["five parts", "http://127.0.0.0.1/", "never"],
  ["binary parts", "http://0b1111111.0.0.1/", "never"],
  ["an octal part that is none", "http://127.0.0.08/", "never"],
]

const IPV6: Trick[] = [
  ["loopback", "http://[::1]/", "outside only"],
  ["loopback in full", "http://[0000:0000:0000:0000:0000:0000:0000:0001]/", "outside only"],
  ["unspecified", "http://[::]/", "never"],
  ["unspecified in full", "http://[0:0:0:0:0:0:0:0]/", "never"],
  ["IPv4-mapped loopback", "http://[::ffff:127.0.0.1]/", "outside only"],
  ["IPv4-mapped loopback, hexadecimal", "http://[::ffff:7f00:1]/", "outside only"],
  ["IPv4-mapped loopback in full and capitals", "http://[0:0:0:0:0:FFFF:7F00:0001]/", "outside only"],
  ["IPv4-mapped private", "http://[::ffff:192.168.0.1]/", "outside only"],
  ["IPv4-mapped metadata", "http://[::ffff:a9fe:a9fe]/", "never"],
  ["IPv4-mapped unspecified", "http://[::ffff:0.0.0.0]/", "never"],
  ["IPv4-compatible loopback", "http://[::127.0.0.1]/", "never"],
  ["IPv4-compatible metadata", "http://[::a9fe:a9fe]/", "never"],
  ["IPv4-translated", "http://[::ffff:0:7f00:1]/", "never"],
  ["NAT64 to metadata", "http://[64:ff9b::169.254.169.254]/", "never"],
  ["NAT64 to loopback", "http://[64:ff9b::7f00:1]/", "outside only"],
  ["NAT64 of one's own network", "http://[64:ff9b:1::a9fe:a9fe]/", "never"],
  ["6to4 around loopback", "http://[2002:7f00:1::]/", "never"],
  ["6to4 around metadata", "http://[2002:a9fe:a9fe::1]/", "never"],
  ["Teredo", "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "never"],
  ["link-local", "http://[fe80::1]/", "never"],
  ["link-local metadata", "http://[fe80::a9fe:a9fe]/", "never"],
  ["a zone", "http://[fe80::1%eth0]/", "never"],
  ["a zone, encoded", "http://[fe80::1%25eth0]/", "never"],
  ["a zone on loopback", "http://[::1%25lo]/", "never"],
  ["site-local of old", "http://[fec0::1]/", "never"],
  ["private", "http://[fd12:3456::1]/", "outside only"],
  ["group: all nodes", "http://[ff02::1]/", "never"],
  ["documentation", "http://[2001:db8::1]/", "never"],
  ["discarded", "http://[100::1]/", "never"],
  ["given to nobody", "http://[4000::1]/", "never"],
  ["segment routing", "http://[5f00::1]/", "never"],
  ["IPv4 in brackets", "http://[127.0.0.1]/", "never"],
]

const METADATA: Trick[] = [
  ["Amazon, Google, Azure and others", "http://169.254.169.254/latest/meta-data/", "never"],
  ["Amazon's containers", "http://169.254.170.2/v2/credentials", "never"],
  ["Tencent", "http://169.254.0.23/", "never"],
  ["Scaleway", "http://169.254.42.42/conf", "never"],
  ["Alibaba", "http://100.100.100.200/latest/meta-data/", "never"],
  ["Oracle of old", "http://192.0.0.192/latest/", "never"],
  ["Azure's host agent", "http://168.63.129.16/machine", "never"],
  ["Amazon, IPv6", "http://[fd00:ec2::254]/latest/", "never"],
  ["Amazon's pods, IPv6", "http://[fd00:ec2::23]/v1/credentials", "never"],
  ["Amazon's name servers, IPv6", "http://[fd00:ec2::253]/", "never"],
  ["Google, IPv6", "http://[fd20:ce::254]/computeMetadata/v1/", "never"],
  ["Oracle, IPv6", "http://[fd00:c1::a9fe:a9fe]/opc/v2/", "never"],
  ["Scaleway, IPv6", "http://[fd00:42::42]/conf", "never"],
  ["Akamai, IPv6", "http://[fd00:a9fe:a9fe::1]/v1/instance", "never"],
  ["Google, by name", "http://metadata.google.internal/computeMetadata/v1/", "never"],
  ["Google, by its full name", "http://metadata.google.internal./", "never"],
  ["Amazon, by name", "http://instance-data.ec2.internal/", "never"],
  ["Tencent, by name", "http://metadata.tencentyun.com/", "never"],
  ["a name for an IPv6 one", "http://metadata6.example/", "never"],
  ["a name for the containers' one", "http://credentials.example/", "never"],
]

const SPELLINGS: Trick[] = [
  ["this machine by name", "http://localhost/", "outside only"],
  ["with a dot at the end", "http://localhost./", "outside only"],
  ["in capitals", "http://LOCALHOST/", "outside only"],
  ["a name below it", "http://anything.localhost/", "outside only"],
  ["letters in circles", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "outside only"],
  ["a soft hyphen within", "http://local\u00adhost/", "outside only"],
  ["wide digits", "http://１２７.０.０.１/", "outside only"],
  ["digits in circles", "http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/", "never"],
  ["raised digits", "http://¹²⁷.⁰.⁰.¹/", "outside only"],
  ["ideographic dots", "http://169。254。169。254/", "never"],
  ["narrow ideographic dots", "http://127｡0｡0｡1/", "outside only"],
  ["a soft hyphen in a number", "http://169.254.169.2\u00ad54/", "never"],
  ["a space without width", "http://169.254.169.2\u200b54/", "never"],
  ["Arabic digits, which make it a name", "http://١٢٧.٠.٠.١/", "outside only"],
  ["percent-encoded digits", "http://%31%32%37.0.0.1/", "outside only"],
  ["percent-encoded dots", "http://169%2e254%2e169%2e254/", "never"],
  ["percent-encoded wide digits", "http://%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1/", "outside only"],
  ["percent-encoded zero byte", "http://127.0.0.1%00.example/", "never"],
  ["percent-encoded at sign", "http://good.example%40169.254.169.254/", "never"],
  ["a tab within", "http://169.254.\t169.254/", "never"],
  ["a line break within", "http://169.254.169\r\n.254/", "never"],
  ["a line break in the scheme", "ht\ntp://169.254.169.254/", "never"],
  ["spaces around", "  http://169.254.169.254/  ", "never"],
  ["a space within", "http://good.example 169.254.169.254/", "never"],
  ["no slashes", "http:169.254.169.254/", "never"],
  ["one slash", "http:/169.254.169.254/", "never"],
  ["four slashes", "http:////169.254.169.254/", "never"],
  ["backslashes", "http:\\\\169.254.169.254\\", "never"],
  ["the scheme in capitals", "HTTP://169.254.169.254/", "never"],
]

const CONFUSIONS: Trick[] = [
  ["a name and a password", "http://someone:secret@good.example/", "never"],
  ["a name only", "http://someone@good.example/", "never"],
  ["a good host as a name", "http://good.example@169.254.169.254/", "never"],
  ["a good host and port as name and password", "http://good.example:80@169.254.169.254/", "never"],
  ["two at signs", "http://a@good.example@169.254.169.254/", "never"],
  ["an encoded slash in the name", "http://good.example%2f@169.254.169.254/", "never"],
  ["a slash that only looks like one", "http://good.example\u2044@169.254.169.254/", "never"],
  ["a backslash before the at sign", "http://169.254.169.254\\@good.example/", "never"],
  ["a fragment before the at sign", "http://169.254.169.254#@good.example/", "never"],
  ["a question mark before the at sign", "http://169.254.169.254?@good.example/", "never"],
  ["a semicolon", "http://good.example;169.254.169.254/", "never"],
  ["a comma", "http://good.example,169.254.169.254/", "never"],
]

const SCHEMES: Trick[] = [
  ["files", "file:///etc/passwd", "never"],
  ["files of a host", "file://127.0.0.1/etc/passwd", "never"],
  ["gopher", "gopher://127.0.0.1:6379/_FLUSHALL", "never"],
  ["ftp", "ftp://good.example/", "never"],
  ["data", "data:text/plain,hello", "never"],
  ["javascript", "javascript:alert(1)", "never"],
  ["javascript with a host", "javascript://good.example/%0aalert(1)", "never"],
  ["websocket", "ws://good.example/", "never"],
  ["secure websocket", "wss://good.example/", "never"],
  ["a Unix socket", "unix:///var/run/docker.sock", "never"],
  ["HTTP over a Unix socket", "http+unix://%2Fvar%2Frun%2Fdocker.sock/info", "never"],
  ["ldap", "ldap://good.example/", "never"],
  ["dict", "dict://127.0.0.1:11211/stats", "never"],
  ["blob", "blob:http://127.0.0.1/x", "never"],
  ["about", "about:blank", "never"],
  ["the source of a page", "view-source:http://127.0.0.1/", "never"],
  ["no scheme", "//127.0.0.1/", "never"],
  ["a path", "/latest/meta-data", "never"],
  ["nothing", "", "never"],
  ["no host", "http://", "never"],
]

const PORTS: Trick[] = [
  ["port zero", "http://good.example:0/", "never"],
  ["a port too large", "http://good.example:65536/", "never"],
  ["a port below zero", "http://good.example:-1/", "never"],
  ["a hexadecimal port", "http://good.example:0x50/", "never"],
  ["a port of Arabic digits", "http://good.example:٨٠/", "never"],
  ["two ports", "http://good.example:80:80/", "never"],
  ["a wide colon", "http://169.254.169.254：80/", "never"],
  ["a port with zeros before it", "http://169.254.169.254:00080/", "never"],
]

const LOOKUPS: Trick[] = [
  ["a name for loopback", "http://loop.example/", "outside only"],
  ["with a dot at the end", "http://loop.example./", "outside only"],
  ["a name that holds the address", "http://169.254.169.254.ip.example/", "never"],
  ["a name inside the cluster", "http://kubernetes.default.svc/", "outside only"],
  ["several answers, the last one private", "http://last-is-private.example/", "outside only"],
  ["several answers, the IPv6 one private", "http://six-is-private.example/", "outside only"],
  ["an IPv4-mapped answer", "http://mapped.example/", "outside only"],
  ["an IPv4-mapped metadata answer", "http://mapped-metadata.example/", "never"],
  ["a link-local answer with a zone", "http://link-local-zone.example/", "never"],
  ["a loopback answer with a zone", "http://loopback-zone.example/", "outside only"],
  ["an unspecified answer", "http://zero.example/", "never"],
  ["an unspecified IPv6 answer", "http://zero6.example/", "never"],
  ["a NAT64 answer", "http://nat64.example/", "never"],
  ["an answer that is no address", "http://garbage.example/", "never"],
  ["an answer that is a number", "http://number.example/", "never"],
]

const watched = watchConnections()
beforeAll(() => expect(watched.addresses).toEqual([]))
afterAll(() => {
  watched.end()
  expect(watched.addresses, "nothing was even tried").toEqual([])
})

const signal = new AbortController().signal
const fault = (promise: Promise<unknown>): Promise<HttpFault> =>
  promise.then(
    () => Promise.reject(new Error("it was let through")),
    (error: HttpFault) => error,
  )

/** Refused before anything is connected to. A plain address is judged without a request first: it might be somebody's. */
async function expectRefused(url: string, allowPrivateNetwork: boolean): Promise<void> {
  const http = createGuardedHttp({ allowPrivateNetwork, signal, resolve })
  if (URL.canParse(url)) {
    const host = new URL(url).hostname.replace(/^\[|\]$/g, "")
    if (isIP(host)) expect(() => fencedUrl(url, undefined, allowPrivateNetwork)).toThrow()
  }
  const { reason } = await fault(http({ url, timeoutMs: 2_000 }))
  expect(["refused", "invalid"]).toContain(reason)
}

describe.each(Object.entries({ IPV4, IPV6, METADATA, SPELLINGS, CONFUSIONS, SCHEMES, PORTS, LOOKUPS }))(
  "%s",
  (_, tricks) => {
    test.each(tricks)("%s: %s", async (_why, url, reach) => {
      await expectRefused(url, false)
      if (reach === "never") await expectRefused(url, true)
    })
  },
)

test.each(
  [...IPV4, ...IPV6, ...METADATA].flatMap(([why, url, reach]) => hostOf(url).map((host) => ({ why, host, reach }))),
)("as a host alone: $host ($why)", async ({ host, reach }) => {
  for (const allowPrivateNetwork of reach === "never" ? [false, true] : [false]) {
    const { reason } = await fault(findAddress(host, { allowPrivateNetwork, signal, resolve }))
    expect(["refused", "invalid"]).toContain(reason)
  }
})

function hostOf(url: string): string[] {
  const [, host] = /^http:\/\/([^/]+)\//.exec(url) ?? []
  return host ? [host, ...(host.startsWith("[") && host.includes(":") ? [host.slice(1, -1)] : [])] : []
}

test.each([
  "a:80",
  "a/b",
  "a?b",
  "a#b",
  "u@a",
  "a b",
  "a\tb",
  "a\\b",
  "",
  "[::1",
  "::1]",
  "[a]",
  "http://a",
  "[::1]:80",
])("%j is no host", (host) => {
  expect(() => fencedHost(host, true)).toThrow("is no host")
})

test.each([
  ["http://good.example#@169.254.169.254/", "good.example"],
  ["http://good.example/@169.254.169.254/", "good.example"],
  ["http://good.example\\@169.254.169.254/", "good.example"],
  ["http://good.example?http://169.254.169.254/", "good.example"],
  ["http://GOOD.example:00080/", "good.example"],
  ["http://unix:/var/run/docker.sock:/info", "unix"],
  ["http://notlocalhost/", "notlocalhost"],
  ["http://localhost.example/", "localhost.example"],
  ["http://134744072/", "8.8.8.8"],
  ["http://[::ffff:8.8.8.8]/", "[::ffff:808:808]"],
  ["http://[2001:4860:4860::8888]/", "[2001:4860:4860::8888]"],
])("%s is what it says: %s", (url, hostname) => {
  expect(fencedUrl(url, undefined, false).hostname).toBe(hostname)
})

test.each([
  ["//169.254.169.254/", "a host without a scheme"],
  ["///169.254.169.254/", "one slash more"],
  ["\\\\169.254.169.254\\", "backslashes"],
  ["http:169.254.169.254", "no slashes, for another scheme than that of the page"],
  ["//10.0.0.1/", "a private address"],
  ["//user@good.example/", "a name"],
  ["file:///etc/passwd", "a file"],
  ["//localhost/", "this machine"],
])("as a redirect, %s is refused (%s)", (location) => {
  expect(() => fencedUrl(location, "https://good.example/a/b", false)).toThrow()
})

test("with leave, this machine and the own network are reached, by number and by name", async () => {
  for (const [host, address] of [
    ["127.0.0.1", "127.0.0.1"],
    ["0x7f.1", "127.0.0.1"],
    ["[::1]", "::1"],
    ["fd12::1", "fd12::1"],
    ["loop.example", "127.0.0.1"],
    ["kubernetes.default.svc", "10.96.0.1"],
  ] as const) {
    expect(await findAddress(host, { allowPrivateNetwork: true, signal, resolve })).toMatchObject({ address })
  }
})
