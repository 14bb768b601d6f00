import { isDeepStrictEqual } from "node:util"
import { CreateDeploymentRequestBody$outboundSchema } from "@vercel/sdk/models/responsebodyimages.js"

/**
 * What is wrong with a request for a deployment, by the schema that Vercel publishes with its SDK; null where nothing is.
 * The schema drops what it does not know, so that a field of our own invention shows by being gone.
 */
export function faultOfCreateRequest(body: unknown): string | null {
  const parsed = CreateDeploymentRequestBody$outboundSchema.safeParse(body)
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")
  return isDeepStrictEqual(parsed.data, body) ? null : "it has a field that the API does not know"
}
