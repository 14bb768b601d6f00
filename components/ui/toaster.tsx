"use client"
import { X } from "lucide-react"
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react"
import { Button } from "./button"

export interface Toast {
  message: string
  action?: { label: string; run(): void }
}
interface ShownToast extends Toast {
  id: number
}

const SHOWN_MS = 7_000
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
      setTimeout(() => dismiss(id), SHOWN_MS)
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
            className="pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-lg border bg-surface py-1.5 pr-1.5 pl-3.5 text-sm shadow-raise"
          >
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
