import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import { fact, silent, type Tellers } from "./told"

const doesNotUndo = (what: readonly string[]) => fact("Does not undo", what.join(" "))

export const tellRollback: Tellers<"rollback"> = {
  "rollback.asked": ({ data }) => ({ topic: "rollback", facts: doesNotUndo(data.doesNotUndo), page: "rollback" }),
  "rollback.countdown_started": ({ data }) => ({
    topic: "rollback",
    title: `Rolling back to ${data.to.version} unless stopped`,
    facts: [...fact("Begins", data.executesAt), ...doesNotUndo(data.doesNotUndo)],
    page: "rollback",
  }),
  "rollback.countdown_stopped": () => ({ topic: "rollback", page: "rollback" }),
  "rollback.decided": ({ data }) => ({ topic: "rollback", facts: doesNotUndo(data.doesNotUndo), page: "rollback" }),
  "rollback.reverted": silent("A step of the way back: the page shows it"),
  "rollback.verified": ({ data }, { after }) => ({
    topic: "rollback",
    title: `${after.rollback?.to?.version ?? "The previous version"} is live again and verified`,
    text: `${durationInWords(data.stopwatchMs)} after the decision`,
    page: "rollback",
  }),
  "rollback.failed": () => ({ topic: "rollback", page: "rollback" }),
  "rollback.watch_started": silent("A step of the way back: the page shows it"),
  "rollback.watched": () => ({ topic: "rollback", page: "rollback" }),
}
