import { strategyConforms } from "@/lib/testing/conformance/strategies.conformance"
import { definition } from "./definition"
import { plan } from "./plan"
import { startTrial } from "./trial.fixture"

strategyConforms(definition, plan, startTrial)
