import { spawn } from "node:child_process"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { createConnection, createServer } from "node:net"

/** Megabytes a second from a process's output through a socket on loopback, with nothing done to them: the floor. */
export async function measureSocketFloor(megabytes: number): Promise<number> {
  let received = 0
  const server = createServer((socket) => {
    socket.on("data", (chunk: Buffer) => {
      received += chunk.length
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const socket = createConnection((server.address() as AddressInfo).port, "127.0.0.1")
  const began = performance.now()
  const cat = spawn("head", ["-c", String(megabytes * 1e6), "/dev/zero"], { stdio: ["ignore", "pipe", "inherit"] })
  cat.stdout.pipe(socket)
  await once(socket, "close")
  while (received < megabytes * 1e6) await new Promise((resolve) => setTimeout(resolve, 1))
  const seconds = (performance.now() - began) / 1_000
  server.close()
  return Number((megabytes / seconds).toFixed(0))
}
