'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check, ChevronsUpDown, CircleUserRound, Keyboard, LogOut } from 'lucide-react'
import { useState } from 'react'
import { signOut } from '@/components/account/auth-client'
import { cn } from '@/components/ui/class-names'
import { notifyFailed } from '@/components/ui/overlays/toast'
import { itemStyle, popupStyle } from '@/components/ui/popup-style'
import { routes } from '@/routes'
import { useOpenKeys } from './keyboard'
import { setTheme, type ThemeChoice, useTheme } from './theme-choice'
import type { ShellUser } from './user'

export type UserMenuProps = { user: ShellUser }

const THEMES: readonly (readonly [ThemeChoice, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** Who is signed in, light or dark, and the way out. `compact` shows only the icon. */
export function UserMenu({ user, side, compact }: UserMenuProps & { side: 'top' | 'bottom'; compact?: boolean }) {
  const theme = useTheme()
  const openKeys = useOpenKeys()
  const [leaving, setLeaving] = useState(false)
  const leave = async () => {
    setLeaving(true)
    const left = await signOut()
    if (left) return location.assign(routes.signIn())
    setLeaving(false)
    notifyFailed('You are still signed in.', { description: 'The server did not answer. Try again.' })
  }
  return (
    <Base.Root modal={false}>
      <Base.Trigger
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
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} side={side} align={compact ? 'end' : 'start'} className="z-50 outline-none">
          <Base.Popup className={cn(popupStyle, 'w-[200px]')}>
            <p className="px-2 py-1">
              <span className="block truncate font-medium">{user.name}</span>
              <span className="block truncate text-caption text-ink-3">{user.email}</span>
              <span className="block text-caption text-ink-3">{user.role === 'owner' ? 'Owner' : 'Member'}</span>
            </p>
            <Base.Separator className="my-1 h-px bg-line" />
            <Base.RadioGroup value={theme} onValueChange={setTheme} aria-label="Appearance">
              {THEMES.map(([value, label]) => (
                <Base.RadioItem key={value} value={value} closeOnClick={false} className={itemStyle}>
                  <span className="flex-1">{label}</span>
                  <Base.RadioItemIndicator className="text-accent">
                    <Check aria-hidden />
                  </Base.RadioItemIndicator>
                </Base.RadioItem>
              ))}
            </Base.RadioGroup>
            <Base.Separator className="my-1 h-px bg-line" />
            <Base.Item className={cn(itemStyle, 'pointer-coarse:hidden')} onClick={openKeys}>
              <Keyboard aria-hidden className="text-ink-2" />
              Keyboard
            </Base.Item>
            <Base.Item closeOnClick={false} disabled={leaving} className={itemStyle} onClick={leave}>
              <LogOut aria-hidden className="text-ink-2" />
              {leaving ? 'Signing out' : 'Sign out'}
            </Base.Item>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
