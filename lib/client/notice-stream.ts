import { type NoticesRead, type NoticeView, noticeFrameSchemas } from "@/lib/contracts/api/notices"
import { leaveIfSignedOut } from "./leave-if-signed-out"

/** `opened`: whatever came before is in the list by now. */
export type NoticeNews =
  | { type: "opened" }
  | { type: "notice"; notice: NoticeView }
  | { type: "read"; mark: NoticesRead }

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

/**
 * What comes in for a person while a page is open. A browser opens few connections to one console: of all its windows, one
 * holds the stream and tells the others; when it is closed, the next one takes over. Answers with the way out.
 */
export function followNotices(personId: string, listener: (news: NoticeNews) => void): () => void {
  const name = `golive-notices-${personId}`
  const gone = new AbortController()
  const windows = new BroadcastChannel(name)
  windows.onmessage = ({ data }: MessageEvent<NoticeNews>) => listener(data)
  const hold = () =>
    new Promise<void>((resolve) => {
      if (gone.signal.aborted) return resolve()
      const close = openStream((news) => {
        listener(news)
        windows.postMessage(news)
      })
      gone.signal.addEventListener("abort", () => {
        close()
        resolve()
      })
    })
  // Locks are only there where the connection is secure; elsewhere each window has a stream of its own.
  if (navigator.locks) navigator.locks.request(name, { signal: gone.signal }, hold).catch(() => undefined)
  else void hold()
  return () => {
    gone.abort()
    windows.close()
  }
}

function openStream(tell: (news: NoticeNews) => void): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  /** A frame that this page cannot read is one for a newer page: the list is asked for instead. */
  const guarded = (handle: (data: unknown) => NoticeNews) => (message: MessageEvent<string>) => {
    try {
      tell(handle(JSON.parse(message.data)))
    } catch (error) {
      console.error("A notice could not be read", error)
      tell({ type: "opened" })
    }
  }

  const open = () => {
    const opened = new EventSource("/api/v1/me/notices/stream")
    source = opened
    opened.onopen = () => {
      failures = 0
      tell({ type: "opened" })
    }
    opened.onerror = () => {
      // The browser connects again by itself unless it was refused.
      if (opened.readyState !== EventSource.CLOSED) return
      void leaveIfSignedOut()
      timer = setTimeout(open, Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (0.75 + Math.random() / 2))
      failures += 1
    }
    const { notice, read } = noticeFrameSchemas
    opened.addEventListener(
      "notice",
      guarded((data) => ({ type: "notice", notice: notice.parse(data) })),
    )
    opened.addEventListener(
      "read",
      guarded((data) => ({ type: "read", mark: read.parse(data) })),
    )
  }
  open()
  return () => {
    clearTimeout(timer)
    source?.close()
  }
}
