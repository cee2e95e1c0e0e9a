'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef } from 'react'
import { IconButton } from '../button'
import { cn } from '../class-names'
import type { DialogProps } from './dialog'

const FIELD = 'textarea:enabled, input:enabled:not([type=checkbox], [type=radio], [type=file], [aria-hidden=true])'

/** The dialog itself; `Dialog` fetches it. One that asks for a text begins there. */
export function DialogParts({ open, onOpenChange, title, description, children, footer, wide }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  // By touch a field in focus would bring up the keyboard before the question is read.
  const begin = (by: string) => (by === 'touch' ? true : (popup.current?.querySelector<HTMLElement>(FIELD) ?? true))
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-40 grid items-end justify-items-center overflow-y-auto p-3 sm:place-items-center sm:p-6">
          <Base.Popup
            ref={popup}
            initialFocus={begin}
            className={cn(
              'w-full rounded-card border bg-surface shadow-float outline-none transition-[opacity,transform] data-ending-style:translate-y-1 data-starting-style:translate-y-1 data-ending-style:opacity-0 data-starting-style:opacity-0',
              wide ? 'max-w-[720px]' : 'max-w-[460px]',
            )}
          >
            <div className="flex items-start gap-3 px-5 pt-4">
              <div className="min-w-0 flex-1 pt-1">
                <Base.Title className="font-semibold text-title [overflow-wrap:anywhere]">{title}</Base.Title>
                {description && (
                  <Base.Description className="mt-1 text-control text-ink-2">{description}</Base.Description>
                )}
              </div>
              <Base.Close render={<IconButton icon={X} label="Close" className="-mr-2" />} />
            </div>
            {children && <div className="px-5 pt-3 text-control">{children}</div>}
            {footer ? (
              <div className="flex flex-wrap justify-end gap-2 px-5 pt-4 pb-5">{footer}</div>
            ) : (
              <div className="pb-5" />
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
