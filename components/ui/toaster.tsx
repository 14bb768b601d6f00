"use client"
import { OctagonX, X } from "lucide-react"
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react"
import { Button } from "./button"
import { cn } from "./cn"

export interface Toast {
  message: string
  action?: { label: string; run(): void }
  /** Something is wrong and cannot wait: said at once by a screen reader, and shown for longer. */
  urgent?: boolean
}
interface ShownToast extends Toast {
  id: number
}

const SHOWN_MS = 7_000
const URGENT_SHOWN_MS = 30_000
const ToastContext = createContext<(toast: Toast) => void>(() => {})

/** Says that something was done and how to take it back. */
export function useToast() {
  return useContext(ToastContext)
}

export function Toaster({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<ShownToast[]>([])
  const lastId = useRef(0)
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const show = useCallback(
    (toast: Toast) => {
      lastId.current += 1
      const id = lastId.current
      setToasts((all) => [...all.slice(-2), { ...toast, id }])
      setTimeout(() => dismiss(id), toast.urgent ? URGENT_SHOWN_MS : SHOWN_MS)
    },
    [dismiss],
  )
  const shown = useMemo(() => toasts, [toasts])
  return (
    <ToastContext value={show}>
      {children}
      <section
        aria-label="Notifications"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-3 bottom-3 z-50 grid justify-items-center gap-2 sm:inset-x-auto sm:bottom-5 sm:left-5 sm:justify-items-start"
      >
        {shown.map((toast) => (
          <div
            key={toast.id}
            {...(toast.urgent ? { role: "alert" } : {})}
            className={cn(
              "pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-lg border bg-surface py-1.5 pr-1.5 pl-3.5 text-sm shadow-raise",
              toast.urgent && "border-fail/60",
            )}
          >
            {toast.urgent ? <OctagonX className="size-4 shrink-0 text-fail" role="img" aria-label="Critical" /> : null}
            <span className="min-w-0 flex-1 py-1">{toast.message}</span>
            {toast.action ? (
              <Button
                size="sm"
                onClick={() => {
                  toast.action?.run()
                  dismiss(toast.id)
                }}
              >
                {toast.action.label}
              </Button>
            ) : null}
            <Button size="icon" tone="quiet" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
              <X aria-hidden />
            </Button>
          </div>
        ))}
      </section>
    </ToastContext>
  )
}
