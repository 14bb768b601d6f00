import { crossCheck } from "./cross-check"
import { playbookShape } from "./shape"

/**
 * A go-live playbook. Durations stay text (`5m`; see `durationMs`), rules stay as written (see `metricRule`).
 * Check configs are records here; their kinds parse them.
 */
export const playbookSchema = playbookShape.superRefine(crossCheck)

export type { Playbook } from "./shape"
