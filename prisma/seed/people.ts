import { randomInt } from "node:crypto"
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type Role, roleTitles } from "@/lib/domain/access/roles"
import type { Person } from "@/lib/server/access/context"
import { prisma, transaction } from "@/lib/server/db"
import type { Env } from "@/lib/server/env"
import { createPerson } from "@/lib/server/people/create-person"
import { loadPerson } from "@/lib/server/people/load-person"

const team: { name: string; key: string; roles: Role[] }[] = [
  { key: "admin", name: "Ada Admin", roles: ["admin"] },
  { key: "lead", name: "Tess Lead", roles: ["tech_lead"] },
  { key: "devops", name: "Devon Ops", roles: ["devops"] },
  { key: "product", name: "Priya Product", roles: ["product"] },
  { key: "security", name: "Sam Security", roles: ["security"] },
  { key: "ops", name: "Olga Ops", roles: ["ops"] },
  { key: "viewer", name: "Vic Viewer", roles: ["viewer"] },
]

interface Account {
  email: string
  password: string
  role: string
}

/** The sample team by key. Who is new gets a password that is written once into the data folder. */
export async function ensurePeople(settings: Env): Promise<Record<string, Person>> {
  const accounts: Account[] = []
  const people: Record<string, Person> = {}
  for (const { key, name, roles } of team) {
    const email = `${key}@postd.example`
    const found = await prisma.user.findUnique({ where: { email }, select: { id: true } })
    const password = settings.GOLIVE_SEED_PASSWORD ?? randomPassword()
    const { id } = found ?? (await transaction((tx) => createPerson(tx, { email, name, password, roles })))
    if (!found) accounts.push({ email, password, role: roles.map((role) => roleTitles[role]).join(", ") })
    const person = await loadPerson(id)
    if (person) people[key] = person
  }
  if (accounts.length > 0) await writeAccounts(settings.GOLIVE_DATA_DIR, accounts)
  return people
}

async function writeAccounts(directory: string, fresh: Account[]): Promise<void> {
  const path = join(directory, "accounts.json")
  await mkdir(directory, { recursive: true })
  const before = await readFile(path, "utf8")
    .then((text) => JSON.parse(text) as Account[])
    .catch((): Account[] => [])
  const kept = before.filter((account) => !fresh.some(({ email }) => email === account.email))
  await writeFile(path, `${JSON.stringify([...kept, ...fresh], null, 2)}\n`, { mode: 0o600 })
  await chmod(path, 0o600)
}

/** Four groups of four without look-alikes: 78 bits, and it can be typed from a terminal. */
function randomPassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789"
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("")
  return [group(), group(), group(), group()].join("-")
}
