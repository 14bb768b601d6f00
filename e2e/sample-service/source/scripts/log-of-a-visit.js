import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { join } from "node:path"
import { ROOT } from "./source-files.js"

// Lets a made-up person use the service and writes out everything that the service logs meanwhile, and nothing else.
const LIMIT_MS = 20_000
const env = { ...process.env, PORT: "0", HOST: "127.0.0.1" }
const service = spawn(process.execPath, [join(ROOT, "src", "server.js")], { env, stdio: ["ignore", "pipe", "pipe"] })
const ended = once(service, "close")
const late = setTimeout(() => service.kill("SIGKILL"), LIMIT_MS)
service.stdout.pipe(process.stdout)
service.stderr.pipe(process.stderr)

try {
  const served = await visit(`http://127.0.0.1:${await port()}`)
  if (!served) {
    process.stderr.write("the visitor was not served\n")
    process.exitCode = 1
  }
} finally {
  service.kill("SIGTERM")
  await ended
  clearTimeout(late)
}

async function port() {
  let output = ""
  const found = new Promise((resolve) => {
    service.stdout.on("data", (chunk) => {
      output += chunk
      const [, number] = /"port":(\d+)/.exec(output) ?? []
      if (number) resolve(number)
    })
  })
  const number = await Promise.race([found, ended.then(() => null)])
  if (number === null) throw new Error("the service ended before it listened")
  return number
}

/** Signs up, up again, in with a wrong and with the right password, asks for what is theirs and for what is not there. */
async function visit(baseUrl) {
  const email = `visitor-${randomBytes(8).toString("hex")}@example.com`
  const password = `canary-${randomBytes(8).toString("hex")}`
  const post = (path, value) => fetch(baseUrl + path, { method: "POST", body: JSON.stringify(value) })
  const created = await post("/api/auth/signup", { email, password })
  await post("/api/auth/signup", { email, password })
  await post("/api/auth/login", { email, password: `${password}x` })
  const { access_token: token } = await (await post("/api/auth/login", { email, password })).json()
  const listed = await fetch(`${baseUrl}/api/connectors`, { headers: { Authorization: `Bearer ${token}` } })
  await fetch(`${baseUrl}/api/nonexistent?email=${email}`)
  return created.status === 201 && typeof token === "string" && listed.status === 200
}
