import { defineConfig } from "prisma/config"

// The Prisma CLI fetches a native engine unless it is told that it has one. Generating a client uses none, and migrations
// are applied by the WebAssembly engine (lib/server/migrate), so any existing file will do.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://127.0.0.1:5432/golive" },
})
