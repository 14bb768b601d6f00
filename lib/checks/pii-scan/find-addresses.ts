import ipaddr from "ipaddr.js"
import type { Hit } from "./kinds"

const V4 = /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g
const V6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:.])/gi

/** IP addresses that somebody on the internet may have; those of private networks and of this machine are left out. */
export function findAddresses(text: string): Hit[] {
  return [...text.matchAll(V4), ...text.matchAll(V6)].flatMap(({ 0: value, index }) =>
    ipaddr.isValid(value) && ipaddr.parse(value).range() === "unicast" ? [{ kind: "ip", index, value }] : [],
  )
}
