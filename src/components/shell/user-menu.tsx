'use client'

import { ChevronsUpDown, CircleUserRound } from 'lucide-react'
import { cloneElement } from 'react'
import { cn } from '@/components/ui/class-names'
import { later } from '@/components/ui/later/later'
import { useStandIn } from '@/components/ui/later/use-stand-in'
import type { ShellUser } from './user'

export type UserMenuProps = { user: ShellUser }
export type PlacedUserMenuProps = UserMenuProps & { side: 'top' | 'bottom'; compact?: boolean }

const parts = later(() => import('./user-menu-parts'))

/** Who is signed in, light or dark, and the way out. `compact` shows only the icon. */
export function UserMenu(props: PlacedUserMenuProps) {
  const { user, compact } = props
  const { part, takesOver, control, handlers } = useStandIn<HTMLButtonElement, typeof import('./user-menu-parts')>(
    parts,
  )
  const trigger = (
    <button
      type="button"
      aria-label={compact ? `${user.name}: account and appearance` : undefined}
      className={cn(
        'flex min-h-8 cursor-pointer items-center gap-2.5 rounded-small px-2 font-medium text-control text-ink-2 hover:bg-sunken/60 hover:text-ink data-popup-open:bg-sunken pointer-coarse:min-h-10',
        compact ? 'min-h-10 w-10 justify-center px-0' : 'w-full',
      )}
    >
      <CircleUserRound aria-hidden className={cn('shrink-0 opacity-85', compact ? 'size-5' : 'size-4')} />
      {!compact && (
        <>
          <span className="min-w-0 flex-1 truncate text-left">{user.name}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 opacity-70" />
        </>
      )}
    </button>
  )
  if (part) return <part.UserMenuParts {...props} trigger={trigger} takesOver={takesOver} />
  return cloneElement(trigger, { ref: control, 'aria-haspopup': 'menu', 'aria-expanded': false, ...handlers })
}
