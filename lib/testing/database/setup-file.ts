import { randomBytes } from "node:crypto"
import { mkdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, inject } from "vitest"
import { createTestDatabase } from "./create-test-database"

// Before the test file is loaded: what reads the environment when it is imported finds a database of its own there.
const database = await createTestDatabase()
const dataDirectory = join(inject("runDirectory"), database.name)
await mkdir(dataDirectory, { recursive: true })

Object.assign(process.env, {
  DATABASE_URL: database.url,
  TEST_REDIS_URL: inject("redisUrl"),
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
  GOLIVE_SECRET_KEY: randomBytes(32).toString("base64"),
  GOLIVE_DATA_DIR: dataDirectory,
  LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
})
// Redis is opted into by the test that is about it.
delete process.env.REDIS_URL

// Registered first, hence run last: after the test file has closed its connections.
afterAll(async () => {
  await database.drop()
  await rm(dataDirectory, { recursive: true, force: true })
})
