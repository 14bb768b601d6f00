import { generateKeyPairSync, randomBytes } from "node:crypto"
import { symlink } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { stableResult } from "@/lib/checks/answer"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { findSecrets } from "./find-secrets"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

/** In pieces, so that nothing in this file looks like one. */
const letters = (count: number) =>
  randomBytes(count)
    .toString("base64")
    .replace(/[^A-Za-z0-9]/g, "x")
    .slice(0, count)
const pem = { format: "pem" } as const
const rsa = generateKeyPairSync("rsa", { modulusLength: 1_024 }).privateKey.export({ ...pem, type: "pkcs1" })
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ ...pem, type: "sec1" })
const modern = generateKeyPairSync("rsa", { modulusLength: 1_024 }).privateKey.export({ ...pem, type: "pkcs8" })
const PLANTED: Record<string, [secret: string, rule: RegExp]> = {
  "AWS access key": [`AK${"IA"}YVP4CIPPERUVIFXG`, /^aws: AWSAccessKeyID$/],
  "AWS secret": [`AWS_SECRET_${"ACCESS"}_KEY=${letters(40)}`, /^aws: AWSSecretAccessKey$/],
  "GitHub token": [`gh${"p_"}${letters(36)}`, /^github: GITHUB_TOKEN$/],
  "RSA key": [String(rsa), /^privatekey: PrivateKey$/],
  "elliptic key": [String(elliptic), /^privatekey: PrivateKey$/],
  "PKCS #8 key": [String(modern), /^privatekey: PrivateKey$/],
  "Slack webhook": [
    `https://hooks.${"slack"}.com/services/T00000000/B00000000/${letters(24)}`,
    /^slack: IncomingWebhook$/,
  ],
  "Slack token": [`xox${"b-"}123456789012-123456789012-${letters(24)}`, /^slack: SLACK_TOKEN$/],
  "npm token": [`np${"m_"}${letters(36)}`, /^npm: NPM_ACCESS_TOKEN$/],
  "password in an address": [`https://someone:${letters(12)}@host.internal.com`, /^basicauth: BasicAuth$/],
  "database address": [`postgres${"://"}app:${letters(12)}@db.internal.com/app`, /^database-connection-string: /],
  "Anthropic key": [`sk-${"ant"}-api03-${letters(93)}AA`, /^anthropic: ANTHROPIC_API_KEY$/],
  "SendGrid key": [`S${"G."}${letters(22)}.${letters(43)}`, /^sendgrid: SENDGRID_KEY$/],
}

const secretOf = (name: string) => PLANTED[name]?.[0] ?? ""

describe("in a text", () => {
  test.each(Object.entries(PLANTED))("a planted %s is found", async (_, [secret, rule]) => {
    const found = await findSecrets("src/a.ts", `const a = 1\n// secretlint-${"disable"}\nconst b = "${secret}"\n`)
    expect(found).toMatchObject([{ line: 3, rule: expect.stringMatching(rule), file: "src/a.ts" }])
    const again = await findSecrets("other.txt", `\n\n\n\n${secret}\n`)
    expect(again[0]?.fingerprint).toBe(found[0]?.fingerprint)
  })

  test("ordinary code has none", async () => {
    const text = [
      'import { a } from "https://deno.land/std@0.200.0/path/mod.ts"',
      "integrity sha512-0HbmuV+kPBhqZyn2AYIyBMtkQLJhO0rnvJPPxW4n3m2ZtUWg6Zxxpqq3mXQ8AyhPQ4gYYHcHGKaPuE7kO3XvGw==",
      "commit 0123456789abcdef0123456789abcdef01234567",
      `const url = \`https://\${user}:\${password}@host\``,
      'password: process.env.PASSWORD ?? ""',
      "DATABASE_URL=postgres://localhost:5432/app",
      "8f14e45f-ceea-467f-a8f0-b2a4b9a8c6d1",
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
    ]
    expect(await findSecrets("a.ts", text.join("\n"))).toEqual([])
  })
})

describe("in a repository", () => {
  let source: Awaited<ReturnType<typeof makeRepository>>
  let clean: string
  let commit: string
  beforeAll(async () => {
    source = await makeRepository({ "old.txt": `${secretOf("npm token")}\n`, "a.ts": "const a = 1\n" })
    await source.commit({ "old.txt": "gone\n" })
    clean = await source.git("rev-parse", "HEAD")
    await symlink("/etc/hostname", join(source.directory, "link"))
    commit = await source.commit({
      "src/config.ts": `const a = 1\nconst token = "${secretOf("GitHub token")}"\n`,
      "src/again.ts": `// first\n// "${secretOf("GitHub token")}" and "${secretOf("GitHub token")}"\n`,
      "test/fixtures/key.pem": secretOf("RSA key"),
      "né w.env": `SLACK=${secretOf("Slack webhook")}\n`,
      "image.bin": `\0\0${secretOf("AWS access key")}`,
      "large.txt": `${"x".repeat(2 * 1024 * 1024)}${secretOf("AWS access key")}`,
    })
  })
  afterAll(() => source.remove())

  const check = (config: Record<string, unknown> = {}, options = {}) =>
    tryCheck("secrets-scan", config, { repository: source.directory, commit, ...options })
  const expectSilent = (result: Awaited<ReturnType<typeof check>>) => {
    for (const [secret] of Object.values(PLANTED)) {
      const body = secret.split("\n").sort((a, b) => b.length - a.length)[0] ?? secret
      expect(JSON.stringify(result)).not.toContain(body)
    }
  }

  test("each is told by its place, its rule and its fingerprint, and never shown", async () => {
    const result = await check()
    expect(said(result)).toEqual([
      expect.stringMatching(/^bad né w\.env: no secret \/ slack: IncomingWebhook, fingerprint [0-9a-f]{8}$/),
      expect.stringMatching(/^bad src\/again\.ts: no secret \/ github: GITHUB_TOKEN, fingerprint [0-9a-f]{8}$/),
      expect.stringMatching(/^bad src\/config\.ts: no secret \/ github: GITHUB_TOKEN, fingerprint [0-9a-f]{8}$/),
      expect.stringMatching(/^bad test\/fixtures\/key\.pem: no secret \/ privatekey: PrivateKey, fingerprint/),
    ])
    expect(result.blocks).toContainEqual(
      expect.objectContaining({
        title: "Secrets",
        rows: expect.arrayContaining([["src/config.ts:2", "github: GITHUB_TOKEN", "40 characters", expect.anything()]]),
      }),
    )
    expect(result.log).toContain("6 files looked at, 1 binary and 1 large ones skipped")
    expectSilent(result)
    expect(stableResult(await check())).toEqual(stableResult(result))
    expect(result.leftBehind).toEqual([])
  })

  test("a line that moves changes nothing, another secret does", async () => {
    const before = stableResult(await check())
    const moved = await source.commit({ "src/config.ts": `\n\n\nconst token = "${secretOf("GitHub token")}"\n` })
    expect(stableResult(await check({}, { commit: moved }))).toEqual(before)
    const other = await source.commit({ "src/config.ts": `const token = "gh${"p_"}${letters(36)}"\n` })
    expect(stableResult(await check({}, { commit: other }))).not.toEqual(before)
  })

  test("may be left out or allowed, with a reason", async () => {
    const found = await check()
    const github = /fingerprint (\w{8})/.exec(said(found)[1] ?? "")?.[1] ?? ""
    const result = await check({
      exclude: ["test/fixtures/**"],
      allow: [
        { fingerprint: github, reason: "Was revoked" },
        { pattern: "^https://hooks\\.", reason: "A webhook of nobody" },
      ],
    })
    expect(result).toMatchObject({ outcome: "passed", summary: "No secrets in 5 files (2 skipped)" })
    expect(JSON.stringify(result.blocks)).toContain("Was revoked")
    expectSilent(result)
    expect((await check({ files: ["*.ts"] })).outcome).toBe("passed")
    const slow = await check({ allow: [{ pattern: "^(([a-z0-9])+.)+[A-Z]([a-z0-9])+$!", reason: "slow" }] })
    expect(slow.outcome).not.toBe("passed")
    expect(await check({ allow: [{ pattern: "x" }] })).toMatchObject({ outcome: "errored" })
  })

  test("of which nothing is looked at proves nothing", async () => {
    expect(said(await check({ files: ["gone/**"] }))).toEqual(["bad Files looked at: at least one of gone/** / none"])
  })

  test("what came and went is found in its history, as far back as asked", async () => {
    expect((await check({}, { commit: clean })).outcome).toBe("passed")
    const result = await check({ history: 50 }, { commit: clean })
    expect(said(result)).toEqual([
      expect.stringMatching(/^bad old\.txt \(in its history\): no secret \/ npm: NPM_ACCESS_TOKEN, fingerprint \w{8}$/),
    ])
    expect(result.blocks).toContainEqual(
      expect.objectContaining({
        rows: [
          [`old.txt:1 in ${source.first.slice(0, 12)}`, "npm: NPM_ACCESS_TOKEN", "40 characters", expect.anything()],
        ],
      }),
    )
    expectSilent(result)
    expect((await check({ history: 1 }, { commit: clean })).outcome).toBe("passed")
    expect((await check({ history: 50, exclude: ["old.*"] }, { commit: clean })).outcome).toBe("passed")
    expect(said(await check({ history: 50 })).filter((line) => line.includes("history"))).toHaveLength(1)
  })

  test("a stop ends it", async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 60)
    const result = await check({ history: 50 }, { signal: stop.signal })
    expect(result).toMatchObject({ outcome: "errored", summary: "Stopped before it ended", leftBehind: [] })
  })
})
