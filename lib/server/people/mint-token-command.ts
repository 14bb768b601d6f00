// Makes a token on the server itself: --email <person> --scopes read,deploy --name ci [--days 90]. Prints only the token.
import { parseArgs } from "node:util"
import { z } from "zod"
import { createTokenRequest } from "@/lib/contracts/api/requests"
import { closeDatabase, prisma } from "@/lib/server/db"
import { mintToken } from "@/lib/server/tokens/create-token"

const { values } = parseArgs({
  options: {
    email: { type: "string" },
    scopes: { type: "string", default: "read" },
    name: { type: "string", default: "command line" },
    days: { type: "string", default: "90" },
  },
})

async function main(): Promise<number> {
  const input = createTokenRequest.safeParse({
    name: values.name,
    scopes: values.scopes?.split(",").map((scope) => scope.trim()),
    expiresInDays: Number(values.days),
  })
  if (!input.success || !values.email) {
    const why = input.success ? "--email is missing" : z.prettifyError(input.error)
    console.error(`Usage: --email <person> --scopes read,checklist:write,release:write,deploy --name <name>\n${why}`)
    return 2
  }
  const person = await prisma.user.findUnique({ where: { email: values.email.toLowerCase() } })
  if (!person || person.disabledAt) {
    console.error(`There is no usable account ${values.email}.`)
    return 1
  }
  const { token } = await mintToken({ ...input.data, userId: person.id, address: null })
  process.stdout.write(`${token}\n`)
  return 0
}

process.exitCode = await main().finally(closeDatabase)
