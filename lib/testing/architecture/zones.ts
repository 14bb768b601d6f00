/** The parts of the house, as far as it matters who may import whom. */
export type Zone =
  | "domain"
  | "contracts"
  | "playbook"
  | "kind contract"
  | "pure kind"
  | "kind part"
  | "kind"
  | "pure registry"
  | "registry"
  | "server"
  | "client"
  | "cli"
  | "testing"
  | "components"
  | "app"
  | "workers"
  | "prisma"
  | "e2e"
  | "scripts"

const KIND_PLACES = "checks|strategies|maintenance|metrics|channels|flags|forges"

/** First match counts. */
const ZONES: [RegExp, Zone][] = [
  [/^lib\/domain\//, "domain"],
  [/^lib\/contracts\//, "contracts"],
  [/^lib\/playbook\//, "playbook"],
  [new RegExp(`^lib/(${KIND_PLACES})/(definitions|plans)\\.gen\\.ts$`), "pure registry"],
  [new RegExp(`^lib/(${KIND_PLACES})/[^/]+\\.gen\\.ts$`), "registry"],
  [new RegExp(`^lib/(${KIND_PLACES})/[^/]+\\.tsx?$`), "kind contract"],
  [new RegExp(`^lib/(${KIND_PLACES})/[^/]+/(definition|plan)\\.ts$`), "pure kind"],
  // What several kinds of a place are made of, and no contract: it does things.
  [new RegExp(`^lib/(${KIND_PLACES})/parts/`), "kind part"],
  // What a kind is tried on lies beside it, and is test code.
  [new RegExp(`^lib/(${KIND_PLACES})/[^/]+/.*trial\\.fixture\\.ts$`), "testing"],
  [new RegExp(`^lib/(${KIND_PLACES})/`), "kind"],
  [/^lib\/server\//, "server"],
  [/^lib\/client\//, "client"],
  [/^lib\/cli\//, "cli"],
  [/^lib\/testing\//, "testing"],
  [/^components\//, "components"],
  [/^app\//, "app"],
  [/^workers\//, "workers"],
  [/^prisma\//, "prisma"],
  [/^e2e\//, "e2e"],
  [/^scripts\//, "scripts"],
]

/** Null where the table says nothing; the database client has a rule of its own below. */
export function zoneOf(path: string): Zone | null {
  if (path.startsWith("prisma/generated/")) return null
  return ZONES.find(([pattern]) => pattern.test(path))?.[1] ?? null
}

/** `lib/checks/http/run.ts` belongs to `lib/checks/http`; null for everything that is not in a kind's folder. */
export function kindOf(path: string): string | null {
  return new RegExp(`^lib/(?:${KIND_PLACES})/(?!parts/)[^/]+(?=/)`).exec(path)?.[0] ?? null
}

const PURE: Zone[] = ["domain", "contracts", "playbook", "kind contract", "pure registry"]
const SHARED: Zone[] = [...PURE, "registry", "server"]

/** Who may import whom, and where the code belongs that wants more. A zone may always import itself. */
export const ALLOWED: Record<Zone, { from: Zone[]; otherwise: string }> = {
  domain: { from: [], otherwise: "lib/domain is pure: pass what it needs as a value, and do I/O in lib/server" },
  contracts: {
    from: ["domain", "playbook"],
    otherwise: "lib/contracts describes data: behaviour belongs in lib/server or lib/client",
  },
  playbook: {
    from: ["domain", "contracts", "kind contract", "pure registry"],
    otherwise: "lib/playbook is pure: reading and storing playbooks belongs in lib/server",
  },
  "kind contract": {
    from: ["domain", "contracts"],
    otherwise:
      "what all kinds share is a contract: the half that does it belongs into a kind, what it needs into a port",
  },
  "pure kind": {
    from: ["domain", "contracts", "kind contract", "kind"],
    otherwise: "a definition or plan is pure: put the half that does it into run.ts, target.ts, provider.ts or read.ts",
  },
  "kind part": {
    from: ["domain", "contracts", "kind contract"],
    otherwise: "what several kinds are made of knows none of them, and gets what it needs through their ports",
  },
  kind: {
    from: ["domain", "contracts", "kind contract", "kind part", "pure kind"],
    otherwise: "a kind gets what it needs through its ports: add to the port instead",
  },
  "pure registry": { from: ["pure kind"], otherwise: "registries are written by scripts/generate.mjs" },
  registry: { from: ["kind"], otherwise: "registries are written by scripts/generate.mjs" },
  server: {
    from: [...PURE, "registry"],
    otherwise: "lib/server serves app and workers and knows neither: move the code there",
  },
  client: {
    from: PURE,
    otherwise: "lib/client runs in browsers: go through the API, and share types in lib/contracts",
  },
  cli: {
    from: ["domain", "contracts"],
    otherwise: "lib/cli runs on other machines and knows the console by its API only: share types in lib/contracts",
  },
  components: {
    from: [...PURE, "client"],
    otherwise: "components run in browsers: read on the server in app, or through lib/client",
  },
  app: {
    from: [...PURE, "server", "client", "components"],
    otherwise: "app is routing: move shared code to lib/server",
  },
  workers: { from: SHARED, otherwise: "workers know no UI: move shared code to lib/server or lib/domain" },
  prisma: { from: SHARED, otherwise: "the seed uses lib/server like any other program" },
  testing: {
    from: [...SHARED, "client", "workers", "kind", "kind part", "pure kind", "prisma", "e2e", "scripts"],
    otherwise: "the test world does not draw pages",
  },
  e2e: {
    from: [...SHARED, "kind", "pure kind", "client", "testing", "prisma"],
    otherwise: "browser specs use the console from outside",
  },
  scripts: {
    from: [...SHARED, "testing", "e2e"],
    otherwise: "scripts start programs; what programs do belongs in lib/server",
  },
}

/** Packages that only some may use. A pattern is matched against the specifier as it is written. */
export const PACKAGES: { pattern: RegExp; only: RegExp; otherwise: string }[] = [
  {
    pattern: /^@prisma\/|generated\/client/,
    only: /^(lib\/server|prisma|lib\/testing)\//,
    otherwise: "the database is used in lib/server: write a verb or a query there",
  },
  {
    pattern: /^bullmq$/,
    only: /^(lib\/server\/queue|workers\/runtime|e2e\/bench)\//,
    otherwise: "queues are used in lib/server/queue, workers in workers/runtime",
  },
  {
    pattern: /^next(\/|$)/,
    only: /^(app|components)\//,
    otherwise: "the framework stays in app and components, so that lib also runs in workers",
  },
  { pattern: /^server-only$/, only: /^$/, otherwise: "it throws under plain Node, where the workers run" },
  {
    pattern: /^vitest/,
    only: /\.test\.tsx?$|^lib\/testing\/|^e2e\/faults\//,
    otherwise: "test code belongs in tests and lib/testing",
  },
  {
    // One file without dependencies is made of it: everything that it imports is part of every pipeline's download.
    pattern: /^(?!node:|eventsource-parser$|@\/|\.)/,
    only: /^(?!lib\/cli\/)/,
    otherwise: "lib/cli is bundled into one small file: use what Node brings",
  },
  { pattern: /^@playwright\/test$/, only: /^e2e\//, otherwise: "browser specs belong in e2e" },
]

/** Zones that must run anywhere: no part of Node, and of packages only these. */
export const PACKAGES_OF_PURE: { zones: Zone[]; packages: RegExp } = {
  zones: ["domain", "contracts", "pure kind", "pure registry"],
  packages: /^(zod|zod-openapi|luxon)$/,
}

export const BROWSER_ZONES: Zone[] = ["client", "components"]
