import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import type { Role, SignoffRole } from "@/lib/domain/access/roles"
import { coveredContent } from "@/lib/domain/signoff/covered-content"
import type { Context } from "@/lib/server/access/context"
import { hashJson } from "@/lib/server/crypto/sha256"
import { env } from "@/lib/server/env"
import { addFile } from "@/lib/server/evidence/add-file"
import type { Result } from "@/lib/server/result"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { challengeSignature } from "@/lib/server/signoff/challenge-signature"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { type SoftPasskey, softPasskey } from "@/lib/server/signoff/soft-passkey.fixture"
import { exportBundle } from "./export-bundle"
import { readZip } from "./read-zip.fixture"

/** People of a console, by their roles. */
export interface Signers {
  ctx(role: Role): Context
}

export async function signWithPassword(world: Signers, id: string, role: SignoffRole, password: string): Promise<void> {
  const items = (await readReleaseState(id)).signoffs[role]?.items.map(({ key }) => key) ?? []
  mustBeDone(await signRelease(world.ctx(role), id, role, { password, items }))
}

const keys = new WeakMap<Signers, Map<SignoffRole, SoftPasskey>>()

export async function signWithKey(world: Signers, id: string, role: SignoffRole): Promise<void> {
  const known = keys.get(world) ?? new Map<SignoffRole, SoftPasskey>()
  keys.set(world, known)
  const ctx = world.ctx(role)
  const key = known.get(role) ?? (await softPasskey(ctx.person?.id ?? "", `Key of ${role}`))
  known.set(role, key)
  const state = await readReleaseState(id)
  const items = state.signoffs[role]?.items.map((item) => item.key) ?? []
  const asked = mustBeDone(
    await challengeSignature(ctx, id, role, { items, contentHash: hashJson(coveredContent(state)), passkeyId: key.id }),
  )
  const passkey = { challengeId: asked.challengeId, response: key.answer(asked.options) }
  mustBeDone(await signRelease(ctx, id, role, { passkey }))
}

/** Brings a file to the release's first item. */
export async function bringFile(world: Signers, id: string, name: string, bytes: Uint8Array): Promise<void> {
  const itemKey = Object.keys((await readReleaseState(id)).items)[0] ?? ""
  const upload = {
    body: Readable.toWeb(Readable.from([bytes])) as ReadableStream<Uint8Array>,
    contentType: "text/plain",
    announcedBytes: bytes.length,
    signal: new AbortController().signal,
  }
  mustBeDone(await addFile(world.ctx("devops"), { releaseId: id, itemKey }, { name }, upload))
}

export async function bundleOf(world: Signers, id: string): Promise<Map<string, Buffer>> {
  const { bytes } = mustBeDone(await exportBundle(world.ctx("viewer"), id))
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return readZip(Buffer.concat(pieces))
}

/** An empty folder, which goes with this test's data. */
export function emptyFolder(): Promise<string> {
  return mkdtemp(join(env().GOLIVE_DATA_DIR, "bundle-"))
}

/** Runs a program to its end; what it says on both outputs, and its exit code. */
export async function run(program: string, args: string[], cwd: string): Promise<{ code: number; said: string }> {
  const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] })
  let said = ""
  const keep = (text: string) => {
    said += text
  }
  child.stdout.setEncoding("utf8").on("data", keep)
  child.stderr.setEncoding("utf8").on("data", keep)
  const [code] = await once(child, "close")
  return { code: Number(code), said }
}

function mustBeDone<T>(answer: Result<T>): T {
  if (answer.ok) return answer.value
  throw new Error(`${answer.refusal.code}: ${answer.refusal.message}`)
}
