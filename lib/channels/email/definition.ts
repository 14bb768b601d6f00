import { z } from "zod"
import type { ChannelDefinition } from "../contract"

const address = z.email().max(254)
const line = z
  .string()
  .max(200)
  .regex(/^[^\r\n\0]*$/, "is more than one line")

export const emailConfigSchema = z
  .strictObject({
    host: z
      .string()
      .regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.:-]{1,253})$/, "is no host")
      .describe("The mail server."),
    port: z.number().int().min(1).max(65_535).default(587).describe("587 for `starttls`, 465 for `tls`."),
    security: z
      .enum(["starttls", "tls", "none"])
      .default("starttls")
      .describe(
        "`starttls`: begins in the clear and must become secure; `tls`: secure from the start; `none`: neither.",
      ),
    ca: z.string().max(20_000).optional().describe("The certificate authority of an own mail server, as PEM."),
    username: line.optional().describe("Left out: the server asks for none."),
    password: z.string().min(1).max(1_000).optional().describe("With the user name."),
    from: address.describe("The sender."),
    fromName: line.default("Golive").describe("The sender’s name."),
    to: z.array(address).max(50).default([]).describe("Always told."),
    toPeople: z.boolean().default(true).describe("Tells the people that a message is for at their own addresses, too."),
  })
  .refine(({ to, toPeople }) => to.length > 0 || toPeople, {
    path: ["to"],
    message: "is nobody, and the people that a message is for are not told either",
  })
export type EmailConfig = z.infer<typeof emailConfigSchema>

export const definition: ChannelDefinition<EmailConfig> = {
  kind: "email",
  title: "E-mail",
  summary:
    "Sends mails over SMTP: to a list, and to the people that a message is for. Those about one release, or one incident, are a thread; each holds the head of the release’s chain.",
  configSchema: emailConfigSchema,
  secretFields: ["password"],
  examples: [
    {
      title: "A team’s list and whoever it is for",
      config: {
        ...{ host: "smtp.example.com", username: "golive", password: "0000" },
        ...{ from: "golive@example.com", to: ["releases@example.com"] },
      },
    },
  ],
  takes: ({ people }, config) => {
    const { to, toPeople } = listsOf.catch({ to: [], toPeople: true }).parse(config)
    return to.length > 0 || (toPeople && people.length > 0)
  },
}

const listsOf = z.object({ to: z.array(z.string()).default([]), toPeople: z.boolean().default(true) })
