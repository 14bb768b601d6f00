import { readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import pg from "pg"
import { afterAll, describe, expect, inject, test } from "vitest"
import { findRunningPostgres } from "./find-running"
import { isAlive, readPostmaster } from "./postmaster-pid"
import { type EmbeddedPostgres, startPostgres } from "./start-postgres"

const dataDirectory = join(inject("runDirectory"), "embedded", "postgres")
const servers: EmbeddedPostgres[] = []
afterAll(async () => {
  for (const server of servers) await server.stop()
})

async function start(): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ dataDirectory, durable: true })
  servers.push(server)
  return server
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

describe("the embedded server", () => {
  test("starts on an empty folder, keeps time in UTC and text in UTF-8, and syncs", async () => {
    const server = await start()
    expect(server.started).toBe(true)
    const url = server.url("postgres")
    expect(await ask(url, "SHOW server_encoding")).toBe("UTF8")
    expect(await ask(url, "SHOW timezone")).toBe("UTC")
    expect(await ask(url, "SHOW fsync")).toBe("on")
    expect(await ask(url, "SHOW listen_addresses")).toBe("127.0.0.1")
  })

  test("asks for a password that only its owner can read", async () => {
    const running = await findRunningPostgres(dataDirectory, "postgres")
    expect(await ask(running ?? "", "SELECT 1")).toBe(1)
    const wrong = new URL(running ?? "")
    wrong.password = "guessed"
    await expect(ask(wrong.href, "SELECT 1")).rejects.toThrow(/password/)
    expect((await stat(`${dataDirectory}.password`)).mode & 0o777).toBe(0o600)
  })

  test("a server that runs on the folder already is taken over", async () => {
    const [first] = servers
    const second = await start()
    expect(second).toMatchObject({ started: false, pid: first?.pid, port: first?.port })
  })

  test("stops, and what was written is there at the next start", async () => {
    await ask(servers[0]?.url("postgres") ?? "", "CREATE TABLE kept AS SELECT 42 AS n")
    await servers[0]?.stop()
    expect(await readPostmaster(dataDirectory)).toBeNull()
    expect(isAlive(servers[0]?.pid ?? 0)).toBe(false)
    const server = await start()
    expect(server.started).toBe(true)
    expect(await ask(server.url("postgres"), "SELECT n FROM kept")).toBe(42)
  })

  test("a pid file that names another program hinders nothing", async () => {
    const server = servers.at(-1)
    const text = await readFile(join(dataDirectory, "postmaster.pid"), "utf8")
    server?.kill()
    while (await readPostmaster(dataDirectory)) await new Promise((resolve) => setTimeout(resolve, 20))
    // As after a restart of the machine: the pid belongs to somebody else by now, here to this test.
    await writeFile(join(dataDirectory, "postmaster.pid"), text.replace(/^\d+/, String(process.pid)))
    const again = await start()
    expect(again.started).toBe(true)
    expect(await ask(again.url("postgres"), "SELECT n FROM kept")).toBe(42)
  })
})
