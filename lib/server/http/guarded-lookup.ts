import { type LookupAddress, type LookupOptions, lookup } from "node:dns"
import type { LookupFunction } from "node:net"
import { HttpFault } from "@/lib/checks/ports"
import { whyAddressRefused } from "./address-fence"

export type Resolve = (hostname: string, options: { family: 0 | 4 | 6 }) => Promise<LookupAddress[]>

const resolveBySystem: Resolve = (hostname, { family }) =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true, family }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  })

/**
 * The look-up of a socket that is about to be opened: what it answers is what is connected to, so a name that means
 * something else a moment later gains nothing. One refused address among several refuses the name.
 */
export function guardedLookup(allowPrivateNetwork: boolean, resolve: Resolve = resolveBySystem): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { family: familyOf(options) }).then(
      (addresses) => {
        const [first] = addresses
        const refusal = addresses.map(({ address }) => whyAddressRefused(address, allowPrivateNetwork)).find(Boolean)
        if (refusal) callback(new HttpFault("refused", `${hostname} is not reached from here: ${refusal}`), "")
        else if (!first) callback(new HttpFault("name", `${hostname} has no address`), "")
        else if (options.all) callback(null, addresses)
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, ""),
    )
  }
}

function familyOf({ family }: LookupOptions): 0 | 4 | 6 {
  if (family === 4 || family === "IPv4") return 4
  return family === 6 || family === "IPv6" ? 6 : 0
}
