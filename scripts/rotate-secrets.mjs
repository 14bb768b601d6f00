// npm run secrets:rotate: encrypts all secrets anew, from the machine that the console runs on. The console may run on.
import { onConsoleMachine } from "./lib/on-console-machine.mjs"

await onConsoleMachine()
await import("../lib/server/secrets/rotate-secrets-command.ts")
