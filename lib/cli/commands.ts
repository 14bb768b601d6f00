import type { Command } from "./command"
import { evidencePush } from "./commands/evidence-push"
import { gate } from "./commands/gate"
import { incidentAck } from "./commands/incident-ack"
import { incidentDeclare } from "./commands/incident-declare"
import { incidentList } from "./commands/incident-list"
import { incidentResolve } from "./commands/incident-resolve"
import { open } from "./commands/open"
import { prove } from "./commands/prove"
import { releaseAbort } from "./commands/release-abort"
import { releaseCreate } from "./commands/release-create"
import { releaseList } from "./commands/release-list"
import { releaseRollback } from "./commands/release-rollback"
import { releaseShow } from "./commands/release-show"
import { releaseStart } from "./commands/release-start"
import { releaseWatch } from "./commands/release-watch"
import { whoami } from "./commands/whoami"

/** Every command, in the order of the usage. */
export const commands: readonly Command[] = [
  ...[releaseList, releaseShow, releaseCreate, releaseStart, releaseWatch, releaseAbort, releaseRollback],
  ...[incidentList, incidentDeclare, incidentAck, incidentResolve],
  ...[gate, prove, evidencePush, whoami, open],
]
