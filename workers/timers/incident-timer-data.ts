import { z } from "zod"

export const incidentTimerData = z.object({ incidentId: z.string() })
