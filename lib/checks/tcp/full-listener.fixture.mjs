// Listens with the shortest queue and then stands still, so that nothing is taken out of it.
import { createServer } from "node:net"

const LONGEST_MS = 20_000
const server = createServer()
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
  process.send?.(server.address().port, () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LONGEST_MS)
    process.exit()
  })
})
