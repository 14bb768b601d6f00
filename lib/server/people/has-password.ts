import { prisma } from "@/lib/server/db"

/** Whether a person can sign in with a password: some come by passkey or OpenID only. */
export async function hasPassword(personId: string): Promise<boolean> {
  const user = await prisma.user.findUnique({ where: { id: personId }, select: { passwordHash: true } })
  return user?.passwordHash != null
}
