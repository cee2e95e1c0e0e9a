'use client'

import { CircleCheck, CircleX, Info } from 'lucide-react'
import { Toaster as Sonner, toast } from 'sonner'

/** Where toasts appear; once, in the root layout. */
export function Toaster() {
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

type Note = {
  /** A second line: what it means. */
  description?: string
  /** Takes the act back, kept by the server; the toast then stays for 10 s. */
  undo?: () => void
}

const options = ({ description, undo }: Note) => ({
  ...(description ? { description } : {}),
  ...(undo ? { action: { label: 'Undo', onClick: undo }, duration: 10_000 } : {}),
})

/** A reversible act is done: say so, offer Undo. */
export const notifyDone = (message: string, note: Note = {}) => toast.success(message, options(note))

/** It failed: what happened; `description` says what was not touched and what to do. Stays for 10 s. */
export const notifyFailed = (message: string, note: Note = {}) =>
  toast.error(message, { duration: 10_000, ...options(note) })

/** Neither: something the person should know. */
export const notifyInfo = (message: string, note: Note = {}) => toast.info(message, options(note))
