import { z } from "zod"
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi"
import { type Endpoint, endpoints } from "@/lib/contracts/api/endpoints"
import { problemSchema } from "@/lib/contracts/api/responses"
import { policy } from "@/lib/domain/access/policy"

let document: ReturnType<typeof createDocument> | undefined

/** The API's OpenAPI 3.1 document, made of the schemas that parse its requests. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  document ??= createDocument({
    openapi: "3.1.0",
    info: {
      title: "Golive",
      version: "1",
      description:
        "The release console's API; its own pages use nothing else. Refusals are problem documents (RFC 9457) with a stable `code`. A POST with an `Idempotency-Key` has one effect however often it is sent.",
    },
    servers: [{ url: "/api/v1" }],
    security: [{ token: [] }, { session: [] }],
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token: `glv_…`" },
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token", description: "A browser's session" },
      },
    },
    paths: paths(),
  })
  return document
}

function paths(): ZodOpenApiPathsObject {
  const answer: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const endpoint of endpoints) {
    const path = answer[endpoint.path] ?? {}
    path[endpoint.method] = operation(endpoint)
    answer[endpoint.path] = path
  }
  return answer
}

function operation(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { action, body, query, path, method } = endpoint
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "")
  const parameters = Object.fromEntries(names.map((name) => [name, z.string()]))
  const problem = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: problemSchema } },
  })
  const open = action === null && !endpoint.signedIn
  return {
    operationId: operationId(method, path),
    summary: endpoint.summary,
    ...(action ? { description: rights(endpoint) } : {}),
    ...(open ? { security: [] } : {}),
    requestParams: {
      ...(names.length > 0 ? { path: z.object(parameters) } : {}),
      ...(query ? { query } : {}),
      ...(method === "post" && !open
        ? { header: z.object({ "Idempotency-Key": z.string().max(200).optional() }) }
        : {}),
    },
    ...(body ? { requestBody: { content: { "application/json": { schema: body } } } } : {}),
    ...(endpoint.uploads
      ? { requestBody: { content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } } } }
      : {}),
    responses: {
      [String(endpoint.status ?? 200)]: {
        description: "Done",
        content: { [endpoint.contentType ?? "application/json"]: { schema: endpoint.response } },
      },
      ...(open ? {} : { "401": problem("Nobody is signed in"), "403": problem("Not allowed; on record") }),
      ...(names.length > 0 ? { "404": problem("Not found") } : {}),
      ...(method === "get" ? {} : { "409": problem("Not possible now: stale, not ready, or in conflict") }),
      ...(body || query ? { "422": problem("The input is not valid; `errors` names the fields") } : {}),
    },
  }
}

function rights({ action }: Endpoint): string {
  if (!action) return ""
  const { roles, scope } = policy[action]
  const token = scope === null ? "Tokens are refused." : `A token needs the scope \`${scope}\`.`
  return `Takes one of the roles ${roles.join(", ")}. ${token}`
}

function operationId(method: string, path: string): string {
  const words = path.split(/[/{}_.-]+/).filter(Boolean)
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")
}
