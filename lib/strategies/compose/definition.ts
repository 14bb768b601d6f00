import { z } from "zod"
import type { StrategyDefinition } from "../contract"

const inRepository = /^(?![/\\-])(?!.*(^|[/\\])\.\.([/\\]|$)).*$/
/** What the command lines themselves read would change what they do instead of what they fill in. */
const variable = /^(?!(?:PATH|HOME|LANG|DOCKER_.*|COMPOSE_.*|BUILDKIT_.*|LD_.*)$)[A-Za-z_][A-Za-z0-9_]*$/

export const composeConfigSchema = z
  .strictObject({
    host: z
      .string()
      .regex(
        /^(unix|tcp|ssh|npipe|fd):\/\/\S+$/,
        "such as unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host",
      )
      .optional()
      .describe("Address of the engine; left out: the usual socket of this machine."),
    dockerContext: z
      .string()
      .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.+-]*$/)
      .optional()
      .describe("A context of the configuration folder, instead of an address."),
    configDirectory: z.string().startsWith("/").optional().describe("The Docker configuration folder to start from."),
    registry: z
      .strictObject({ server: z.string().min(1), username: z.string().min(1), password: z.string().min(1) })
      .optional()
      .describe("Credentials for a registry; name secrets here."),
    file: z
      .string()
      .min(1)
      .default("docker-compose.yml")
      .describe("The Compose file: a path in the repository, or an absolute path on the worker's machine."),
    project: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "small letters, digits, dashes and underscores")
      .describe("Name of the Compose project."),
    services: z
      .array(z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/, "a name of a service"))
      .min(1)
      .max(64)
      .describe(
        "Services of the file that are deployed, first the one that users reach. All others, such as databases, are left alone.",
      ),
    env: z
      .record(z.string().regex(variable, "a variable that the Compose file may use"), z.string())
      .default({})
      .describe("Variables that the Compose file uses; values may hold `{{deployment.version}}` and its like."),
    pull: z.boolean().default(false).describe("True: images that are not built here are pulled for every deployment."),
    adopt: z
      .boolean()
      .default(false)
      .describe("True: containers of these services that somebody started by hand may be replaced."),
    keep: z.number().int().min(1).max(50).default(3).describe("How many earlier versions stay, to go back to."),
    stopTimeoutMs: z.number().int().min(0).max(600_000).default(10_000).describe("From the signal to stop to the end."),
    buildTimeoutMs: z.number().int().min(1_000).max(7_200_000).default(1_800_000),
    healthTimeoutMs: z.number().int().min(1_000).max(3_600_000).default(120_000),
  })
  .superRefine((config, { addIssue }) => {
    const say = (path: string[], message: string) => addIssue({ code: "custom", path, message })
    if (config.host && config.dockerContext) say(["dockerContext"], "either an address or a context")
    if (config.dockerContext && !config.configDirectory) say(["configDirectory"], "a context is kept in such a folder")
    if (!config.file.startsWith("/") && !inRepository.test(config.file)) {
      say(["file"], "a path inside the repository, or an absolute one")
    }
    if (new Set(config.services).size !== config.services.length) say(["services"], "each service once")
  })
export type ComposeConfig = z.infer<typeof composeConfigSchema>

/**
 * Values of `env` may hold `{{deployment.id}}`, `{{deployment.version}}`, `{{deployment.ref}}`, `{{deployment.commit}}`
 * and `{{previous.id}}`.
 */
export const definition: StrategyDefinition<ComposeConfig> = {
  kind: "compose",
  title: "A Docker Compose project",
  summary:
    "Builds or pulls the images of the named services, gives them a tag of this deployment, and lets Compose replace their containers; it is done when all of them run those images and are healthy. Going back brings back exactly the earlier images.",
  configSchema: composeConfigSchema,
  capabilities: ["promote_previous", "logs"],
}
