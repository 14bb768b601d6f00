import { createSocket } from "node:dgram"
import { createServer, type Socket } from "node:net"
import packet, { type Answer, type DecodedPacket } from "dns-packet"

/** What is answered to a question such as `A postd.example`: records, a code, or silence. */
export type Zone = (question: string) => Answer[] | "NXDOMAIN" | "SERVFAIL" | "REFUSED" | "TRUNCATED" | null

const CODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }

/** A real name server on loopback; over TCP where an answer was too long for a datagram. */
export async function startNameServer(zone: Zone) {
  const asked: string[] = []

  function answer(question: Buffer, overTcp: boolean): Buffer | null {
    const { id, questions } = packet.decode(question) as DecodedPacket
    const [first] = questions ?? []
    const text = `${first?.type} ${first?.name}`
    asked.push(overTcp ? `${text} (TCP)` : text)
    const found = zone(text)
    if (found === null) return null
    const code = typeof found === "string" && found !== "TRUNCATED" ? CODES[found] : 0
    const flags = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | code
    const answers = typeof found === "string" ? [] : found
    const cut = found === "TRUNCATED" ? packet.TRUNCATED_RESPONSE : 0
    return packet.encode({ type: "response", id, flags: flags | cut, questions, answers })
  }

  const udp = createSocket("udp4", (question, { port, address }) => {
    const bytes = answer(question, false)
    if (bytes) udp.send(bytes, port, address)
  })
  await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve))
  const { port } = udp.address()
  const sockets = new Set<Socket>()
  const tcp = createServer((socket) => {
    sockets.add(socket)
    socket
      .on("error", () => undefined)
      .on("data", (data: Buffer) => {
        const bytes = answer(data.subarray(2), true)
        const length = Buffer.alloc(2)
        length.writeUInt16BE(bytes?.length ?? 0)
        if (bytes) socket.write(Buffer.concat([length, bytes]))
      })
  })
  await new Promise<void>((resolve) => tcp.listen(port, "127.0.0.1", resolve))
  return {
    server: `127.0.0.1:${port}`,
    asked,
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy()
      await Promise.all([
        new Promise<void>((resolve) => udp.close(resolve)),
        new Promise((resolve) => tcp.close(resolve)),
      ])
    },
  }
}
