import { isIP } from "node:net"
import { HttpFault } from "@/lib/checks/ports"
import { guardedLookup, type Resolve } from "./guarded-lookup"
import { fencedHost } from "./request-fence"

interface Options {
  allowPrivateNetwork: boolean
  signal: AbortSignal
  /** How names become addresses; the system's way if left out. */
  resolve?: Resolve
}

export interface FoundAddress {
  address: string
  family: 4 | 6
}

/**
 * The address that a host stands for, if the fence lets it through. To be connected to as it is: asked again, a name may
 * mean something else. Rejects with HttpFault (`invalid`, `refused`, `name`) or the signal's reason.
 */
export async function findAddress(
  host: string,
  { allowPrivateNetwork, signal, resolve }: Options,
): Promise<FoundAddress> {
  signal.throwIfAborted()
  const name = fencedHost(host, allowPrivateNetwork)
  if (isIP(name)) return { address: name, family: isIP(name) === 6 ? 6 : 4 }
  const look = guardedLookup(allowPrivateNetwork, resolve)
  let stop = () => {}
  try {
    return await new Promise<FoundAddress>((found, reject) => {
      stop = () => reject(signal.reason)
      signal.addEventListener("abort", stop, { once: true })
      look(name, { all: true }, (error, addresses) => {
        const answers = Array.isArray(addresses) ? addresses : []
        const [first] = answers
        // Where a name means this machine twice, most servers listen to the older address alone.
        const best = first?.address === "::1" ? (answers.find(({ family }) => family === 4) ?? first) : first
        if (error instanceof HttpFault) reject(error)
        else if (error || !best) reject(new HttpFault("name", `${name} has no address`, { cause: error }))
        else found({ address: best.address, family: best.family === 6 ? 6 : 4 })
      })
    })
  } finally {
    signal.removeEventListener("abort", stop)
  }
}
