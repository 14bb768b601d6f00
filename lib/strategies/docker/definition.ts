import { z } from "zod"
import type { StrategyDefinition } from "../contract"

/** What the engine takes as a name of a container or a network. Two of the 63 letters of a host name stay for its endings. */
const name = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,47}$/, "letters, digits, dots, dashes and underscores")
const argv = z.array(z.string().min(1).max(4_096)).min(1).max(64)
const variables = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, "a name of a variable"), z.string())
const inRepository = z
  .string()
  .min(1)
  .regex(/^(?![/\\-])(?!.*(^|[/\\])\.\.([/\\]|$)).*$/, "a path inside the repository")
const port = z.number().int().min(1).max(65_535)

const healthSchema = z.union([
  z.strictObject({
    path: z
      .string()
      .startsWith("/")
      .describe("Must answer 200 on the first published port, and with the version where it names one."),
  }),
  z.strictObject({ command: argv.describe("Run inside the container; exit code 0 means healthy.") }),
])

const containerSchema = z.strictObject({
  name: name.describe("Name of the live container; on a network of its own it is also found by this name."),
  ports: z
    .array(
      z.strictObject({
        host: port.describe("Port of the engine's machine."),
        container: port.describe("Port inside the container."),
        address: z.union([z.ipv4(), z.ipv6()]).optional().describe("Address of the machine; left out: all of them."),
      }),
    )
    .max(32)
    .default([])
    .describe("Published ports. Two containers cannot share one: a switch then has a gap, which is measured."),
  env: variables.default({}).describe("Environment of the container."),
  network: name.optional().describe("A network that is there already; left out: the engine's default."),
  command: argv.optional().describe("Instead of the image's own command."),
  health: healthSchema
    .optional()
    .describe("Left out: the image's own HEALTHCHECK, or that it goes on running where it has none."),
  stopTimeoutMs: z.number().int().min(0).max(600_000).default(10_000).describe("From the signal to stop to the end."),
})

export const dockerConfigSchema = z
  .strictObject({
    host: z
      .string()
      .regex(
        /^(unix|tcp|ssh|npipe|fd):\/\/\S+$/,
        "such as unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host",
      )
      .optional()
      .describe("Address of the engine; left out: the usual socket of this machine."),
    tls: z
      .strictObject({ caPem: z.string().min(1), certPem: z.string().min(1), keyPem: z.string().min(1) })
      .optional()
      .describe("Certificates for an engine at a tcp address; name secrets here."),
    dockerContext: name.optional().describe("A context of the configuration folder, instead of an address."),
    configDirectory: z.string().startsWith("/").optional().describe("The Docker configuration folder to start from."),
    context: inRepository.default(".").describe("Folder in the repository that is sent to the build."),
    dockerfile: inRepository.default("Dockerfile").describe("Path in the repository."),
    buildArgs: variables.default({}).describe("Build arguments."),
    image: z
      .string()
      .max(200)
      .regex(
        /^([a-zA-Z0-9][a-zA-Z0-9.-]*(:\d+)?\/)?[a-z0-9]+((\.|_{1,2}|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_{1,2}|-+)[a-z0-9]+)*)*$/,
        "a repository name without a tag, such as registry.example/team/app",
      )
      .describe("Repository name of the image, without a tag."),
    registry: z
      .strictObject({ username: z.string().min(1), password: z.string().min(1) })
      .optional()
      .describe("Credentials for the registry that the image names; name secrets here."),
    push: z.boolean().default(false).describe("True: the image is pushed before it is run."),
    container: containerSchema,
    keep: z.number().int().min(1).max(50).default(3).describe("How many earlier versions stay, to go back to."),
    buildTimeoutMs: z.number().int().min(1_000).max(7_200_000).default(1_800_000),
    healthTimeoutMs: z.number().int().min(1_000).max(600_000).default(60_000),
  })
  .superRefine((config, { addIssue }) => {
    const say = (path: string[], message: string) => addIssue({ code: "custom", path, message })
    if (config.host && config.dockerContext) say(["dockerContext"], "either an address or a context")
    if (config.dockerContext && !config.configDirectory) say(["configDirectory"], "a context is kept in such a folder")
    if (config.tls && !config.host?.startsWith("tcp:")) say(["tls"], "certificates are for an address with tcp://")
    const { health, ports } = config.container
    if (health && "path" in health && ports.length === 0) {
      say(["container", "health"], "a path is asked on a published port, and there is none: use a command")
    }
  })
export type DockerConfig = z.infer<typeof dockerConfigSchema>

export const definition: StrategyDefinition<DockerConfig> = {
  kind: "docker",
  title: "A container on a Docker engine",
  summary:
    "Builds an image of the commit, tries it in a container beside the live one, and then lets a container of it take over name and ports. The replaced container is kept stopped, so that going back is a stop and a start.",
  configSchema: dockerConfigSchema,
  capabilities: ["promote_previous", "logs"],
}
