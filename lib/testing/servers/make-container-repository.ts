import { execFile } from "node:child_process"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { createSampleRepository } from "@/e2e/sample-service/create-repository"

const run = promisify(execFile)
const VERSIONS = ["v1.0.0", "v1.1.0", "v1.2.0"] as const
export type ContainerVersion = (typeof VERSIONS)[number]

export interface ContainerRepository {
  originDirectory: string
  commits: Record<ContainerVersion, string>
}

const dockerfile = (nodeImage: string) => `FROM ${nodeImage}
ARG BUILD_FAIL=
COPY . .
RUN ["node", "scripts/build.js"]
ENV HOST=0.0.0.0 PORT=8080
CMD ["node", "dist/server.js"]
`

/** `web` is built and `steady` is not; `store` stands for what no deployment touches. */
const composeFile = (nodeImage: string) => `services:
  web:
    build:
      context: .
      args:
        BUILD_FAIL: "\${BUILD_FAIL:-}"
    environment:
      PORT: "\${WEB_PORT:-8080}"
      ANNOUNCED_VERSION: "\${ANNOUNCED_VERSION:-}"
    ports: ["127.0.0.1:\${PUBLISHED_PORT:-0}:8080"]
    depends_on: [store]
    healthcheck:
      test: ["CMD", "node", "-e", "fetch('http://127.0.0.1:8080/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
      interval: 500ms
      timeout: 5s
      retries: 20
  steady:
    image: ${nodeImage}
    init: true
    command: ["node", "-e", "setInterval(() => undefined, 1000)"]
  store:
    image: ${nodeImage}
    init: true
    command: ["node", "-e", "setInterval(() => undefined, 1000)"]
`

/** The sample service's repository in `root`, each version with a commit more that adds a Dockerfile and a Compose file. */
export async function makeContainerRepository(root: string, nodeImage: string): Promise<ContainerRepository> {
  const { directory, originDirectory } = await createSampleRepository({ directory: join(root, "postd") })
  const git = async (...args: string[]) => {
    const person = ["-c", "user.name=POSTD Team", "-c", "user.email=team@postd.example", "-c", "commit.gpgSign=false"]
    const { stdout } = await run("git", [...person, ...args], { cwd: directory })
    return stdout.trim()
  }
  const commits = { "v1.0.0": "", "v1.1.0": "", "v1.2.0": "" }
  for (const version of VERSIONS) {
    await git("checkout", "--quiet", "-b", `container-${version}`, version)
    await writeFile(join(directory, "Dockerfile"), dockerfile(nodeImage))
    await writeFile(join(directory, "docker-compose.yml"), composeFile(nodeImage))
    await git("add", "--", "Dockerfile", "docker-compose.yml")
    await git("commit", "--quiet", "--message", `Run ${version} in a container`)
    await git("push", "--quiet", "origin", `container-${version}`)
    commits[version] = await git("rev-parse", "HEAD")
  }
  return { originDirectory, commits }
}
