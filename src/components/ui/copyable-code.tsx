'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './button'
import { cn } from './class-names'

/** A value to carry elsewhere: an id, a header, a key. */
export function CopyableCode({
  value,
  label,
  className,
}: {
  value: string /** What is copied: "Message-ID". */
  label: string
  className?: string
}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <span className={cn('inline-flex max-w-full items-center gap-1 rounded-small bg-sunken pl-2', className)}>
      <code className="min-w-0 py-1 font-mono text-[12px] text-ink [overflow-wrap:anywhere]">{value}</code>
      <IconButton
        size="sm"
        icon={copied ? Check : Copy}
        label={copied ? `${label} copied` : `Copy ${label}`}
        onClick={() =>
          navigator.clipboard.writeText(value).then(
            () => setCopied(true),
            () => undefined,
          )
        }
      />
      <span aria-live="polite" className="sr-only">
        {copied ? `${label} copied` : ''}
      </span>
    </span>
  )
}
