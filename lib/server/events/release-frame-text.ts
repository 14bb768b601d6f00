import type { TailFrame } from "./tail-release"

/** JSON holds no line break, so one data line is enough. */
export function releaseFrameText(frame: TailFrame): string {
  switch (frame.type) {
    case "event":
      return `id: ${frame.event.seq}\ndata: ${JSON.stringify(frame.event)}\n\n`
    case "log":
      return `event: log\ndata: ${JSON.stringify({ cursor: frame.cursor, lines: frame.lines })}\n\n`
    case "sample":
      return `event: sample\ndata: ${JSON.stringify({ cursor: frame.cursor, samples: frame.samples })}\n\n`
    case "environment":
      return `event: environment\ndata: ${JSON.stringify(frame.environment)}\n\n`
  }
}
