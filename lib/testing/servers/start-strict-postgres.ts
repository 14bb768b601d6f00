import { chmod, chown, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { unprivilegedUser } from "@/lib/server/embedded/os-user"
import { type EmbeddedPostgres, startPostgres } from "@/lib/server/embedded/start-postgres"

/**
 * A real PostgreSQL that asks for a password, offers TLS with the given certificate and takes few connections. It owns
 * what it needs, whoever runs the test.
 */
export async function startStrictPostgres(
  directory: string,
  { cert, key, connections }: { cert: string; key: string; connections: number },
): Promise<EmbeddedPostgres> {
  await mkdir(directory, { recursive: true })
  await chmod(directory, 0o755)
  const user = await unprivilegedUser()
  const own = async (name: string, text: string) => {
    const path = join(directory, name)
    await writeFile(path, text)
    await chmod(path, 0o600)
    if (user) await chown(path, user.uid, user.gid)
    return path
  }
  const settings = {
    ...{ max_connections: String(connections), superuser_reserved_connections: "3", fsync: "off" },
    ...{ ssl: "on", ssl_cert_file: await own("server.crt", cert), ssl_key_file: await own("server.key", key) },
  }
  return startPostgres({ dataDirectory: join(directory, "postgres"), durable: true, settings })
}
