const baseUrl = (process.env.BASE_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "")
const LIMIT_MS = 500

const began = performance.now()
try {
  const response = await fetch(`${baseUrl}/api/auth/status`, { signal: AbortSignal.timeout(5_000) })
  const tookMs = Math.round(performance.now() - began)
  const database = response.ok ? (await response.json()).database : `status ${response.status}`
  process.stdout.write(`data store: ${database}, answered in ${tookMs} ms (limit ${LIMIT_MS} ms)\n`)
  process.exitCode = database === "ok" && tookMs <= LIMIT_MS ? 0 : 1
} catch (error) {
  process.stdout.write(`data store: not reachable, ${error.cause?.code ?? error.message}\n`)
  process.exitCode = 1
}
