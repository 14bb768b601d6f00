// npm run token: mints an API token for a person, from the machine that the console runs on.
import { onConsoleMachine } from "./lib/on-console-machine.mjs"

await onConsoleMachine()
await import("../lib/server/people/mint-token-command.ts")
