import { execFile } from "node:child_process"
import { randomUUID } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { parse } from "yaml"
import type { Scope } from "@/lib/domain/access/policy"
import { type Role, roles } from "@/lib/domain/access/roles"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import { type Playbook, playbookSchema } from "@/lib/playbook/schema"
import type { Context } from "@/lib/server/access/context"
import { hashJson } from "@/lib/server/crypto/sha256"
import { prisma, transaction } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { createPerson } from "@/lib/server/people/create-person"
import { loadPerson } from "@/lib/server/people/load-person"
import { createRelease } from "@/lib/server/releases/create-release"
import type { Prisma } from "@/prisma/generated/client/client"

const run = promisify(execFile)
const PLAYBOOK = new URL("../../../prisma/seed/playbooks/postd-go-live.yaml", import.meta.url)

export const worldPassword = "a fresh password 42"
export type PersonKey = Role | "lead2"

export interface ConsoleWorld {
  service: { id: string; key: string }
  environment: { id: string; key: string }
  playbook: Playbook
  repository: string
  /** A person of each role (and a second tech lead) as they come in through a browser. */
  ctx(person: PersonKey): Context
  /** The same person through a token with these scopes. */
  tokenCtx(person: PersonKey, scopes: Scope[]): Context
  nobody: Context
  /** A fresh release by the tech lead. */
  release(): Promise<string>
}

/** A service with its environment, the POSTD playbook, a git repository and a person of each role, in this test's database. */
export async function consoleWorld(
  change: { playbook?: (playbook: Playbook) => Playbook } = {},
): Promise<ConsoleWorld> {
  const suffix = randomUUID().slice(0, 8)
  const repository = join(env().GOLIVE_DATA_DIR, `repository-${suffix}`)
  await makeRepository(repository)
  const service = await prisma.service.create({ data: { id: randomUUID(), key: `postd-${suffix}`, name: "POSTD" } })
  const config = environmentConfigSchema.parse({
    baseUrl: "http://127.0.0.1:9",
    repository,
    strategy: { kind: "local", config: { adminUrl: "http://127.0.0.1:9" } },
    maintenance: { kind: "http-toggle", config: { url: "http://127.0.0.1:9/maintenance" }, message: "Back soon." },
    allowPrivateNetwork: true,
  })
  const environment = await prisma.environment.create({
    data: {
      id: randomUUID(),
      serviceId: service.id,
      key: "production",
      name: "Production",
      config: config as unknown as Prisma.InputJsonObject,
    },
  })
  const written = playbookSchema.parse(parse(await readFile(PLAYBOOK, "utf8")))
  const playbook = change.playbook ? change.playbook(written) : written
  await prisma.playbook.create({
    data: {
      id: randomUUID(),
      serviceId: service.id,
      key: playbook.key,
      name: playbook.name,
      versions: {
        create: {
          id: randomUUID(),
          number: 1,
          hash: hashJson(playbook),
          document: playbook as unknown as Prisma.InputJsonObject,
          source: "",
        },
      },
    },
  })
  const people = await makePeople(suffix)
  const ctx = (key: PersonKey): Context => {
    const person = people.get(key)
    if (!person) throw new Error(`nobody is ${key}`)
    return { person, tokenScopes: null, tokenId: null, address: "203.0.113.7", userAgent: "test" }
  }
  return {
    service,
    environment,
    playbook,
    repository,
    ctx,
    tokenCtx: (key, scopes) => ({ ...ctx(key), tokenScopes: scopes, tokenId: randomUUID() }),
    nobody: { person: null, tokenScopes: null, tokenId: null, address: null, userAgent: null },
    release: async () => {
      const body = { service: service.key, environment: "production", version: "1.1.0", ref: "v1.1.0" }
      const made = await createRelease(ctx("tech_lead"), body)
      if (!made.ok) throw new Error(made.refusal.message)
      return made.value.release.id
    },
  }
}

async function makePeople(suffix: string) {
  const people = new Map<PersonKey, NonNullable<Context["person"]>>()
  const wanted: [PersonKey, Role][] = [...roles.map((role): [PersonKey, Role] => [role, role]), ["lead2", "tech_lead"]]
  for (const [key, role] of wanted) {
    const { id } = await transaction((tx) =>
      createPerson(tx, {
        email: `${key}-${suffix}@example.test`,
        name: `Person ${key}`,
        password: worldPassword,
        roles: [role],
      }),
    )
    const person = await loadPerson(id)
    if (person) people.set(key, person)
  }
  return people
}

async function makeRepository(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=Test", "-c", "user.email=test@example.test", ...args], { cwd: directory })
  await git("init", "--quiet", "--initial-branch=main")
  await writeFile(join(directory, "README.md"), "A service\n")
  await git("add", ".")
  await git("commit", "--quiet", "--message", "Begin")
  await git("tag", "v1.1.0")
}
