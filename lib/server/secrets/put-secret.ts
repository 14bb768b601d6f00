import { z } from "zod"
import { putSecretRequest, secretName } from "@/lib/contracts/api/requests"
import type { Context } from "@/lib/server/access/context"
import { accessEnvironment, type EnvironmentPlace } from "@/lib/server/environment/access-environment"
import { parseInput } from "@/lib/server/parse-input"
import type { Result } from "@/lib/server/result"
import type { SecretEntry } from "./secret-entry"
import { storeSecret } from "./store-secret"

export const namedSecret = z.object({ name: secretName })

/** Sets a secret of an environment, anew or for the first time. */
export async function putSecret(
  ctx: Context,
  place: EnvironmentPlace & { name: string },
  body: unknown,
): Promise<Result<{ secret: SecretEntry }>> {
  const found = await accessEnvironment(ctx, "secret.write", place)
  if (!found.ok) return found
  const named = parseInput(namedSecret, { name: place.name })
  if (!named.ok) return named
  const input = parseInput(putSecretRequest, body)
  if (!input.ok) return input
  const { environment, access } = found.value
  const by = { id: access.person.id, name: access.person.name }
  return storeSecret({
    ...input.value,
    ...{ environment, name: named.value.name, by, userId: access.person.id, address: ctx.address },
  })
}
