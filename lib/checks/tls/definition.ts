import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { checkDuration } from "../duration"

/** The versions that may still be met, oldest first. */
export const TLS_VERSIONS = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const
export type TlsVersion = (typeof TLS_VERSIONS)[number]

const DAYS = /^(\d{1,4})d$/

/** Of a text that the schema let through, such as `14d`. */
export function wholeDays(text: string): number {
  return Number(DAYS.exec(text)?.[1] ?? 0)
}

const expectSchema = z
  .strictObject({
    certificate: z
      .enum(["valid", "any"])
      .default("valid")
      .describe("`valid`: in date, for this host, and from an authority that is trusted. `any`: it is not looked at."),
    validFor: z
      .string()
      .regex(DAYS, "must be days such as 14d")
      .optional()
      .describe("How long the certificate must still be valid, such as `14d`. Left out: it must not have expired."),
    minVersion: z
      .enum(["TLSv1.2", "TLSv1.3"])
      .optional()
      .describe("The server must agree to this version or a newer one, and refuse every older one that is offered."),
  })
  .refine(({ certificate, validFor }) => certificate === "valid" || validFor === undefined, {
    message: "asks for a certificate that is looked at: `certificate: valid`",
    path: ["validFor"],
  })
  .refine(({ certificate, minVersion }) => certificate === "valid" || minVersion !== undefined, {
    message: "leaves nothing to expect but `minVersion`, which is not said",
    path: ["certificate"],
  })

export const tlsConfigSchema = z.strictObject({
  host: z.string().min(1).max(300).describe("The name or address that the certificate must be for."),
  port: z
    .union([z.number().int().min(1).max(65_535), z.string().min(1).max(200)])
    .default(443)
    .describe("A number, or a placeholder for one."),
  address: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe("Where to connect to instead of `host`: another name or an address, for servers behind a balancer."),
  servername: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe("The name that the server is asked for and that its certificate must be for, if not `host`."),
  ca: z
    .string()
    .min(1)
    .max(200_000)
    .optional()
    .describe("Certificates (PEM) of the authorities to trust instead of the public ones, or a placeholder for them."),
  expect: expectSchema.prefault({}).describe("Left out: the certificate is valid."),
  timeout: checkDuration.optional().describe("For all handshakes together. Default 15s."),
})
export type TlsConfig = z.infer<typeof tlsConfigSchema>

export const definition: CheckDefinition<TlsConfig> = {
  kind: "tls",
  title: "TLS certificate and version",
  summary:
    "Looks at the certificate of a server (dates, name, authority), and tries whether old versions of TLS are refused.",
  configSchema: tlsConfigSchema,
  describe: ({ host, port, address, servername, ca, expect }) => {
    const { certificate, validFor, minVersion } = expect
    const dates = validFor && wholeDays(validFor) > 0 ? `is valid for ${wholeDays(validFor)} more days` : "is in date"
    return [
      `TLS of ${short(host, 150)}, port ${port}${address ? `, at ${short(address, 100)}` : ""}`,
      ...(certificate === "any"
        ? []
        : [
            `the certificate ${dates}`,
            `is for ${short(servername ?? host, 200)}`,
            ca ? "comes from the authority that is given" : "comes from a public authority",
          ]),
      ...(minVersion ? [`${sayVersion(minVersion)} or newer is used, anything older is refused`] : []),
    ]
  },
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 15_000, longestTimeoutMs: 60_000 },
  examples: [
    {
      title: "The certificate is valid for the domain and does not expire soon",
      config: { host: "postd.example", expect: { validFor: "14d" } },
    },
    {
      title: "TLS 1.2 or newer is enforced",
      config: { host: "postd.example", expect: { certificate: "any", minVersion: "TLSv1.2" } },
    },
    {
      title: "One server behind the balancer",
      config: { host: "postd.example", address: "10.0.0.12", port: 8443, expect: { minVersion: "TLSv1.2" } },
    },
  ],
}

/** For people: `TLS 1.2`. */
export function sayVersion(version: string): string {
  const [, number] = /^TLSv(1(?:\.\d)?)$/.exec(version) ?? []
  return number ? `TLS ${number === "1" ? "1.0" : number}` : version
}
