import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { classifyMigration } from "./classify-migration"
import { isMigration } from "./migration-paths"
import { codeOnlyRollback, judgeMigration } from "./release-changes"
import { repositoryUrl } from "./repository-url"
import { splitSql } from "./split-sql"

describe("a migration only adds", () => {
  test.each([
    ["nothing", ""],
    ["comments alone", "-- DROP TABLE a;\n/* DROP TABLE b; /* nested */ */"],
    ["a table", 'CREATE TABLE "a" ("id" INT NOT NULL, CONSTRAINT "a_pkey" PRIMARY KEY ("id"));'],
    ["an index", 'CREATE INDEX CONCURRENTLY "i" ON "a" ("id");'],
    ["a column that may be empty", 'ALTER TABLE "a" ADD COLUMN "b" TEXT, ADD COLUMN "c" DECIMAL(10, 2);'],
    ["a column with a value by itself", "ALTER TABLE a ADD COLUMN b INT NOT NULL DEFAULT 0"],
    ["words in a string", "COMMENT ON TABLE a IS 'DROP TABLE a; it''s fine';"],
    ["a body in dollars", "CREATE FUNCTION f() RETURNS void AS $x$ DELETE FROM a; $x$ LANGUAGE sql;"],
    ["settings and a transaction", "BEGIN; SET lock_timeout = '1s'; CREATE TYPE t AS ENUM ('a'); COMMIT;"],
  ])("%s", (_, sql) => {
    expect(classifyMigration("prisma/migrations/1/migration.sql", sql)).toEqual({ safe: true })
  })
})

describe("a migration after which the version before may not work", () => {
  test.each([
    ["DROP TABLE a;", "it drops"],
    ['ALTER TABLE "a" DROP COLUMN "b";', "it drops"],
    ["ALTER TABLE a ADD COLUMN b INT, DROP COLUMN c", "it drops"],
    ["ALTER TABLE a RENAME COLUMN b TO c", "it renames"],
    ["ALTER TABLE a RENAME TO b", "it renames"],
    ["ALTER TABLE a ALTER COLUMN b SET NOT NULL", "it alters"],
    ["ALTER TABLE a ADD COLUMN b INT NOT NULL", "does not fill"],
    ["ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0)", "adds a constraint"],
    ["CREATE UNIQUE INDEX i ON a (b)", "makes values unique"],
    ["ALTER TYPE t ADD VALUE 'x'", "does not know"],
    ["UPDATE a SET b = 1", "it changes data"],
    ["DELETE FROM a", "it deletes data"],
    ["TRUNCATE a", "it deletes data"],
    ["DO $$ BEGIN DROP TABLE a; END $$", "it changes data"],
    ["CREATE OR REPLACE VIEW v AS SELECT 1", "nobody can tell"],
    ["CREATE TABLE a (); drop table b", "it drops"],
    ["SELECT ';' ; /* x */ DROP TABLE b", "nobody can tell"],
  ])("%s", (sql, words) => {
    const verdict = classifyMigration("db/migrate/1.sql", sql)
    expect(verdict.safe ? "safe" : verdict.why).toContain(words)
  })

  test("a program cannot be read from outside", () => {
    expect(classifyMigration("db/migrate/1_add.rb", "add_column :a, :b, :text")).toMatchObject({ safe: false })
  })

  test("a statement that drops is found wherever it stands among others that add", () => {
    const adds = fc.constantFrom("CREATE TABLE x (a INT)", "SET a = 1", "-- nothing\n", "COMMENT ON TABLE a IS 'x;y'")
    const list = fc.array(adds, { maxLength: 6 })
    fc.assert(
      fc.property(list, list, (before, after) => {
        const sql = [...before, "DROP TABLE gone", ...after].join(";\n")
        expect(classifyMigration("m/migrations/a.sql", sql).safe).toBe(false)
        expect(classifyMigration("m/migrations/a.sql", [...before, ...after].join(";\n")).safe).toBe(true)
      }),
    )
  })
})

test("any text is split, and what is in strings is in no statement", () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void splitSql(text)))
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(splitSql(`SELECT '${text.replaceAll("'", "''")}'; SELECT 2`)).toEqual(["SELECT ''", "SELECT 2"])
    }),
  )
})

test.each([
  ["prisma/migrations/20260101_init/migration.sql", true],
  ["prisma/migrations/migration_lock.toml", false],
  ["app/db/migrate/20260101_add.rb", true],
  ["db/migrations/001.up.sql", true],
  ["db/migrations/001.down.sql", false],
  ["shop/migrations/0002_price.py", true],
  ["shop/migrations/__init__.py", false],
  ["lib/migrations/run.test.ts", false],
  ["migrations.sql", false],
  ["docs/migration-guide.md", false],
])("%s is a migration: %s", (path, wanted) => {
  expect(isMigration(path)).toBe(wanted)
})

test("what a person is told before going back by code alone", () => {
  const adds = judgeMigration("migrations/1.sql", "added", "CREATE TABLE a ()")
  const drops = judgeMigration("migrations/2.sql", "added", "DROP TABLE a")
  const edited = judgeMigration("migrations/0.sql", "changed", "CREATE TABLE a ()")
  const gone = judgeMigration("migrations/0.sql", "removed", null)
  const told = (...migrations: (typeof adds)[]) => codeOnlyRollback({ migrations, straight: true, onlyInFrom: 0 })
  expect(told()).toMatchObject({ safe: true, words: expect.stringContaining("no migration is new") })
  expect(told(adds)).toMatchObject({ safe: true, words: expect.stringContaining("1 new migration, and it only adds") })
  expect(told(adds, drops)).toEqual({
    safe: false,
    words: "A code-only rollback is not safe, because of 1 migration.",
    why: ["migrations/2.sql: it drops what the version before may still use: DROP TABLE a"],
  })
  expect(told(edited, gone).why).toHaveLength(2)
})

test.each([
  ["https://github.com/acme/shop.git", "https://github.com/acme/shop/commit/abc"],
  ["https://user:pass@github.com/acme/shop", "https://github.com/acme/shop/commit/abc"],
  ["git@github.com:acme/shop.git", "https://github.com/acme/shop/commit/abc"],
  ["ssh://git@gitlab.acme.io:2222/a/b/shop.git", "https://gitlab.acme.io/a/b/shop/-/commit/abc"],
  ["/srv/git/shop.git", null],
  ["https://git.acme.io/acme/shop.git", null],
  ["file:///srv/shop", null],
])("commits of %s are read at %s", (repository, wanted) => {
  expect(repositoryUrl(repository)?.commit("abc") ?? null).toBe(wanted)
})
