'use client'

import { CircleCheck, CircleX, Info } from 'lucide-react'
import { useEffect } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import type { Toast } from './toast'

const LASTS_MS = 10_000

/** The toasts themselves; `Toaster` fetches them. `queue`: what was said meanwhile, in order, and is taken from it. */
export function ToastParts({ queue }: { queue: Toast[] }) {
  // Behind the effects of the list itself, which hears only what is said after them.
  useEffect(() => {
    for (const { kind, message, description, undo } of queue.splice(0)) {
      toast[kind](message, {
        ...(description ? { description } : {}),
        ...(undo ? { action: { label: 'Undo', onClick: undo } } : {}),
        ...(undo || kind === 'error' ? { duration: LASTS_MS } : {}),
      })
    }
  })
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      offset={16}
      mobileOffset={{ bottom: 72, left: 12, right: 12 }}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-sent-ink" />,
        error: <CircleX aria-hidden className="size-4 text-failed-ink" />,
        info: <Info aria-hidden className="size-4 text-accent" />,
      }}
      toastOptions={{
        unstyled: true,
        closeButton: true,
        classNames: {
          toast:
            'flex w-full items-start gap-2.5 rounded-card border bg-surface py-3 pr-10 pl-3.5 font-sans text-control text-ink shadow-float sm:w-[356px]',
          content: 'min-w-0 flex-1',
          icon: 'mt-0.5 shrink-0',
          title: 'font-medium',
          description: 'text-ink-2',
          actionButton:
            'h-7 shrink-0 rounded-control border border-line-strong bg-surface px-2.5 font-medium text-control shadow-rest hover:bg-sunken pointer-coarse:h-9',
          closeButton:
            '!absolute !top-2.5 !right-2 !left-auto grid size-6 !transform-none place-items-center rounded-small !border-0 !bg-transparent text-ink-3 hover:!bg-sunken hover:text-ink',
        },
      }}
    />
  )
}
