'use client'

import { Ellipsis, type LucideIcon } from 'lucide-react'
import { type ComponentProps, cloneElement, type ReactElement, useEffect, useEffectEvent } from 'react'
import { IconButton } from '../button'
import { later } from '../later/later'
import { useStandIn } from '../later/use-stand-in'

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

export type MenuProps = {
  label: string
  items: readonly MenuEntry[]
  /** A `Button` or another element that takes a ref and props. */
  trigger?: ReactElement<ComponentProps<'button'>>
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  /** Absent: it opens and closes by itself. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

const parts = later(() => import('./menu-parts'))

/** A menu of further acts. Without `trigger` it hangs on a "…" button named `label`. */
export function Menu(props: MenuProps) {
  const { label, trigger = <IconButton icon={Ellipsis} label={label} />, open, onOpenChange } = props
  const { part, takesOver, press, control, handlers } = useStandIn<HTMLButtonElement, typeof import('./menu-parts')>(
    parts,
  )
  // Opened from elsewhere, such as by a key.
  const asked = open === true && !part
  const forget = useEffectEvent(() => onOpenChange?.(false))
  useEffect(() => {
    if (asked) press(forget)
  }, [asked, press])
  if (part) return <part.MenuParts {...props} trigger={trigger} takesOver={takesOver} />
  return cloneElement(trigger, {
    ref: control,
    'aria-haspopup': 'menu',
    'aria-expanded': open === true,
    ...handlers,
    ...(onOpenChange ? { onClick: () => onOpenChange(true) } : {}),
  })
}
