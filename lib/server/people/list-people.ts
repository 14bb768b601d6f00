import type { PersonDetails } from "@/lib/contracts/api/people"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { done, type Result } from "@/lib/server/result"
import { readPeople } from "./person-entry"

export async function listPeople(ctx: Context): Promise<Result<{ people: PersonDetails[] }>> {
  const access = await authorise(ctx, "people.read", null)
  if (!access.ok) return access
  return done({ people: await readPeople(await databaseNow()) })
}
