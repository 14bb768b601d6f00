import { isIP } from "node:net"
import ipaddr from "ipaddr.js"

/** Where clouds answer their machines' questions about themselves, outside of the link-local ranges. */
const METADATA = [
  ...["100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32"],
  // Amazon (metadata, credentials of containers, DNS, time), Google, Oracle, Scaleway, Akamai.
  ...["fd00:ec2::/32", "fd20:ce::/64", "fd00:c1::a9fe:a9fe/128", "fd00:42::42/128", "fd00:a9fe:a9fe::1/128"],
].map((network) => ipaddr.parseCIDR(network))
/** All that is given to anybody; what lies outside of it is of the past, of the future, or of one's own network. */
const GLOBAL_IPV6 = ipaddr.parseCIDR("2000::/3")
type Address = ipaddr.IPv4 | ipaddr.IPv6

const OWN_NETWORK = new Set(["loopback", "private", "uniqueLocal", "carrierGradeNat", "benchmarking"])

/**
 * Why no connection to this IP address may be made, or null. Without `allowPrivateNetwork` only public addresses are good;
 * with it also loopback and private ones, but never link-local, metadata or group addresses.
 */
export function whyAddressRefused(address: string, allowPrivateNetwork: boolean): string | null {
  if (!isIP(address)) return `${address} is no address`
  const parsed = innermost(ipaddr.parse(address))
  const name = parsed.toString()
  if (METADATA.some((network) => isWithin(parsed, network))) return `${name} is a metadata address`
  const range = parsed.range()
  if (range === "unicast" && parsed.kind() === "ipv6" && !isWithin(parsed, GLOBAL_IPV6)) {
    return `${name} is no public address`
  }
  if (range === "unicast") return null
  if (allowPrivateNetwork && OWN_NETWORK.has(range)) return null
  return `${name} is ${WORDS[range] ?? `a ${range} address`}`
}

function isWithin(address: Address, network: [Address, number]): boolean {
  return address.kind() === network[0].kind() && address.match(network)
}

const WORDS: Record<string, string> = {
  loopback: "a loopback address",
  private: "a private address",
  uniqueLocal: "a private address",
  carrierGradeNat: "a private address",
  linkLocal: "a link-local address",
  unspecified: "an unspecified address",
  multicast: "a multicast address",
  broadcast: "a broadcast address",
  reserved: "a reserved address",
}

/** IPv6 forms that reach an IPv4 address are judged by it. Tunnels (6to4, Teredo) stay what they are: no unicast. */
function innermost(address: Address): Address {
  if (address.kind() === "ipv4") return address
  const bytes = address.toByteArray()
  const isMapped = (address as ipaddr.IPv6).range() === "ipv4Mapped"
  const isNat64 = (address as ipaddr.IPv6).match(ipaddr.parse("64:ff9b::") as ipaddr.IPv6, 96)
  return isMapped || isNat64 ? ipaddr.fromByteArray(bytes.slice(12)) : address
}
