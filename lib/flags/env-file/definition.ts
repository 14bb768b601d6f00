import { z } from "zod"
import type { FlagDefinition } from "../contract"

/** Means the same quoted or not, to every reader of such files. */
const value = z.string().regex(/^[^\s"'`#\\]{0,200}$/, "must hold no spaces, quotes, backslashes or #")

export const envFileConfigSchema = z
  .strictObject({
    path: z.string().regex(/^\//, "must be an absolute path").describe("A file of NAME=value that the service reads."),
    name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,200}$/, "is no name of a variable"),
    onValue: value.default("true"),
    offValue: value.default("false"),
    missingIs: z.enum(["on", "off"]).default("off").describe("What it is while the file does not name it."),
    reload: z
      .array(z.string().min(1).max(4_096))
      .min(1)
      .max(64)
      .optional()
      .describe("A program that makes the service read the file again."),
    reloadTimeoutMs: z.number().int().min(100).max(600_000).default(60_000),
    reloadRequest: z
      .strictObject({
        url: z.url({ protocol: /^https?$/ }),
        method: z.enum(["POST", "PUT", "PATCH", "GET"]).default("POST"),
        headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/), z.string().max(8_000)).optional(),
      })
      .optional()
      .describe("A request that makes the service read the file again; it may be sent twice."),
  })
  .refine(({ onValue, offValue }) => onValue !== offValue, {
    path: ["offValue"],
    message: "must be another value than onValue",
  })
  .refine(({ reload, reloadRequest }) => !(reload && reloadRequest), {
    path: ["reloadRequest"],
    message: "must be left out where a program does it",
  })
export type EnvFileConfig = z.infer<typeof envFileConfigSchema>

export const definition: FlagDefinition<EnvFileConfig> = {
  kind: "env-file",
  title: "Environment file",
  summary:
    "Writes a variable into the file that the service reads, whole or not at all, and has the service read it again.",
  configSchema: envFileConfigSchema,
  examples: [
    {
      title: "A variable and a program that reloads",
      config: {
        ...{ path: "/srv/shop/.env", name: "FEATURE_FLAG_CHECKOUT" },
        reload: ["systemctl", "reload", "shop"],
      },
    },
    {
      title: "A variable and a request that reloads",
      config: {
        ...{ path: "/srv/shop/.env", name: "FEATURE_FLAG_CHECKOUT", onValue: "1", offValue: "0" },
        reloadRequest: {
          url: "https://shop.acme.io/admin/reload",
          headers: { Authorization: "Bearer {{secret.SHOP_ADMIN}}" },
        },
      },
    },
  ],
}
