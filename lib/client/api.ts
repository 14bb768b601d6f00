/** A refusal as the API words it (`application/problem+json`), or a failure to reach it (status 0). */
export class ApiProblem extends Error {
  override name = "ApiProblem"
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** By input field, dotted. */
    readonly fields: Record<string, string>,
    /** Everything else the answer said: `blockers`, `current`, … */
    readonly detail: Record<string, unknown>,
  ) {
    super(message)
  }
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/** One request to `/api/v1`. Answers the parsed body (null when empty); throws `ApiProblem` on any refusal. */
export async function request<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    signal,
    headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ApiProblem(0, "unreachable", "The console could not be reached. Nothing was changed.", {}, {})
  })
  return readAnswer<T>(response.status, await response.text())
}

/** The parsed body of an answer (null when empty); throws `ApiProblem` where it is a refusal. */
export function readAnswer<T>(status: number, text: string): T {
  const parsed = parseJson(text)
  if (status >= 200 && status < 300) return parsed as T
  throw problemOf(status, parsed)
}

function parseJson(text: string): unknown {
  if (text === "") return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function problemOf(status: number, body: unknown): ApiProblem {
  const problem = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {}
  const { code, detail, title, errors, type: _type, status: _status, ...rest } = problem
  const message = [detail, title].find((words) => typeof words === "string") ?? wordsFor(status)
  return new ApiProblem(status, typeof code === "string" ? code : "failed", message as string, fieldsOf(errors), rest)
}

function fieldsOf(errors: unknown): Record<string, string> {
  if (!Array.isArray(errors)) return {}
  return Object.fromEntries(errors.map((error) => [String(error?.field ?? ""), String(error?.message ?? "is wrong")]))
}

function wordsFor(status: number): string {
  if (status === 401) return "Your session has ended. Sign in again."
  if (status === 403) return "You may not do that."
  if (status === 404) return "That is not there."
  return `The console answered ${status}.`
}
