import { randomUUID } from "node:crypto"
import type { Role } from "@/lib/domain/access/roles"
import { hashPassword } from "@/lib/server/crypto/passwords"
import type { Tx } from "@/lib/server/db"

/** Adds a person with roles for all services. Throws if the e-mail address is taken. */
export async function createPerson(
  tx: Tx,
  input: { email: string; name: string; password: string; roles: readonly Role[] },
): Promise<{ id: string; name: string }> {
  const id = randomUUID()
  await tx.user.create({
    data: {
      id,
      email: input.email.toLowerCase(),
      name: input.name,
      passwordHash: await hashPassword(input.password),
      roles: { create: input.roles.map((role) => ({ id: randomUUID(), role })) },
    },
  })
  return { id, name: input.name }
}
