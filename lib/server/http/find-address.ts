import { HttpFault } from "@/lib/checks/ports"
import { guardedLookup, type Resolve } from "./guarded-lookup"
import { fencedHost } from "./request-fence"

/**
 * The address that a host stands for, if the fence lets it through. To be connected to as it is: asked again, a name may
 * mean something else. Rejects with HttpFault (`invalid`, `refused`, `name`) or the signal's reason.
 */
export function findAddress(
  host: string,
  { allowPrivateNetwork, signal, resolve }: { allowPrivateNetwork: boolean; signal: AbortSignal; resolve?: Resolve },
): Promise<{ address: string; family: 4 | 6 }> {
  return new Promise((found, reject) => {
    signal.throwIfAborted()
    signal.addEventListener("abort", () => reject(signal.reason), { once: true })
    const name = fencedHost(host, allowPrivateNetwork)
    guardedLookup(allowPrivateNetwork, resolve)(name, { all: true }, (error, addresses) => {
      const [first] = Array.isArray(addresses) ? addresses : []
      if (error instanceof HttpFault) reject(error)
      else if (error || !first) reject(new HttpFault("name", `${name} has no address`, { cause: error }))
      else found({ address: first.address, family: first.family === 6 ? 6 : 4 })
    })
  })
}
