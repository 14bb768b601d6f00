import { randomBytes } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"

// Signs up made-up people, each of whom is owed a verification e-mail, and waits until the queue has worked off all of them.
const baseUrl = (process.env.BASE_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "")
const jobs = Number(process.env.JOBS ?? 50)
/** So long without a job being done means that nobody does them. */
const PATIENCE_MS = 5_000
const mark = randomBytes(6).toString("hex")

const before = await queue()
const added = (await Promise.all(Array.from({ length: jobs }, (_, n) => signUp(n)))).filter(Boolean).length
let now = await queue()
let movedAt = Date.now()
while ((now.depth > 0 || now.done < before.done + jobs) && Date.now() - movedAt < PATIENCE_MS) {
  await delay(200)
  const { done } = now
  now = await queue()
  if (now.done !== done) movedAt = Date.now()
}
const good = added === jobs && now.done >= before.done + jobs && now.depth === 0
process.stdout.write(`${added} jobs added, ${now.done - before.done} processed, ${now.depth} left in the queue\n`)
process.exitCode = good ? 0 : 1

async function queue() {
  const { depth, processed } = await (await fetch(`${baseUrl}/api/queue`)).json()
  return { depth, done: processed["verification-email"] ?? 0 }
}

async function signUp(n) {
  const person = { email: `queue-${mark}-${n}@example.com`, password: randomBytes(12).toString("hex") }
  const response = await fetch(`${baseUrl}/api/auth/signup`, { method: "POST", body: JSON.stringify(person) })
  return response.status === 201
}
