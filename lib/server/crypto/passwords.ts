import { hash, verify } from "@node-rs/argon2"

/** OWASP's settings for argon2id: 19 MiB, two passes, one lane. */
const SETTINGS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export function hashPassword(password: string): Promise<string> {
  return hash(password, SETTINGS)
}

let unknownPerson: Promise<string> | undefined

/**
 * Whether the password is right. With `passwordHash` null (nobody has this address) it takes as long as with a wrong
 * password, so that the time tells nobody which addresses exist.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash !== null) return verify(passwordHash, password)
  unknownPerson ??= hashPassword("nobody has this password")
  await verify(await unknownPerson, password)
  return false
}
