import { join } from "node:path"
import pg from "pg"
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from "vitest"
import type { EmbeddedPostgres } from "@/lib/server/embedded/start-postgres"
import { createCertificateAuthority } from "@/lib/strategies/local/host/certificates/certificate-authority"
import { said, type Tried, tryCheck } from "@/lib/testing/conformance/try-check"
import { startStrictPostgres } from "@/lib/testing/servers/start-strict-postgres"
import { stableResult } from "../answer"
import { serverRoom } from "../tls/server-room.fixture"

const url = process.env.DATABASE_URL ?? ""
const room = serverRoom()
const authority = await createCertificateAuthority("Golive database authority")
const admin = new pg.Client({ connectionString: url })
let strict: EmbeddedPostgres

beforeAll(async () => {
  const issued = await authority.issue({ names: ["localhost"] })
  const [started] = await Promise.all([
    startStrictPostgres(join(inject("runDirectory"), "strict-postgres"), {
      ...{ cert: issued.certPem, key: issued.keyPem, connections: 20 },
    }),
    admin.connect(),
  ])
  strict = started
})
afterEach(() => vi.unstubAllEnvs())
afterAll(async () => {
  await strict?.stop()
  await admin.end()
  await room.close()
})

function ask(query: object, more: object = {}, options: Parameters<typeof tryCheck>[2] = {}): Promise<Tried> {
  return tryCheck("postgres", { url, query, timeout: "3s", ...more }, options)
}

/** Nobody of these checks is connected any more. */
async function untilGone(): Promise<void> {
  const sql = `SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE application_name = 'golive-check' AND datname = current_database()`
  await vi.waitFor(async () => expect((await admin.query(sql)).rows[0].n).toBe(0), { timeout: 5_000 })
}

describe("the way to the database", () => {
  const query = { sql: "SELECT 1 AS one", expect: [{ column: "one", equals: 1 }] }
  const to = (change: (url: URL) => void, base = url) => {
    const changed = new URL(base)
    change(changed)
    return changed.href
  }

  test("refused, hanging up, silent, nameless, fenced off", async () => {
    expect(said(await ask(query, { url: "postgresql://u:p@127.0.0.1:1/d" }))).toEqual([
      "bad Connection: open / connection refused",
    ])
    const closing = await room.plain((socket) => socket.destroy())
    expect(said(await ask(query, { url: `postgresql://u:p@127.0.0.1:${closing}/d` }))).toEqual([
      "bad Connection: open / the connection was closed",
    ])
    const silent = await room.plain((socket) => socket.resume())
    const late = await ask(query, { url: `postgresql://u:p@127.0.0.1:${silent}/d`, timeout: "300ms" })
    expect(said(late)).toEqual(["bad Answer: within 300 ms / none within 300 ms"])
    expect(said(await ask(query, { url: "postgresql://u:p@no-such-name.invalid/d" }))).toEqual([
      "bad Connection: open / no-such-name.invalid has no address",
    ])
    expect(await ask(query, {}, { allowPrivateNetwork: false })).toMatchObject({
      outcome: "errored",
      summary: expect.stringContaining("loopback"),
    })
    await vi.waitFor(() => expect(room.sockets.size).toBe(0))
  })

  test("a stop ends it at once", async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 150)
    const result = await ask({ sql: "SELECT pg_sleep(2)" }, { timeout: "20s" }, { signal: stop.signal })
    expect(result).toMatchObject({ outcome: "errored", summary: "Stopped before it ended" })
    expect(result.tookMs).toBeLessThan(1_500)
  })

  test("wrong password, no password, no such database, no such user", async () => {
    const good = strict.url("postgres")
    expect((await ask(query, { url: good })).outcome).toBe("passed")
    const wrong = await ask(query, { url: to((at) => (at.password = "guessed-Pa55"), good) })
    expect(said(wrong)).toEqual(["bad Sign-in: golive is let in / user name or password refused"])
    expect(JSON.stringify(wrong)).not.toContain("guessed-Pa55")
    // The driver would take these, where the address says nothing.
    vi.stubEnv("PGPASSWORD", new URL(good).password)
    vi.stubEnv("PGOPTIONS", "-c search_path=nowhere")
    vi.stubEnv("PGSSLNEGOTIATION", "direct")
    vi.stubEnv("PGUSER", "golive")
    const none = await ask(query, { url: to((at) => (at.password = ""), good) })
    expect(none).toMatchObject({
      outcome: "errored",
      summary: "The server asks for a password, and the address holds none",
    })
    expect(
      (await ask({ sql: "SHOW search_path", expect: [{ column: "search_path", equals: '"$user", public' }] })).outcome,
    ).toBe("passed")
    const noUser = await ask(query, { url: to((at) => (at.username = ""), good) })
    expect(noUser.summary).toBe("The address names no user")
    expect(said(await ask(query, { url: to((at) => (at.pathname = "/missing"), url) }))).toEqual([
      "bad Database: missing / does not exist",
    ])
  })

  test("TLS: asked for, verified by name and authority, off", async () => {
    const good = strict.url("postgres")
    const encrypted = {
      sql: "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
      expect: [{ column: "ssl", equals: true }],
    }
    const named = to((at) => (at.hostname = "localhost"), good)
    for (const way of [
      ...[{ url: good }, { url: good, tls: "require" }, { url: `${good}?sslmode=require` }],
      ...[
        { url: named, ca: authority.caPem },
        { url: `${named}?sslmode=verify-full`, ca: authority.caPem.replaceAll("\n", "\\n") },
      ],
    ]) {
      expect(await ask(encrypted, way), JSON.stringify(way)).toMatchObject({ outcome: "passed" })
    }
    for (const way of [{ url: good, tls: "off" }, { url: `${good}?sslmode=disable` }]) {
      expect(said(await ask(encrypted, way))).toEqual(["bad Column ssl: true / false"])
    }
    expect(said(await ask(encrypted, { url: named, tls: "verify" }))).toEqual([
      "bad Certificate: valid for localhost / it comes from an authority that is not trusted",
    ])
    expect(said(await ask(encrypted, { url: good, ca: authority.caPem }))).toEqual([
      "bad Certificate: valid for 127.0.0.1 / it is for another host",
    ])
    expect(said(await ask(encrypted, { tls: "require" }))).toEqual(["bad TLS: agreed on / the server offers none"])
    expect(await ask(encrypted, { url: named, ca: "none" })).toMatchObject({ outcome: "errored" })
  })

  test("nothing in an address leads elsewhere or to a file", async () => {
    const port = new URL(url).port
    for (const [address, words] of [
      [`${url}?host=/var/run/postgresql`, "`host`"],
      [`${url}?hostaddr=10.0.0.1`, "`hostaddr`"],
      [`${url}?port=1`, "`port`"],
      [`${url}?sslrootcert=/etc/passwd`, "`sslrootcert`"],
      [`${url}?sslkey=/etc/passwd&sslcert=/etc/passwd`, "`sslkey`"],
      [`${url}?service=x`, "`service`"],
      [`${url}?passfile=/etc/passwd`, "`passfile`"],
      [`${url}?options=-c%20statement_timeout%3D0`, "`options`"],
      [`${url}?sslmode=disable&sslmode=require`, "`sslmode` twice"],
      [`${url}?sslmode=sometimes`, "`sslmode` that does not exist"],
      [`postgresql://u:p@127.0.0.1:${port},10.0.0.1:5432/d`, "several hosts"],
      ["postgresql://u:p@a,b/d", "several hosts"],
      ["postgresql://u:p@%2Fvar%2Frun/d", "a socket"],
      ["postgresql://u:p@/d", "cannot be read"],
      ["postgresql:///d", "no host"],
      ["postgresql://u%00options:p@127.0.0.1/d", "a NUL"],
      ["postgresql://u:p%ZZ@127.0.0.1/d", "%25"],
      ["postgresql://u:p#w@127.0.0.1/d", "%23"],
      ["/var/run/postgresql mydb", "must begin with"],
      ["socket:/var/run/postgresql?db=x", "must begin with"],
      ["mysql://u:p@127.0.0.1/d", "must begin with"],
      ["postgresql://u:p@127.0.0.1:99999/d", "cannot be read"],
      ["postgresql://u:p@127.0.0.1:0/d", "no port"],
      ["postgresql://u:p@169.254.169.254/d", "link-local"],
    ] as const) {
      const result = await ask(query, { url: address })
      expect(result, address).toMatchObject({ outcome: "errored", summary: expect.stringContaining(words) })
    }
    // What only says how a client behaves is heeded or does no harm.
    await admin.query("CREATE SCHEMA IF NOT EXISTS app")
    const prisma = `${url}?schema=app&connection_limit=3&pool_timeout=5&pgbouncer=true&application_name=x`
    const path = { sql: "SHOW search_path", expect: [{ column: "search_path", equals: '"app"' }] }
    expect(await ask(path, { url: prisma })).toMatchObject({ outcome: "passed" })
  })

  test("the password is nowhere, also where the whole address is the secret", async () => {
    const secret = strict.url("postgres")
    const result = await ask(
      { sql: "SELECT no_such_column" },
      { url: "{{secret.DATABASE_URL}}" },
      {
        ...{ variables: { secret: { DATABASE_URL: secret } }, secrets: [secret] },
      },
    )
    expect(result.outcome).toBe("failed")
    expect(JSON.stringify(result)).not.toContain(new URL(secret).password)
  })
})

describe("many connections", () => {
  const pool = (at: string, settings: object, timeout = "8s") =>
    tryCheck("postgres", { url: at, pool: settings, timeout })

  test("120 at once", async () => {
    const result = await pool(url, {})
    expect(result.outcome).toBe("passed")
    expect(said(result)).toEqual(["ok Connections: 120 at the same time / 120", "ok Answers: 120 in time / 120"])
    const facts = result.blocks.find((block) => block.type === "facts")
    expect(facts?.type === "facts" && facts.facts).toContainEqual({
      label: "max_connections",
      value: "200",
      verdict: "neutral",
    })
    await untilGone()
    expect(stableResult(await pool(url, {}))).toEqual(stableResult(result))
  })

  test("they are open at the same time: the server sees all of them", async () => {
    const running = pool(url, { connections: 30, hold: "1s" })
    await vi.waitFor(async () => {
      const { rows } = await admin.query(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'golive-check' AND query LIKE '%pg_sleep(1)%' AND state = 'active' AND pid <> pg_backend_pid()",
      )
      expect(rows[0].n).toBe(30)
    })
    expect((await running).outcome).toBe("passed")
    await untilGone()
  })

  test("a server that takes fewer: how many were let in, and what the others were told", async () => {
    const result = await pool(strict.url("postgres"), {})
    expect(result.outcome).toBe("failed")
    expect(said(result)).toEqual([
      "bad Connections: 120 at the same time / 20 of 120, then: sorry, too many clients already",
      "bad Answers: 120 in time / 20 of 120",
    ])
    expect(result.blocks).toContainEqual(
      expect.objectContaining({
        title: "What the others were told",
        rows: [["sorry, too many clients already", "100"]],
      }),
    )
    const facts = result.blocks.find((block) => block.type === "facts")
    const shown = Object.fromEntries(
      facts?.type === "facts" ? facts.facts.map(({ label, value }) => [label, value]) : [],
    )
    expect(shown).toMatchObject({
      ...{ max_connections: "20", superuser_reserved_connections: "3", "open before": "1", Encrypted: "yes" },
    })
    expect(await pool(strict.url("postgres"), { connections: 15 })).toMatchObject({ outcome: "passed" })
  })

  test("answers that do not come in time", async () => {
    const result = await pool(url, { connections: 10, hold: "20s" }, "700ms")
    expect(said(result)).toEqual([
      "ok Connections: 10 at the same time / 10",
      "bad Answers: 10 in time / 0 of 10, then: no answer within 700 ms",
    ])
  })
})
