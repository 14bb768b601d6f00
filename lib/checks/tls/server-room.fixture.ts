import { createServer as createPlainServer, type Server, type Socket } from "node:net"
import { createServer, type TlsOptions } from "node:tls"

/** Servers on loopback that are closed together, with every connection that is left. */
export function serverRoom() {
  const servers: Server[] = []
  const sockets = new Set<Socket>()

  async function listen(server: Server): Promise<number> {
    server.on("connection", (socket: Socket) => {
      sockets.add(socket)
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    servers.push(server)
    return (server.address() as { port: number }).port
  }

  return {
    sockets,
    tls(options: TlsOptions): Promise<number> {
      const server = createServer(options, (socket) => socket.on("error", () => undefined).end("hello"))
      return listen(server.on("tlsClientError", () => undefined))
    },
    plain: (onSocket: (socket: Socket) => void): Promise<number> => listen(createPlainServer(onSocket)),
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}
