// npm test: everything that is checked, in order, from a bare checkout. Plain Node, so that it can install the rest.
//   node scripts/test.mjs --only unit,integration
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { generate } from "./generate.mjs"
import { buildConsole } from "./lib/build.mjs"
import { installPackages, requireNode } from "./lib/install.mjs"
import { interrupt, playwright, runNode, single, vitest } from "./lib/stages.mjs"
import { seconds, step } from "./lib/steps.mjs"

requireNode()
const root = fileURLToPath(new URL("..", import.meta.url))
process.chdir(root)
const bin = (path) => join(root, "node_modules", path)
const architecture = "lib/testing/architecture"

const stages = {
  types: () => single(root, [bin("typescript/bin/tsc"), "--noEmit"]),
  lint: () => single(root, [bin("@biomejs/biome/bin/biome"), "check", "."]),
  architecture: async () => {
    const registries = await single(root, ["scripts/generate.mjs", "--check"])
    return sum(registries, await vitest(root, "architecture", ["--project", "unit", architecture]))
  },
  unit: () => vitest(root, "unit", ["--project", "unit", `--exclude=${architecture}/**`]),
  integration: () => vitest(root, "integration", ["--project", "integration"]),
  build: async () => {
    try {
      await buildConsole(root)
      return { passed: 1, failed: 0 }
    } catch (error) {
      console.error(error.message)
      return { passed: 0, failed: 1 }
    }
  },
  "e2e-postgres": () => playwright(root, "e2e-postgres", { QUEUE_MODE: "postgres" }),
  "e2e-redis": () => playwright(root, "e2e-redis", { QUEUE_MODE: "redis" }),
}

const chosen = chooseStages()
let interrupted = false
/** What this machine cannot run, and why: said at the end. */
const notRun = []
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    interrupt(interrupted)
    interrupted = true
  })
}

await prepare().catch((error) => {
  console.error(error.message)
  process.exit(1)
})
const results = []
for (const name of chosen) {
  if (interrupted) break
  console.log(`\n── ${name} ${"─".repeat(Math.max(0, 60 - name.length))}`)
  const started = performance.now()
  const blocked = name.startsWith("e2e-") && results.some((result) => result.name === "build" && result.failed > 0)
  if (blocked) console.error("Not run: there is nothing to start without a build.")
  const count = blocked ? { passed: 0, failed: 1 } : await stages[name]()
  results.push({ name, ...count, ms: performance.now() - started })
}
report()

/** Installs and finds what the chosen stages need. */
async function prepare() {
  await step("Packages", () => installPackages(root))
  await step("Generated code", generate)
  // The compiler needs the types that the framework derives from the routes.
  if (chosen.includes("types")) {
    await step("Route types", async () => {
      const code = await runNode(root, [bin("next/dist/bin/next"), "typegen"], { NEXT_TELEMETRY_DISABLED: "1" })
      if (code !== 0) throw new Error("next typegen failed; what it said is above.")
    })
  }
  const { findChromium, findContainerEngine, findNginx, findPrometheus, findRedis } = await import(
    "./lib/find-programs.mjs"
  )
  if (chosen.includes("integration")) {
    const { missing } = findContainerEngine()
    if (missing) notRun.push(`docker and compose, as no container engine can be started here: ${missing}`)
    else process.env.CONTAINER_ENGINE = "1"
    process.env.NGINX_SERVER = findNginx()
    process.env.PROMETHEUS_SERVER = findPrometheus()
  }
  if (chosen.includes("integration") || chosen.includes("e2e-redis")) process.env.REDIS_SERVER = findRedis()
  if (chosen.some((name) => name.startsWith("e2e-"))) process.env.PLAYWRIGHT_CHROMIUM = await findChromium()
}

function chooseStages() {
  const at = process.argv.indexOf("--only")
  const names = Object.keys(stages)
  if (at < 0) return names
  const wanted = (process.argv[at + 1] ?? "")
    .split(",")
    .flatMap((name) => (name === "e2e" ? ["e2e-postgres", "e2e-redis"] : name))
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    console.error(
      `There is no stage "${unknown.join(", ")}". The stages are: ${names.join(", ")}, and e2e for both of its kinds.`,
    )
    process.exit(1)
  }
  return names.filter((name) => wanted.includes(name))
}

function sum(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed }
}

/** The lines of a failure that say what was expected: the rest is further up. */
function beginning({ message }) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's colours are made of them.
  const plain = message.replaceAll(/\u001b\[[0-9;]*m/g, "")
  return plain
    .split("\n")
    .filter((line) => !/^\s+at .*(node_modules|new Promise)/.test(line))
    .slice(0, 12)
    .map((line) => `      ${line.slice(0, 300)}`)
    .join("\n")
}

function report() {
  console.log("")
  for (const { name, passed, failed, ms } of results) {
    console.log(
      `  ${failed > 0 ? "✗" : "✓"} ${name.padEnd(14)} ${String(passed).padStart(5)} passed ${String(failed).padStart(5)} failed ${seconds(ms).padStart(9)}`,
    )
  }
  for (const what of notRun) console.log(`\n  not run: ${what}`)
  for (const failure of results.flatMap((result) => result.unstable ?? [])) {
    console.log(`\n  unstable, passed in one of two tries: ${failure.file} › ${failure.test}\n${beginning(failure)}`)
  }
  for (const failure of results.flatMap((result) => result.failures ?? [])) {
    console.log(`\n  failed: ${failure.file} › ${failure.test}\n${beginning(failure)}`)
  }
  const total = results.reduce(sum, { passed: 0, failed: 0 })
  if (interrupted) console.log("\nStopped before the end.")
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exit(interrupted ? 130 : total.failed > 0 ? 1 : 0)
}
