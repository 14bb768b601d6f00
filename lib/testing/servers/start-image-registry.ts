import { createHash, randomUUID } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface ImageRegistry {
  /** `127.0.0.1:port`: the beginning of names of images that lie here. */
  address: string
  username: string
  password: string
  /** From now on every write is refused as to somebody without the right; false: no longer. */
  refuseWrites(refused: boolean): void
  /** Digests of manifests by `name:tag`. */
  tags(): ReadonlyMap<string, string>
  close(): Promise<void>
}

interface Manifest {
  bytes: Buffer
  type: string
}

/**
 * A registry in memory that speaks the OCI Distribution Specification (v1.1: end-1 to end-7 and end-11): pull by tag and
 * digest, chunked and monolithic upload. A blob or manifest whose digest is not what was said is refused with
 * DIGEST_INVALID, a manifest that names a blob that is not there with MANIFEST_BLOB_UNKNOWN. It asks for a password.
 */
export async function startImageRegistry(): Promise<ImageRegistry> {
  const [username, password] = ["golive", randomUUID()]
  const allowed = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`
  const blobs = new Map<string, Buffer>()
  const uploads = new Map<string, Buffer[]>()
  const manifests = new Map<string, Manifest>()
  const tags = new Map<string, string>()
  let refused = false

  const server = createServer((req, res) => {
    answer(req, res).catch(() => res.destroy())
  })

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url ?? "/", "http://registry")
    const say = (status: number, headers: Record<string, string | number> = {}, body?: Buffer | string) => {
      req.resume()
      res.writeHead(status, { "docker-distribution-api-version": "registry/2.0", "content-length": 0, ...headers })
      res.end(body)
    }
    const fail = (status: number, code: string, headers: Record<string, string> = {}) => {
      const body = JSON.stringify({ errors: [{ code, message: code.toLowerCase().replaceAll("_", " ") }] })
      const type = { "content-type": "application/json", "content-length": Buffer.byteLength(body) }
      say(status, { ...type, ...headers }, req.method === "HEAD" ? undefined : body)
    }
    if (req.headers.authorization !== allowed) {
      return fail(401, "UNAUTHORIZED", { "www-authenticate": 'Basic realm="golive"' })
    }
    if (refused && req.method !== "GET" && req.method !== "HEAD") return fail(403, "DENIED")
    if (pathname === "/v2/") return say(200)
    const upload = /^\/v2\/(.+)\/blobs\/uploads\/([^/]*)$/.exec(pathname)
    const blob = /^\/v2\/(.+)\/blobs\/(sha256:[0-9a-f]{64})$/.exec(pathname)
    const manifest = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(pathname)
    if (upload) return receive(upload[1] ?? "", upload[2] ?? "", searchParams.get("digest"))
    if (blob && isRead(req)) return lend(blobs.get(blob[2] ?? ""), "application/octet-stream", "BLOB_UNKNOWN")
    if (manifest) return manifestOf(manifest[1] ?? "", manifest[2] ?? "")
    return fail(404, "UNSUPPORTED")

    function lend(bytes: Buffer | undefined, type: string, unknown: string): void {
      if (!bytes) {
        fail(404, unknown)
        return
      }
      const headers = { "content-type": type, "content-length": bytes.length, "docker-content-digest": digestOf(bytes) }
      say(200, headers, req.method === "HEAD" ? undefined : bytes)
    }

    async function receive(name: string, id: string, digest: string | null): Promise<void> {
      if (req.method === "POST" && id === "") {
        const session = randomUUID()
        uploads.set(session, [])
        // Mounting from another repository is answered with an upload, which the specification allows.
        return say(202, { location: `/v2/${name}/blobs/uploads/${session}`, range: "0-0" })
      }
      const parts = uploads.get(id)
      if (!parts) return fail(404, "BLOB_UPLOAD_UNKNOWN")
      if (req.method === "DELETE") {
        uploads.delete(id)
        return say(204)
      }
      if (req.method !== "PATCH" && req.method !== "PUT") return fail(405, "UNSUPPORTED")
      const chunk = await bodyOf(req)
      const length = parts.reduce((sum, part) => sum + part.length, 0)
      const from = /^(\d+)-/.exec(req.headers["content-range"] ?? "")?.[1]
      if (from !== undefined && Number(from) !== length) return say(416, { range: `0-${Math.max(0, length - 1)}` })
      parts.push(chunk)
      if (req.method === "PATCH") {
        const range = `0-${Math.max(0, length + chunk.length - 1)}`
        return say(202, { location: `/v2/${name}/blobs/uploads/${id}`, range, "docker-upload-uuid": id })
      }
      const bytes = Buffer.concat(parts)
      uploads.delete(id)
      if (digest === null || digestOf(bytes) !== digest) return fail(400, "DIGEST_INVALID")
      blobs.set(digest, bytes)
      return say(201, { location: `/v2/${name}/blobs/${digest}`, "docker-content-digest": digest })
    }

    async function manifestOf(name: string, reference: string): Promise<void> {
      if (isRead(req)) {
        const digest = reference.startsWith("sha256:") ? reference : tags.get(`${name}:${reference}`)
        const known = manifests.get(`${name}@${digest}`)
        return lend(known?.bytes, known?.type ?? "", "MANIFEST_UNKNOWN")
      }
      if (req.method !== "PUT") return fail(405, "UNSUPPORTED")
      const bytes = await bodyOf(req)
      const digest = digestOf(bytes)
      if (reference.startsWith("sha256:") && reference !== digest) return fail(400, "DIGEST_INVALID")
      if (!namesKnownBlobs(bytes, blobs)) return fail(404, "MANIFEST_BLOB_UNKNOWN")
      manifests.set(`${name}@${digest}`, { bytes, type: req.headers["content-type"] ?? "" })
      if (!reference.startsWith("sha256:")) tags.set(`${name}:${reference}`, digest)
      return say(201, { location: `/v2/${name}/manifests/${digest}`, "docker-content-digest": digest })
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    username,
    password,
    refuseWrites: (now) => {
      refused = now
    },
    tags: () => tags,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const isRead = ({ method }: IncomingMessage) => method === "GET" || method === "HEAD"
const digestOf = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of req) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function namesKnownBlobs(bytes: Buffer, blobs: ReadonlyMap<string, Buffer>): boolean {
  const { config, layers } = JSON.parse(bytes.toString("utf8")) as {
    config?: { digest: string }
    layers?: { digest: string }[]
  }
  const named = [config, ...(layers ?? [])].flatMap((part) => part?.digest ?? [])
  return named.length > 0 && named.every((digest) => blobs.has(digest))
}
