"use client"
import { Check, Copy } from "lucide-react"
import { useState } from "react"
import { Button, type ButtonProps } from "./button"

export function CopyButton({
  text,
  label = "Copy",
  ...props
}: { text: string | (() => string); label?: string } & ButtonProps) {
  const [copied, setCopied] = useState(false)
  return (
    <Button
      size="sm"
      tone="quiet"
      onClick={async () => {
        await navigator.clipboard.writeText(typeof text === "function" ? text() : text)
        setCopied(true)
        setTimeout(() => setCopied(false), 1_500)
      }}
      {...props}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{copied ? "Copied" : label}</span>
    </Button>
  )
}
