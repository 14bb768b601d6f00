export const dynamic = "force-dynamic"

/** The process is alive. It asks nothing of the database, so that a restart is not the answer to a lost connection. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } })
}
