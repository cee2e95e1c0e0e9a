'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Ellipsis, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ReactElement } from 'react'
import { IconButton } from '../button'
import { cn } from '../class-names'
import { itemStyle, popupStyle } from '../popup-style'

export type MenuEntry =
  | {
      label: string
      icon?: LucideIcon
      /** Either goes somewhere or does something. */
      href?: string
      onSelect?: () => void
      disabled?: boolean
      /** Why it is disabled, or what it does, below the word. */
      hint?: string | undefined
      tone?: 'danger'
    }
  | 'separator'

/** A menu of further acts. Without `trigger` it hangs on a "…" button named `label`. */
export function Menu({
  label,
  items,
  trigger,
  align = 'end',
  side = 'bottom',
  open,
  onOpenChange,
}: {
  label: string
  items: readonly MenuEntry[]
  /** A `Button` or another element that takes a ref and props. */
  trigger?: ReactElement
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  /** Absent: it opens and closes by itself. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
}) {
  return (
    <Base.Root modal={false} {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Base.Trigger render={trigger ?? <IconButton icon={Ellipsis} label={label} />} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} side={side} className="z-50 outline-none">
          <Base.Popup aria-label={label} className={cn(popupStyle, 'min-w-[180px] max-w-[300px]')}>
            {items.map((item, index) =>
              item === 'separator' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a line between entries has no identity
                <Base.Separator key={index} className="my-1 h-px bg-line" />
              ) : (
                <MenuLine key={item.label} item={item} />
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function MenuLine({ item }: { item: Exclude<MenuEntry, 'separator'> }) {
  const Icon = item.icon
  const words = (
    <>
      {Icon && <Icon aria-hidden className={item.tone === 'danger' ? 'text-failed-ink' : 'text-ink-2'} />}
      <span className="grid min-w-0 flex-1">
        <span>{item.label}</span>
        {item.hint && <span className="text-caption text-ink-3">{item.hint}</span>}
      </span>
    </>
  )
  const className = cn(itemStyle, item.tone === 'danger' && 'text-failed-ink')
  if (item.href && !item.disabled) {
    return (
      <Base.LinkItem closeOnClick className={className} render={<Link href={item.href} />}>
        {words}
      </Base.LinkItem>
    )
  }
  return (
    <Base.Item disabled={item.disabled ?? false} className={className} onClick={() => item.onSelect?.()}>
      {words}
    </Base.Item>
  )
}
