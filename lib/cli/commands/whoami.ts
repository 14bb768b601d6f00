import type { Me } from "@/lib/contracts/api/snapshot"
import { roleTitles } from "@/lib/domain/access/roles"
import type { Command } from "../command"
import { exits } from "../exits"

export const whoami: Command = {
  words: ["whoami"],
  summary: "Say whose token it is and what it may do",
  options: {},
  example: "golive whoami",
  async run({ api, say }) {
    const answer = await api.ask<{ me: Me; tokenScopes: string[] | null }>({ path: "/me", expects: ["me"] })
    say.json(answer)
    const { me, tokenScopes } = answer
    say.line(`${me.name} <${me.email}>`)
    say.line(`Roles   ${me.roles.map((role) => roleTitles[role] ?? role).join(", ") || "none"}`)
    say.line(`Scopes  ${tokenScopes?.join(", ") || "none"}`)
    return exits.ok
  },
}
