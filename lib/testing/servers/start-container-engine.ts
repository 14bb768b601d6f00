import { type ChildProcess, execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { openSync } from "node:fs"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { promisify } from "node:util"
import { importNodeImage } from "./import-node-image"

const run = promisify(execFile)

const START_LIMIT_MS = 60_000
const POLL_MS = 100
const MOST_OUTPUT = 64 * 1024 * 1024

export interface ContainerEngine {
  /** Its address, as `DOCKER_HOST` takes it. */
  host: string
  /** An image that holds Node and nothing else. */
  nodeImage: string
  /** Runs `docker` on this engine and answers with what it printed. Rejects where that failed. */
  docker(...args: string[]): Promise<string>
  /** Removes its containers, ends it and removes everything that it kept. */
  stop(): Promise<void>
}

/**
 * Starts a Docker engine of its own: own data, own socket, own addresses; it sees no registry but those of this machine. It
 * needs root, `dockerd` (named in DOCKERD, or on the PATH) and `docker`. It ends with this process at the latest.
 */
export async function startContainerEngine(): Promise<ContainerEngine> {
  const root = await mkdtemp(join(tmpdir(), "golive-engine-"))
  const host = `unix://${root}/docker.sock`
  const env = {
    NODE_ENV: process.env.NODE_ENV,
    PATH: process.env.PATH,
    HOME: root,
    DOCKER_CONFIG: root,
    DOCKER_HOST: host,
  }
  const docker = async (...args: string[]) => {
    const { stdout } = await run("docker", args, { env, maxBuffer: MOST_OUTPUT })
    return stdout.trim()
  }
  const stop = async (daemon: ChildProcess) => {
    // Quicker than the engine's own patience with containers that do not end.
    const ids = await docker("ps", "--all", "--quiet").catch(() => "")
    if (ids) await docker("rm", "--force", "--volumes", ...ids.split("\n")).catch(() => undefined)
    // Bridges of the machine would outlive the engine, and nobody could say whose they were.
    await docker("network", "prune", "--force").catch(() => undefined)
    await end(daemon)
    await unmountUnder(root)
    await rm(root, { recursive: true, force: true })
  }
  for (const driver of await storageDrivers()) {
    const daemon = spawnDaemon(root, host, driver)
    if (!(await isReady(daemon, docker))) {
      await end(daemon)
      continue
    }
    try {
      return { host, docker, nodeImage: await importNodeImage(root, docker), stop: () => stop(daemon) }
    } catch (error) {
      await stop(daemon)
      throw error
    }
  }
  const said = (await readFile(join(root, "engine.log"), "utf8").catch(() => "")).trim().split("\n").slice(-5)
  await unmountUnder(root)
  await rm(root, { recursive: true, force: true })
  throw new Error(`The Docker engine did not start: ${said.join(" / ")}`)
}

/** Layers as overlays where the kernel can lay them here, as whole copies where it cannot. */
async function storageDrivers(): Promise<string[]> {
  const known = await readFile("/proc/filesystems", "utf8").catch(() => "")
  return /\boverlay$/m.test(known) ? ["overlay2", "vfs"] : ["vfs"]
}

function spawnDaemon(root: string, host: string, driver: string): ChildProcess {
  const log = openSync(join(root, "engine.log"), "a")
  // Networks of engines beside each other must not overlap. Ports are published by a program, so that nothing touches the
  // machine's packet filter.
  const second = 64 + (process.pid % 128)
  const dockerd = [
    ...[process.env.DOCKERD ?? "dockerd", "--host", host, "--storage-driver", driver, "--bridge", "none"],
    ...["--data-root", join(root, "data"), "--exec-root", join(root, "exec"), "--pidfile", join(root, "engine.pid")],
    ...["--config-file", join(root, "daemon.json"), "--exec-opt", "native.cgroupdriver=cgroupfs"],
    ...["--iptables=false", "--ip6tables=false", "--ip-masq=false", "--shutdown-timeout", "2"],
    ...["--default-address-pool", `base=10.${second}.0.0/16,size=24`],
  ]
  // The engine knows nothing of who started it. Its keeper ends it when this process closes its input, or is gone.
  const keeper = 'echo "{}" > "$0"; "$@" & engine=$!; cat > /dev/null; kill $engine; wait $engine'
  return spawn("sh", ["-c", keeper, join(root, "daemon.json"), ...dockerd], { stdio: ["pipe", log, log], cwd: root })
}

async function isReady(daemon: ChildProcess, docker: ContainerEngine["docker"]): Promise<boolean> {
  const deadlineMs = performance.now() + START_LIMIT_MS
  while (performance.now() < deadlineMs && daemon.exitCode === null && daemon.signalCode === null) {
    const version = await docker("version", "--format", "{{.Server.Version}}").catch(() => "")
    if (version) return true
    await delay(POLL_MS)
  }
  return false
}

async function end(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return
  const exited = once(daemon, "exit")
  daemon.stdin?.end()
  await exited
}

async function unmountUnder(root: string): Promise<void> {
  const mounts = await readFile("/proc/mounts", "utf8").catch(() => "")
  const under = mounts.split("\n").flatMap((line) => line.split(" ")[1] ?? [])
  for (const path of under.filter((path) => path.startsWith(`${root}/`)).reverse()) {
    await run("umount", ["--lazy", path]).catch(() => undefined)
  }
}
