import { generateKeyPairSync, randomBytes } from "node:crypto"
import { rm, unlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { seal, sealPublicKey } from "@/lib/server/crypto/seal"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { withdrawSignature } from "@/lib/server/signoff/withdraw-signature"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, worldPassword } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { bringFile, bundleOf, emptyFolder, run, signWithKey, signWithPassword } from "./bundle.fixture"
import { exportBundle } from "./export-bundle"
import { writeFolder } from "./read-zip.fixture"
import { canonical, verifyBundle } from "./verify.mjs"

const VERIFY = fileURLToPath(new URL("./verify.mjs", import.meta.url))
// Longer than a piece of the store.
const fileBytes = Buffer.from(randomBytes(350_000).toString("hex"))

let world: ConsoleWorld
let id: string
let files: Map<string, Buffer>
let folder: string

beforeAll(async () => {
  world = await consoleWorld()
  id = await world.release()
  // A first round that is void, withdrawn and signed again: a bundle holds all of it.
  await signWithPassword(world, id, "product", worldPassword)
  await signWithKey(world, id, "security")
  const [item] = Object.values((await readReleaseState(id)).items)
  if (!item) throw new Error("there are no items")
  expectDone(
    await patchItem(world.ctx("devops"), id, item.key, { state: "passed", revision: 0, note: "seen\u2028 ünï" }),
  )
  await bringFile(world, id, "load-test.log", fileBytes)
  await signWithPassword(world, id, "devops", worldPassword)
  expectDone(await withdrawSignature(world.ctx("devops"), id, "devops", { reason: "too early" }))
  await signWithPassword(world, id, "product", worldPassword)
  await signWithKey(world, id, "tech_lead")
  await signWithKey(world, id, "security")
  files = await bundleOf(world, id)
  folder = await emptyFolder()
  await writeFolder(folder, files)
})
beforeEach(async () => {
  await prisma.rateLimit.deleteMany({})
})
afterAll(closeConsole)

const named = (pattern: RegExp) => [...files.keys()].filter((file) => pattern.test(file))
const file = (name: string) => files.get(name) ?? Buffer.alloc(0)

describe("a bundle of a release", () => {
  test("verifies in an empty folder, by its own script", async () => {
    const { code, said } = await run("node", ["verify.mjs"], folder)
    expect(said).not.toContain("WRONG")
    expect(code).toBe(0)
    expect(said).toContain("Everything holds.")
    expect(said).toContain("Person tech_lead signed at")
    expect(said).toContain("with a passkey of their own, whose signature holds")
    expect(said).toMatch(/tech_lead signed, devops withdrawn, product signed, security signed/)
  })

  test("holds what it says, each once", () => {
    expect(named(/^signatures\/.*[0-9a-f]\.json$/)).toHaveLength(6)
    expect(named(/passkey\.json$/)).toHaveLength(3)
    expect(named(/^keys\/passkey-/)).toHaveLength(2)
    expect(file(`evidence/files/${sha256Hex(fileBytes)}`).equals(fileBytes)).toBe(true)
    expect(file("certificate.pdf").subarray(0, 5).toString()).toBe("%PDF-")
    expect(file("verify.mjs").length).toBeGreaterThan(10_000)
  })

  test("is the same, byte for byte, until something happens", async () => {
    const again = await bundleOf(world, id)
    expect([...again.keys()]).toEqual([...files.keys()])
    for (const [name, bytes] of again) expect(bytes.equals(file(name)), name).toBe(true)
  })

  test("with one byte of any file flipped is refused, and the file is named", async () => {
    for (const [name, bytes] of files) {
      const path = join(folder, name)
      for (const place of new Set([0, bytes.length >> 1, bytes.length - 1])) {
        const changed = Buffer.from(bytes)
        changed[place] = (changed[place] ?? 0) ^ 0x01
        await writeFile(path, changed)
        const { faults } = await verifyBundle(folder)
        expect(
          faults.map((fault) => fault.file),
          `${name} at ${place}`,
        ).toContain(name)
      }
      await writeFile(path, bytes)
    }
    expect((await verifyBundle(folder)).faults).toEqual([])
  })

  test("with one byte flipped fails as a process too, also where the script itself was changed", async () => {
    for (const name of ["README.md", "verify.mjs", "checksums.json", "checksums.sig", "timeline.ndjson"]) {
      const bytes = file(name)
      const changed = Buffer.from(bytes)
      changed[bytes.length - 3] = (changed[bytes.length - 3] ?? 0) ^ 0x02
      await writeFile(join(folder, name), changed)
      const { code, said } = await run("node", [VERIFY, "."], folder)
      await writeFile(join(folder, name), bytes)
      expect(said, name).toContain(`WRONG ${name}:`)
      expect(code, name).toBe(1)
    }
  })

  test("names what is missing and what was added", async () => {
    const [gone = ""] = named(/^evidence\/[^/]*\.json$/)
    await unlink(join(folder, gone))
    await writeFile(join(folder, "signatures/product-extra.json"), "{}")
    const { faults } = await verifyBundle(folder)
    await writeFile(join(folder, gone), file(gone))
    await rm(join(folder, "signatures/product-extra.json"))
    expect(faults).toContainEqual({ file: gone, words: "is missing" })
    expect(faults).toContainEqual({
      file: "signatures/product-extra.json",
      words: "does not belong to the bundle: checksums.json does not name it",
    })
  })
})

describe("the commands of the README", () => {
  test("verify every seal with openssl alone", async () => {
    const commands =
      file("README.md")
        .toString()
        .match(/^ {4}openssl pkeyutl .*$/gm) ?? []
    const exact = commands.filter((command) => !command.includes("<key>"))
    // Six signatures, the list of files, and the certificate.
    expect(exact).toHaveLength(8)
    for (const command of exact) {
      const { code, said } = await run("sh", ["-c", command.trim()], folder)
      expect(said, command).toContain("Signature Verified Successfully")
      expect(code).toBe(0)
    }
    const seals = exact.find((command) => command.includes("-in signatures/product-"))?.trim() ?? ""
    const [, signed = ""] = /-in (\S+)/.exec(seals) ?? []
    await writeFile(join(folder, signed), Buffer.concat([file(signed), Buffer.from(" ")]))
    const { code } = await run("sh", ["-c", seals], folder)
    await writeFile(join(folder, signed), file(signed))
    expect(code).not.toBe(0)
  })

  test("verify a passkey's signature with openssl alone, over the manifest's hash", async () => {
    const readme = file("README.md").toString()
    for (const proofFile of named(/passkey\.json$/)) {
      const base = proofFile.replace(".passkey.json", "")
      const proof = JSON.parse(file(proofFile).toString())
      const [, template = ""] = /^ {4}(openssl dgst -sha256 -verify .*)$/m.exec(readme) ?? []
      const command = template.replace("<key>", proof.passkeyId).replaceAll(/signatures\/[^ ]*?(?=\.passkey)/g, base)
      expect((await run("sh", ["-c", command], folder)).said).toContain("Verified OK")
      const [, digest = ""] = /^ {4}(openssl dgst -sha256 -binary .*)$/m.exec(readme) ?? []
      const asked = await run("sh", ["-c", digest.replaceAll(/signatures\/\S*(?=\.json)/g, base)], folder)
      const client = JSON.parse(Buffer.from(proof.clientDataJson, "base64url").toString())
      expect(asked.said.trim()).toBe(client.challenge)
    }
  })
})

/** As somebody would who has the console's key: what is changed, and all lists and seals made anew. */
async function resealed(change: (files: Map<string, Buffer>) => void): Promise<{ file: string; words: string }[]> {
  const changed = new Map([...files].map(([name, bytes]) => [name, Buffer.from(bytes)]))
  change(changed)
  const sums = [...changed].filter(([name]) => !name.startsWith("checksums.")).map(([name, b]) => [name, sha256Hex(b)])
  const list = canonical({ ...JSON.parse(file("checksums.json").toString()), files: Object.fromEntries(sums) })
  changed.set("checksums.json", Buffer.from(list))
  changed.set("checksums.sig", Buffer.from(seal(list).seal, "base64url"))
  const other = await emptyFolder()
  await writeFolder(other, changed)
  const { faults } = await verifyBundle(other)
  await rm(other, { recursive: true })
  return faults
}

function edit(all: Map<string, Buffer>, name: string, replace: (text: string) => string): void {
  const before = all.get(name)?.toString() ?? ""
  const after = replace(before)
  if (after === before) throw new Error(`nothing was changed in ${name}`)
  all.set(name, Buffer.from(after))
}

describe("with lists and seals made anew, still found is", () => {
  const passkeyManifest = () => named(/passkey\.json$/).map((name) => name.replace(".passkey", ""))[0] ?? ""

  test("nothing, where nothing was changed", async () => {
    expect(await resealed(() => undefined)).toEqual([])
  })

  test.each<[string, (all: Map<string, Buffer>) => void, string]>([
    [
      "an event",
      (all) => edit(all, "timeline.ndjson", (text) => text.replace("too early", "too late!")),
      "timeline.ndjson",
    ],
    [
      "a missing event",
      (all) => edit(all, "timeline.ndjson", (text) => text.split("\n").toSpliced(2, 1).join("\n")),
      "timeline.ndjson",
    ],
    [
      "a missing end",
      (all) => edit(all, "timeline.ndjson", (text) => `${text.split("\n").slice(0, -2).join("\n")}\n`),
      "head.json",
    ],
    ["a manifest", (all) => edit(all, passkeyManifest(), (text) => text.replace("1.1.0", "1.1.9")), "PASSKEY"],
    [
      "a state that says more",
      (all) => edit(all, "release.json", (text) => text.replace('"withdrawn"', '"signed"')),
      "release.json",
    ],
    [
      "another playbook",
      (all) => edit(all, "playbook.json", (text) => text.replace("POSTD", "PASTD")),
      "playbook.json",
    ],
    [
      "a certificate",
      (all) => edit(all, "certificate.json", (text) => text.replace("Person", "Persona")),
      "certificate.json",
    ],
    ["a file of evidence", (all) => all.set(`evidence/files/${sha256Hex(fileBytes)}`, Buffer.from("x")), "EVIDENCE"],
  ])("%s", async (_, change, where) => {
    const expected = { PASSKEY: passkeyManifest(), EVIDENCE: `evidence/files/${sha256Hex(fileBytes)}` }[where] ?? where
    expect((await resealed(change)).map((fault) => fault.file)).toContain(expected)
  })

  test.each<[string, (proof: Record<string, string>) => void, string]>([
    ["another key", (proof) => Object.assign(proof, { publicKeySpki: otherKey() }), "names another publicKeySpki"],
    [
      "nobody verified",
      (proof) => Object.assign(proof, { authenticatorData: withFlags(proof, 0x01) }),
      "without the authenticator verifying",
    ],
    [
      "nobody present",
      (proof) => Object.assign(proof, { authenticatorData: withFlags(proof, 0x04) }),
      "nobody present",
    ],
    [
      "another page",
      (proof) => Object.assign(proof, { clientDataJson: withClient(proof, { origin: "https://evil.example" }) }),
      "comes from another place",
    ],
    [
      "another challenge",
      (proof) => Object.assign(proof, { clientDataJson: withClient(proof, { challenge: "AAAA" }) }),
      "answers another challenge",
    ],
    [
      "another ceremony",
      (proof) => Object.assign(proof, { clientDataJson: withClient(proof, { type: "webauthn.create" }) }),
      "no answer to a request to sign",
    ],
    [
      "another signature",
      (proof) => Object.assign(proof, { signature: "AAAA" }),
      "does not verify with the signer's public key",
    ],
  ])("a passkey's proof of %s", async (_, spoil, words) => {
    const [name = ""] = named(/passkey\.json$/)
    const faults = await resealed((all) => {
      const proof = JSON.parse(file(name).toString())
      spoil(proof)
      all.set(name, Buffer.from(JSON.stringify(proof)))
    })
    expect(
      faults
        .filter((fault) => fault.file === name)
        .map((fault) => fault.words)
        .join("\n"),
    ).toContain(words)
  })
})

const otherKey = () =>
  generateKeyPairSync("ec", { namedCurve: "P-256" })
    .publicKey.export({ format: "der", type: "spki" })
    .toString("base64")

function withFlags(proof: Record<string, string>, flags: number): string {
  const data = Buffer.from(proof.authenticatorData ?? "", "base64url")
  data[32] = flags
  return data.toString("base64url")
}

function withClient(proof: Record<string, string>, change: object): string {
  const client = JSON.parse(Buffer.from(proof.clientDataJson ?? "", "base64url").toString())
  return Buffer.from(JSON.stringify({ ...client, ...change })).toString("base64url")
}

describe("what is known from elsewhere", () => {
  const head = () => JSON.parse(file("head.json").toString()) as { seq: number; hash: string }

  test("a head that was sent out: this one, an earlier one, one that is not here, one past the end", async () => {
    const { seq, hash } = head()
    const third = JSON.parse(file("timeline.ndjson").toString().split("\n")[2] ?? "")
    expect(
      (await run("node", ["verify.mjs", "--head", `${seq}:${hash}`, "--head", `3:${third.hash}`], folder)).code,
    ).toBe(0)
    const other = await run("node", ["verify.mjs", "--head", `3:${hash}`], folder)
    expect(other.said).toContain("event 3 is not the one whose hash was sent out")
    expect(other.code).toBe(1)
    const later = await run("node", ["verify.mjs", "--head", `${seq + 2}:${hash}`], folder)
    expect(later.said).toContain(`ends at event ${seq}, but the head that was sent out is event ${seq + 2}`)
    expect(later.code).toBe(1)
    expect((await run("node", ["verify.mjs", "--head", "3"], folder)).code).toBe(2)
  })

  test("the console's key: the right one, and another", async () => {
    await writeFile(join(folder, "..", "right.pem"), sealPublicKey().pem)
    const { publicKey } = generateKeyPairSync("ed25519")
    await writeFile(join(folder, "..", "other.pem"), publicKey.export({ format: "pem", type: "spki" }))
    expect((await run("node", ["verify.mjs", "--key", "../right.pem"], folder)).code).toBe(0)
    const other = await run("node", ["verify.mjs", "--key", "../other.pem"], folder)
    expect(other.code).toBe(1)
    expect(other.said).toContain("which is not at hand")
  })
})

test("nobody gets a bundle without signing in, nor of a release that is not there", async () => {
  expect(await exportBundle(world.nobody, id)).toMatchObject({ ok: false, refusal: { code: "unauthenticated" } })
  const none = await exportBundle(world.ctx("admin"), "00000000-0000-4000-8000-000000000000")
  expect(none).toMatchObject({ ok: false, refusal: { code: "not_found" } })
})

test("a reader who leaves in the middle leaves nothing open", async () => {
  const { bytes } = expectDone(await exportBundle(world.ctx("viewer"), id))
  for await (const piece of bytes) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  expect((await bundleOf(world, id)).size).toBe(files.size)
})
