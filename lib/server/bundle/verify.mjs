#!/usr/bin/env node
// Verifies an evidence bundle of Golive offline: `node verify.mjs` in the unpacked folder. Node 18 or newer, nothing else.
// It shares no code with the console. Whoever doubts this file takes it from the project's repository
// (lib/server/bundle/verify.mjs) and runs it with the folder as its argument, or checks with openssl: see README.md.
import { createHash, createPublicKey, verify } from "node:crypto"
import { createReadStream } from "node:fs"
import { readdir, readFile, realpath } from "node:fs/promises"
import { dirname, join, relative, sep } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { parseArgs } from "node:util"

const USAGE = `node verify.mjs [folder] [--head <seq>:<hash>]... [--key <public key.pem>]...

  --head  A head that was sent out or noted earlier: finds events that were cut off or written anew since.
  --key   The console's public key as you have it from elsewhere: then no key of the bundle itself is trusted.`

const GENESIS = "0".repeat(64)
const SHA256 = /^[0-9a-f]{64}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const SEALED_LISTS = ["checksums.json", "checksums.sig"]
const MANIFEST_FORMAT = "golive/signature-manifest/2"

/** @typedef {{ seq: number, hash: string }} Head */
/** @typedef {{ file: string, words: string }} Fault */
/** @typedef {{ faults: Fault[], findings: string[], notes: string[] }} Report */
/** @typedef {import("node:crypto").KeyObject} KeyObject */
/** @typedef {Record<string, any>} Json  What a file holds: nothing is known of it before it is checked. */
/**
 * @typedef {{
 *   folder: string, files: Map<string, string>, keys: Map<string, KeyObject>, faults: Fault[],
 *   wrong: (file: string, words: string) => void, found: (words: string) => void,
 * }} Bundle
 */

/** @param {string | Uint8Array} data */
const sha256 = (data) => createHash("sha256").update(data).digest("hex")

/**
 * Canonical JSON (RFC 8785): keys in the order of their UTF-16 units, numbers and strings as ECMAScript writes them.
 * @param {unknown} value @returns {string}
 */
export function canonical(value) {
  if (value === null || typeof value === "boolean") return JSON.stringify(value)
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError("a number that JSON does not know")
    return JSON.stringify(value)
  }
  if (typeof value === "string") return quoted(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (typeof value !== "object") throw new TypeError("no JSON")
  const object = /** @type {Json} */ (value)
  const parts = Object.keys(object).sort()
  return `{${parts.map((key) => `${quoted(key)}:${canonical(object[key])}`).join(",")}}`
}

/** @param {string} text */
function quoted(text) {
  const json = JSON.stringify(text)
  // JSON.stringify writes half of a surrogate pair as an escape; canonical JSON has none.
  if (/\\ud[89a-f]/.test(json) && /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) {
    throw new TypeError("half of a surrogate pair")
  }
  return json
}

/**
 * Looks at everything in the folder. Nothing that is wrong there is thrown: it stands in `faults`, with the file's name.
 * @param {string} folder
 * @param {{ heads?: Head[], keys?: string[] }} [options] `keys`: PEM; where given, no key of the bundle is trusted.
 * @returns {Promise<Report>}
 */
export async function verifyBundle(folder, { heads = [], keys = [] } = {}) {
  /** @type {Report} */
  const report = { faults: [], findings: [], notes: [] }
  const wrong = (/** @type {string} */ file, /** @type {string} */ words) => {
    report.faults.push({ file, words })
  }
  const found = (/** @type {string} */ words) => {
    report.findings.push(words)
  }
  const files = await hashFiles(folder, wrong)
  /** @type {Bundle} */
  const bundle = { folder, files, keys: new Map(), faults: report.faults, wrong, found }
  await readKeys(bundle, keys)
  await step(bundle, "checksums.json", () => checkChecksums(bundle))
  const told = await step(bundle, "timeline.ndjson", () => checkTimeline(bundle, heads))
  if (told) {
    await checkEvidence(bundle, told)
    await checkSignatures(bundle, told)
    await step(bundle, "release.json", () => checkState(bundle, told))
    await step(bundle, "playbook.json", () => checkPlaybook(bundle, told))
    await step(bundle, "certificate.json", () => checkCertificate(bundle, told))
  }
  if (keys.length === 0) {
    for (const [id, key] of bundle.keys) {
      const print = sha256(key.export({ format: "der", type: "spki" }))
      report.notes.push(
        `The console's key ${id} came with this bundle. Compare its fingerprint with one that you have from elsewhere (or pass --key): SHA-256 ${print}`,
      )
    }
  }
  if (heads.length === 0) {
    report.notes.push(
      "Whether events were cut off at the end cannot be seen from within: pass a head that was sent out earlier with --head <seq>:<hash>.",
    )
  }
  return report
}

/** @template T @param {Bundle} bundle @param {string} file @param {() => Promise<T>} work @returns {Promise<T | undefined>} */
async function step({ wrong }, file, work) {
  try {
    return await work()
  } catch (error) {
    wrong(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

/** Every file below the folder, by its path with slashes, with the SHA-256 of its bytes. @param {string} folder @param {Bundle["wrong"]} wrong */
async function hashFiles(folder, wrong) {
  /** @type {Map<string, string>} */
  const files = new Map()
  /** @param {string} directory */
  async function visit(directory) {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name)
      const name = relative(folder, path).split(sep).join("/")
      if (entry.isDirectory()) await visit(path)
      else if (!entry.isFile()) wrong(name, "is no plain file")
      else {
        const hash = createHash("sha256")
        for await (const piece of createReadStream(path)) hash.update(piece)
        files.set(name, hash.digest("hex"))
      }
    }
  }
  await visit(folder)
  return files
}

/** @param {Bundle} bundle @param {string[]} given PEM */
async function readKeys(bundle, given) {
  /** @param {string} pem */
  const know = (pem) => {
    const key = createPublicKey(pem)
    bundle.keys.set(sha256(key.export({ format: "der", type: "spki" })).slice(0, 16), key)
  }
  for (const pem of given) know(pem)
  for (const file of given.length > 0 ? [] : bundle.files.keys()) {
    if (!/^keys\/console-[0-9a-f]{16}\.pem$/.test(file)) continue
    await step(bundle, file, async () => know(await readFile(join(bundle.folder, file), "utf8")))
  }
}

/** Whether a key of the console that is trusted here sealed it. Answers with what is wrong, or null. */
/** @param {Bundle} bundle @param {string} keyId @param {Uint8Array} bytes @param {Uint8Array} seal @returns {string | null} */
function sealFault({ keys }, keyId, bytes, seal) {
  const key = keys.get(keyId)
  if (!key) return `is sealed by the key ${keyId}, which is not at hand (pass it with --key): nothing proves it`
  return verify(null, bytes, key, seal) ? null : "does not carry the console's seal"
}

/** @param {Bundle} bundle */
async function checkChecksums(bundle) {
  const { files, wrong, found } = bundle
  const bytes = await readFile(join(bundle.folder, "checksums.json"))
  const seal = await readFile(join(bundle.folder, "checksums.sig"))
  /** @type {Json} */
  let list = {}
  try {
    list = JSON.parse(bytes.toString("utf8"))
  } catch {
    wrong("checksums.json", "is no JSON")
  }
  const fault = sealFault(bundle, String(list.sealedBy), bytes, seal)
  if (fault) {
    const words = `${fault}: it or checksums.sig was changed`
    wrong("checksums.json", words)
    wrong("checksums.sig", "does not seal checksums.json: it or checksums.json was changed")
  }
  const expected = new Map(Object.entries(list.files ?? {}))
  for (const [file, hash] of expected) {
    const now = files.get(file)
    if (now === undefined) wrong(file, "is missing")
    else if (now !== hash) wrong(file, "was changed: its SHA-256 is not the one in checksums.json")
  }
  for (const file of files.keys()) {
    if (!expected.has(file) && !SEALED_LISTS.includes(file)) {
      wrong(file, "does not belong to the bundle: checksums.json does not name it")
    }
  }
  if (!fault) {
    found(`checksums.json names ${expected.size} files and carries the seal of the console's key ${list.sealedBy}.`)
  }
}

/** @param {Bundle} bundle @param {string} file @returns {Promise<Json>} */
async function readJson({ folder }, file) {
  return JSON.parse(await readFile(join(folder, file), "utf8"))
}

/**
 * What the timeline told: heads, signatures in their order, the sign-offs that it adds up to, and which evidence it names.
 * @typedef {{
 *   releaseId: string, head: Head, created: Json, signed: Json[], signoffs: Map<string, Json>,
 *   evidence: Map<string, { sha256: string | null, seq: number }>,
 * }} Told
 */

/** @param {Bundle} bundle @param {Head[]} heads @returns {Promise<Told>} */
async function checkTimeline(bundle, heads) {
  const { wrong, found } = bundle
  const file = "timeline.ndjson"
  /** @type {Told} */
  const told = {
    releaseId: "",
    head: { seq: 0, hash: GENESIS },
    created: {},
    signed: [],
    signoffs: new Map(),
    evidence: new Map(),
  }
  const named = new Map(heads.map(({ seq, hash }) => [seq, hash]))
  let broken = 0
  for await (const line of linesOf(join(bundle.folder, file))) {
    /** @type {Json} */
    const event = JSON.parse(line)
    const place = told.head.seq + 1
    const fault = linkFault(event, line, told)
    if (fault && ++broken <= 20) wrong(file, `event ${place}: ${fault}`)
    told.head = { seq: place, hash: String(event.hash) }
    const sent = named.get(place)
    if (sent !== undefined && sent !== event.hash) {
      wrong(file, `event ${place} is not the one whose hash was sent out: the record was written anew`)
    }
    if (!fault) tell(told, event)
  }
  for (const [seq] of named) {
    if (seq > told.head.seq) {
      wrong(file, `ends at event ${told.head.seq}, but the head that was sent out is event ${seq}: its end was cut off`)
    }
  }
  const head = await readJson(bundle, "head.json")
  if (head.seq !== told.head.seq || head.hash !== told.head.hash || head.releaseId !== told.releaseId) {
    wrong("head.json", `does not name the timeline's last event, ${told.head.seq}:${told.head.hash}`)
  }
  if (broken === 0) {
    found(
      `The timeline: ${told.head.seq} events, each bound to the one before. Head ${told.head.seq}:${told.head.hash}`,
    )
    if (heads.length > 0)
      found(`The timeline goes on from ${heads.length === 1 ? "the head" : "all heads"} that you named.`)
  }
  return told
}

/** The lines of a file, each ended by a newline; one at a time. @param {string} path @returns {AsyncGenerator<string>} */
async function* linesOf(path) {
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  let rest = Buffer.alloc(0)
  for await (const piece of createReadStream(path)) {
    rest = Buffer.concat([rest, piece])
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield utf8.decode(rest.subarray(0, end))
      rest = rest.subarray(end + 1)
    }
  }
  if (rest.length > 0) throw new Error("the last line has no end")
}

/** @param {Json} event @param {string} line @param {Told} told @returns {string | null} */
function linkFault(event, line, { releaseId, head }) {
  const { prevHash, hash, ...hashed } = event
  if (canonical(event) !== line) return "is not written as canonical JSON"
  if (event.seq !== head.seq + 1)
    return `carries the number ${event.seq}: an event is missing, comes twice or was moved`
  if (head.seq > 0 && event.releaseId !== releaseId) return "belongs to another release"
  if (sha256(prevHash + canonical(hashed)) !== hash) return "was altered: its content does not give its hash"
  return prevHash === head.hash ? null : "does not follow the event before it: that one was altered or replaced"
}

/** Adds up what matters here, as the console does. @param {Told} told @param {Json} event */
function tell(told, { releaseId, seq, type, at, data }) {
  const signoff = told.signoffs.get(data.role)
  const named =
    data.evidence ??
    (data.evidenceId && type !== "checklist.evidence_removed" ? { id: data.evidenceId, sha256: data.sha256 } : null)
  if (named) told.evidence.set(named.id, { sha256: named.sha256 ?? told.evidence.get(named.id)?.sha256 ?? null, seq })
  if (type === "release.created") {
    told.releaseId = releaseId
    told.created = data
    for (const { role, quorum = 1 } of data.signoffs)
      told.signoffs.set(role, { status: "pending", quorum, signatures: [] })
  } else if (type === "signoff.signed") {
    told.signed.push({ ...data, seq, at })
    if (!signoff) return
    // What is void, or had run out, makes way for what is signed now.
    const standing = signoff.status === "void" ? [] : signoff.signatures
    const kept = standing.filter(
      (/** @type {Json} */ one) => one.expiresAt === null || Date.parse(at) < Date.parse(one.expiresAt),
    )
    const {
      signatureId: id,
      signer,
      onBehalfOf = null,
      method,
      manifestHash,
      meaning,
      evidenceId,
      expiresAt = null,
    } = data
    signoff.signatures = [...kept, { id, signer, onBehalfOf, at, method, manifestHash, meaning, evidenceId, expiresAt }]
    signoff.status = signoff.signatures.length >= signoff.quorum ? "signed" : "pending"
  } else if (type === "signoff.declined" || type === "signoff.reopened") {
    if (signoff)
      Object.assign(signoff, { status: type === "signoff.declined" ? "declined" : "pending", signatures: [] })
  } else if (type === "signoff.withdrawn") {
    if (!signoff) return
    signoff.status = "withdrawn"
    signoff.signatures = data.signatureId
      ? signoff.signatures.filter((/** @type {Json} */ { id }) => id !== data.signatureId)
      : []
  } else if (type === "signoff.voided" && signoff) signoff.status = "void"
}

/** Every piece of evidence that an event names is here and is what it was. @param {Bundle} bundle @param {Told} told */
async function checkEvidence(bundle, told) {
  const { files, wrong, found } = bundle
  let intact = 0
  let whole = 0
  for (const [id, { sha256: expected, seq }] of told.evidence) {
    const file = UUID.test(id) ? `evidence/${id}.json` : "timeline.ndjson"
    if (!files.has(file) || file === "timeline.ndjson") {
      wrong(file, `is missing: event ${seq} names it`)
      continue
    }
    await step(bundle, file, async () => {
      const { subject, kind, blocks, createdAt, ...rest } = await readJson(bundle, file)
      const is = sha256(canonical({ subject, kind, blocks, createdAt }))
      const ok = is === rest.sha256 && rest.id === id && rest.releaseId === told.releaseId
      if (!ok || (expected !== null && expected !== is)) {
        wrong(file, `is not what event ${seq} names: its content does not give that SHA-256`)
      } else intact++
      for (const block of blocks.filter((/** @type {Json} */ { type }) => type === "file")) {
        const bytes = `evidence/files/${block.sha256}`
        if (!SHA256.test(block.sha256) || !files.has(bytes)) wrong(bytes, `is missing: it is the file of ${file}`)
        else if (files.get(bytes) !== block.sha256) wrong(bytes, "is not the file that was brought as evidence")
        else whole++
      }
    })
  }
  found(`Evidence: ${intact} of ${told.evidence.size} pieces are what the timeline names, with ${whole} files.`)
}

/** @param {Bundle} bundle @param {Told} told */
async function checkSignatures(bundle, told) {
  const { files, faults, wrong, found } = bundle
  const known = new Set()
  for (const event of told.signed) {
    const base = `signatures/${event.role}-${event.signatureId}`
    known.add(base)
    const before = faults.length
    await step(bundle, `${base}.json`, () => checkSignature(bundle, told, event, base))
    if (faults.length > before) continue
    const [who, whom] = [event.signer.name, event.onBehalfOf ? ` on behalf of ${event.onBehalfOf.name}` : ""]
    const how =
      event.method === "passkey" ? "with a passkey of their own, whose signature holds" : "after a fresh password"
    found(
      `${event.role}: ${who}${whom} signed at ${event.at}, ${how}; manifest ${event.manifestHash} is whole and sealed.`,
    )
  }
  for (const file of files.keys()) {
    const base = file.startsWith("signatures/") ? file.slice(0, file.indexOf(".")) : null
    if (base !== null && !known.has(base)) wrong(file, "belongs to no signature of the timeline")
  }
}

/** @param {Bundle} bundle @param {Told} told @param {Json} event @param {string} base */
async function checkSignature(bundle, told, event, base) {
  const { folder, wrong } = bundle
  /** @param {boolean} holds @param {string} file @param {string} words */
  const expect = (holds, file, words) => holds || wrong(`${base}${file}`, words)
  const bytes = await readFile(join(folder, `${base}.json`))
  const manifest = JSON.parse(bytes.toString("utf8"))
  expect(manifest.format === MANIFEST_FORMAT, ".json", "is of a format that is not known here")
  expect(sha256(bytes) === event.manifestHash, ".json", `is not the manifest that event ${event.seq} says was signed`)
  expect(canonical(manifest) === bytes.toString("utf8"), ".json", "is not written as canonical JSON")
  const fault = sealFault(bundle, event.sealKeyId, bytes, Buffer.from(event.seal, "base64url"))
  expect(fault === null, ".json", fault ?? "")
  const seal = await readFile(join(folder, `${base}.sig`))
  expect(seal.equals(Buffer.from(event.seal, "base64url")), ".sig", `is not the seal that event ${event.seq} names`)
  const text = (await readFile(join(folder, `${base}.sig.b64`), "utf8")).trim()
  expect(text === seal.toString("base64"), ".sig.b64", "is not the same seal in base64")

  const { signature, method, release, service, environment, playbook, items } = manifest
  const content = { release, service, environment, playbook, items }
  expect(sha256(canonical(content)) === manifest.contentHash, ".json", "names another hash of its content than it has")
  const same = [
    [release.id, told.releaseId],
    [playbook.hash, told.created.playbook?.hash],
    [signature.id, event.signatureId],
    [signature.role, event.role],
    [signature.signer.id, event.signer.id],
    [signature.signer.name, event.signer.name],
    [signature.onBehalfOf?.id ?? null, event.onBehalfOf?.id ?? null],
    [signature.meaning, event.meaning],
    [signature.expiresAt, event.expiresAt ?? null],
    [method.type, event.method],
  ]
  expect(
    same.every(([said, told]) => said === told),
    ".json",
    `does not say what event ${event.seq} says of this signature`,
  )
  for (const { id, sha256: hash } of manifest.evidence) {
    expect(
      told.evidence.get(id)?.sha256 === hash,
      ".json",
      `covers evidence ${id}, which the timeline names with another hash or not at all`,
    )
  }
  const kept = await readJson(bundle, `evidence/${event.evidenceId}.json`)
  expect(kept.blocks[0]?.text === bytes.toString("utf8"), ".json", "is not the text that is kept as evidence")
  if (method.type !== "passkey") return
  const proof = await readJson(bundle, `${base}.passkey.json`)
  expect(kept.blocks[1]?.text === JSON.stringify(proof), ".passkey.json", "is not the proof that is kept as evidence")
  for (const words of passkeyFaults(method, proof, event.manifestHash)) expect(false, ".passkey.json", words)
  const signed = await readFile(join(folder, `${base}.passkey.signed`))
  expect(signed.equals(signedByKey(proof)), ".passkey.signed", "is not what the passkey's proof says was signed")
  const raw = await readFile(join(folder, `${base}.passkey.sig`))
  expect(
    raw.equals(Buffer.from(proof.signature, "base64url")),
    ".passkey.sig",
    "is not the signature of the passkey's proof",
  )
  const pem = await readFile(join(folder, `keys/passkey-${method.passkeyId}.pem`), "utf8")
  const spki = createPublicKey(pem).export({ format: "der", type: "spki" }).toString("base64")
  expect(spki === method.publicKeySpki, ".json", `names another key than keys/passkey-${method.passkeyId}.pem`)
}

/** What an authenticator signs: its own data and the hash of the browser's. @param {Json} proof */
function signedByKey(proof) {
  const clientHash = createHash("sha256").update(Buffer.from(proof.clientDataJson, "base64url")).digest()
  return Buffer.concat([Buffer.from(proof.authenticatorData, "base64url"), clientHash])
}

/** A WebAuthn assertion over the manifest's hash, by the key that the manifest itself names. */
/** @param {Json} method @param {Json} proof @param {string} manifestHash @returns {string[]} */
export function passkeyFaults(method, proof, manifestHash) {
  const faults = []
  for (const name of ["passkeyId", "credentialId", "publicKeySpki", "algorithm", "rpId", "origin"]) {
    if (proof[name] !== method[name]) faults.push(`names another ${name} than the manifest`)
  }
  const client = JSON.parse(Buffer.from(proof.clientDataJson, "base64url").toString("utf8"))
  if (client.type !== "webauthn.get") faults.push("is no answer to a request to sign")
  if (client.challenge !== Buffer.from(manifestHash, "hex").toString("base64url"))
    faults.push("answers another challenge than the manifest's hash")
  if (client.origin !== method.origin || client.crossOrigin === true)
    faults.push("comes from another place than the manifest names")
  const data = Buffer.from(proof.authenticatorData, "base64url")
  if (data.length < 37 || data.subarray(0, 32).toString("hex") !== sha256(method.rpId))
    faults.push("is for another domain than the manifest names")
  const flags = data[32] ?? 0
  if ((flags & 1) === 0) faults.push("was given with nobody present")
  if ((flags & 4) === 0) faults.push("was given without the authenticator verifying who is there")
  const key = createPublicKey({ key: Buffer.from(method.publicKeySpki, "base64"), format: "der", type: "spki" })
  /** @type {Record<string, [string, string | null]>} */
  const algorithms = { "-7": ["ec", "sha256"], "-8": ["ed25519", null], "-257": ["rsa", "sha256"] }
  const [type, digest] = algorithms[String(method.algorithm)] ?? ["none", null]
  if (key.asymmetricKeyType !== type) faults.push("is by a key of another kind than the manifest names")
  else if (!verify(digest, signedByKey(proof), key, Buffer.from(proof.signature, "base64url")))
    faults.push("does not verify with the signer's public key")
  return faults
}

/** The state says of signatures what the events add up to. @param {Bundle} bundle @param {Told} told */
async function checkState(bundle, told) {
  const state = await readJson(bundle, "release.json")
  const { faults, wrong, found } = bundle
  if (state.id !== told.releaseId || state.lastSeq !== told.head.seq) {
    wrong("release.json", `is of another release or of another moment than event ${told.head.seq}`)
  }
  const before = faults.length
  for (const role of new Set([...told.signoffs.keys(), ...Object.keys(state.signoffs)])) {
    const { status, quorum, signatures } = state.signoffs[role] ?? {}
    const events = told.signoffs.get(role)
    if (!events || canonical({ status, quorum, signatures }) !== canonical(events)) {
      wrong(
        "release.json",
        `says of the sign-off ${role} what the events do not: they add up to "${events?.status ?? "none"}"`,
      )
    }
  }
  if (faults.length > before) return
  const words = [...told.signoffs].map(([role, { status }]) => `${role} ${status}`).join(", ")
  found(`The release's state says of sign-offs what the events add up to: ${words}.`)
}

/** @param {Bundle} bundle @param {Told} told */
async function checkPlaybook({ files, wrong, found }, told) {
  if (files.get("playbook.json") === told.created.playbook?.hash)
    found("The playbook is the one that the release was made of.")
  else wrong("playbook.json", "is not the playbook that the release was made of")
}

/** The certificate's data is sealed and names signatures of this timeline. @param {Bundle} bundle @param {Told} told */
async function checkCertificate(bundle, told) {
  const { wrong, found } = bundle
  const bytes = await readFile(join(bundle.folder, "certificate.json"))
  const certificate = JSON.parse(bytes.toString("utf8"))
  const fault = sealFault(bundle, certificate.sealedBy, bytes, await readFile(join(bundle.folder, "certificate.sig")))
  if (fault) wrong("certificate.json", `${fault}: it or certificate.sig was changed`)
  const hashes = new Map(told.signed.map(({ signatureId, manifestHash }) => [signatureId, manifestHash]))
  const holds =
    certificate.release.id === told.releaseId &&
    certificate.head.hash === told.head.hash &&
    certificate.signatures.length === hashes.size &&
    certificate.signatures.every((/** @type {Json} */ one) => hashes.get(one.id) === one.manifestHash)
  if (!holds) wrong("certificate.json", "does not name the signatures of this timeline")
  else if (!fault) found("The certificate's data is sealed and names the timeline's signatures.")
}

async function main() {
  const { values, positionals } = parseArgs({
    options: {
      head: { type: "string", multiple: true, default: [] },
      key: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", default: false },
    },
    allowPositionals: true,
  })
  /** What was written by others is shown without anything that steers a terminal. @param {string} line */
  const say = (line) => process.stdout.write(`${line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\ufffd")}\n`)
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  const heads = (values.head ?? []).map((text) => {
    const [, seq, hash] = /^(\d{1,10}):([0-9a-f]{64})$/.exec(text) ?? []
    if (!seq || !hash) throw new Error(`--head takes <seq>:<hash>, not ${text}`)
    return { seq: Number(seq), hash }
  })
  const keys = await Promise.all((values.key ?? []).map((path) => readFile(path, "utf8")))
  const folder = positionals[0] ?? dirname(fileURLToPath(import.meta.url))
  const { faults, findings, notes } = await verifyBundle(folder, { heads, keys })
  for (const words of findings) say(`ok    ${words}`)
  for (const { file, words } of faults) say(`WRONG ${file}: ${words}`)
  for (const words of notes) say(`note  ${words}`)
  say(faults.length === 0 ? "Everything holds." : `${faults.length} faults: this bundle is not what it says it is.`)
  return faults.length === 0 ? 0 : 1
}

if (process.argv[1] && import.meta.url === pathToFileURL(await realpath(process.argv[1])).href) {
  process.exitCode = await main().catch((error) => {
    console.error(error instanceof Error ? error.message : error)
    return 2
  })
}
