import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { freePort } from "./free-port"

export interface Nginx {
  url: string
  /** The program, and where its settings begin: what reloads it needs both. */
  program: string
  prefix: string
  /** Names the server behind it; what is written here counts after a reload. */
  upstreamFile: string
  stop(): Promise<void>
}

/** A real nginx in front of one address, on a port and in a folder of its own. `firstPort`: where it sends requests at first. */
export async function startNginx(firstPort: number): Promise<Nginx> {
  const program = process.env.NGINX_SERVER ?? "nginx"
  const prefix = await mkdtemp(join(tmpdir(), "golive-nginx-"))
  await chmod(prefix, 0o755)
  await mkdir(join(prefix, "temp"))
  const port = await freePort()
  const upstreamFile = join(prefix, "upstream.conf")
  await writeFile(upstreamFile, upstreamTo(firstPort))
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path temp/${name};`)
  await writeFile(
    join(prefix, "nginx.conf"),
    `daemon off; worker_processes 1; pid nginx.pid; error_log error.log warn;
events { worker_connections 512; }
http {
  access_log off; ${temp.join(" ")}
  include upstream.conf;
  server { listen 127.0.0.1:${port}; location / { proxy_pass http://service; } }
}
`,
  )
  const child = spawn(program, ["-p", prefix, "-e", "error.log", "-c", "nginx.conf"], { stdio: "ignore" })
  const exited = once(child, "exit")
  await untilOpen(port)
  return {
    ...{ url: `http://127.0.0.1:${port}`, program, prefix, upstreamFile },
    stop: async () => {
      child.kill("SIGTERM")
      await exited
      await rm(prefix, { recursive: true, force: true })
    },
  }
}

export function upstreamTo(port: number): string {
  return `upstream service { server 127.0.0.1:${port}; }\n`
}

async function untilOpen(port: number): Promise<void> {
  for (let n = 0; n < 200; n += 1) {
    const socket = connect(port, "127.0.0.1")
    const open = await Promise.race([once(socket, "connect"), once(socket, "close")]).then(
      () => !socket.connecting && !socket.destroyed,
      () => false,
    )
    socket.destroy()
    if (open) return
    await delay(25)
  }
  throw new Error(`nginx does not listen on ${port}`)
}
