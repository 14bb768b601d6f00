import { subscribe, unsubscribe } from "node:diagnostics_channel"
import type { Socket } from "node:net"
import { whyAddressRefused } from "./address-fence"

/** Every address that this process tries to connect to, as Node itself reports it. */
export function watchConnections() {
  const addresses: string[] = []
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket }
    socket.on("connectionAttempt", (address: string) => addresses.push(address))
  }
  subscribe("net.client.socket", onSocket)
  return {
    addresses,
    /** What was tried outside of this machine. */
    outside: () => addresses.filter((address) => !(whyAddressRefused(address, false) ?? "").includes("loopback")),
    end: () => unsubscribe("net.client.socket", onSocket),
  }
}
