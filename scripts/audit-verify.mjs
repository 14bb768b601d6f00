// npm run audit:verify: recomputes every timeline, from the machine that the console runs on. The console may run on.
import { onConsoleMachine } from "./lib/on-console-machine.mjs"

await onConsoleMachine()
await import("../lib/server/audit/verify-all-command.ts")
